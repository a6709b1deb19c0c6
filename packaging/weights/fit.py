#!/usr/bin/env python3
"""Fits rules/lexicon/weights.tsv: what each feature of the score adds, by logistic regression.

    fit.py --cmd "build/release/tocsin understand --jsonl" --out rules/lexicon/weights.tsv SETS_DIR

SETS_DIR holds labelled sets, a folder each, of JSON lines {id, lang, title?, text, labels: {relevant}}. Two columns are
fitted: `news` (is it news of an incident) on all sets but those in MENTION, `mention` (does it tell of one, fresh or past)
on all. Every set weighs the same per class, times its factor in FACTOR. Plain Python, sparse, deterministic.
"""
import argparse
import collections
import glob
import json
import math
import os
import random
import shlex
import subprocess

MENTION = {"muc4"}
# How much a set counts: negatives of plain news carry the false alarms that people would get at night.
FACTOR = {
    ("agnews", False): 2, ("bbc", False): 1.5, ("hardneg", False): 2, ("masakhanews", False): 1.5, ("muc4", True): 1.5, ("muc4", False): 1.5,
    ("case21_task2", True): 1.2, ("case21_task2", False): 1.2, ("wcep_conflict", True): 0.5, ("acled_2015", True): 0.4,
    ("acled_2016", True): 0.4, ("gtd_1970", True): 0.2, ("satp", True): 0.3, ("humvi_slug", True): 0.8, ("humvi_slug", False): 0.3,
    ("own", True): 4, ("own", False): 4, ("ceha", True): 1.2, ("ceha", False): 1.2, ("cameo_quad", True): 1.5, ("cameo_quad", False): 1.5,
}


# The most false alarms a set may have (share of its negatives); the threshold goes as low as they all allow.
LIMIT = {"agnews": 0.0041, "bbc": 0.005, "hardneg": 0.035, "masakhanews": 0.012, "case21_task2": 0.25, "cameo_quad": 0.12, "petrarch_es": 0.4}
LIMIT_MENTION = {"muc4": 0.25}
ASIDE = 0.15


# Set by hand: what the labelled sets do not ask for (score.cpp says why).
HELD = {"act_told": 4.4, "act_in_passing": -5.5, "headline_silent": -2.0, "genre_headline": -5.0}


def shifted(weight, rows, limit):
    """Moves the bias so that no set of `limit` has more false alarms than allowed, and one of them as many."""
    alarms = collections.defaultdict(list)
    for name, label, features, possible in rows:
        if name in limit and not label:
            alarms[name].append(sum(weight.get(k, 0) * v for k, v in features.items()) if possible else -99.0)
    worst = -99.0
    for name, scores in alarms.items():
        scores.sort(reverse=True)
        worst = max(worst, scores[min(len(scores) - 1, int(limit[name] * len(scores)))])
    weight["bias"] = weight.get("bias", 0) - worst - 1e-3
    return weight


def own_cases():
    """The project's own sentences as labelled items (tests/understand/cases_test.cpp tells the columns)."""
    for path in sorted(glob.glob(ARGS.cases + "/*.tsv")):
        for number, line in enumerate(open(path, encoding="utf-8")):
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(cells) != 10:
                continue
            item = {"id": f"{path}:{number}", "lang": cells[0], "title": cells[8], "text": cells[9], "published": cells[2]}
            yield dict(item, labels={"relevant": cells[1] == "news"})


def answered(name, gold):
    text = "".join(json.dumps({k: v for k, v in g.items() if k != "labels"}, ensure_ascii=False) + "\n" for g in gold)
    run = subprocess.run(shlex.split(ARGS.cmd), input=text.encode(), capture_output=True, check=True)
    for g, line in zip(gold, run.stdout.decode("utf-8", "replace").splitlines()):
        answer = json.loads(line)
        news = bool(answer["reports"]) and answer["reports"][0]["modality"] == "reported"
        fact = any(r["modality"] in ("reported", "retrospective") for r in answer["reports"])
        yield name, bool(g["labels"]["relevant"]), answer["features"], news, fact


def items(folder):
    """Yields (set, label, features, main report is a fact of now, some report is a fact) for every labelled item."""
    yield from answered("own", list(own_cases()))
    for path in sorted(glob.glob(folder + "/*/*.jsonl")):
        name = os.path.basename(os.path.dirname(path))
        gold = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
        gold = [g for g in gold if g["labels"].get("relevant") is not None and not g["labels"].get("optional_only")]
        if not gold or os.path.basename(path).startswith("test"):
            continue
        yield from answered(name, gold)


def fit(rows, rounds=30, rate=0.3, shrink=3e-5):
    """Weighted logistic regression by AdaGrad over sparse rows (weight, label, features)."""
    weight, square = collections.defaultdict(float), collections.defaultdict(float)
    order = list(range(len(rows)))
    chance = random.Random(7)
    for _ in range(rounds):
        chance.shuffle(order)
        for i in order:
            w, label, features = rows[i]
            z = sum(weight[k] * v for k, v in features.items())
            error = w * (1 / (1 + math.exp(-max(-30, min(30, z)))) - label)
            for k, v in features.items():
                g = error * v + shrink * weight[k]
                square[k] += g * g
                weight[k] -= rate * g / (1e-8 + math.sqrt(square[k]))
    return weight


def weighed(rows):
    count = collections.Counter((name, label) for name, label, *_ in rows)
    return [(min(10.0 if name == "own" else 4.0, FACTOR.get((name, label), 1) * 600 / count[name, label]), label, features) for name, label, features in rows]


def main():
    rows = list(items(ARGS.dir))
    # What the grammar already rules out is no matter for the score.
    news = fit(weighed([(n, y, f) for n, y, f, is_news, _ in rows if n not in MENTION and is_news]))
    told = [(n, y, f) for n, y, f, _, is_fact in rows if is_fact and (n in MENTION or n in ("agnews", "bbc", "hardneg") and not y or n in ("case21_task2", "acled_2016") and y)]
    # The other sets ask another question: they only keep plain news out.
    mention = fit([(w * (1 if n in MENTION else ASIDE), y, f) for (n, *_), (w, y, f) in zip(told, weighed(told))])
    news = shifted(news, [(n, y, f, ok) for n, y, f, ok, _ in rows], LIMIT)
    mention = shifted(mention, [(n, y, f, ok) for n, y, f, _, ok in rows], LIMIT_MENTION)
    news.update(HELD)
    mention.update(dict.fromkeys(HELD, 0))
    with open(ARGS.out, "w", encoding="utf-8") as out:
        out.write("# What each feature adds to the score (log odds). Made by packaging/weights/fit.py.\n# feature\tnews\tmention\n")
        for key in sorted(set(news) | set(mention)):
            out.write(f"{key}\t{news.get(key, 0):.3f}\t{mention.get(key, 0):.3f}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cmd", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--cases", default="tests/cases/understand")
    parser.add_argument("dir")
    ARGS = parser.parse_args()
    main()
