#!/usr/bin/env python3
"""Fits rules/lexicon/weights.tsv and words.tsv: what each feature of the score adds, by logistic regression.

    fit.py --cmd "build/release/tocsin understand --jsonl" --words build/release/opening_words --out rules/lexicon SETS_DIR

SETS_DIR holds labelled sets, a folder each, of JSON lines {id, lang, title?, text, labels: {relevant}}. Two columns are
fitted: `news` (is it news of an incident) on all sets but those in MENTION, `mention` (does it tell of one, fresh or past)
on all. Every set weighs the same per class, times its factor in FACTOR. Beside the features of the grammar stand the
plain words and pairs of words of an item's opening, if they are no names and occur in several sets: what holds in one
set alone is its topic, not its kind of text. Plain Python, sparse, deterministic; some minutes.
"""
import argparse
import collections
import glob
import json
import math
import os
import random
import re
import shlex
import subprocess
import unicodedata

MENTION = {"muc4"}
CAPITALS = {"muc4"}  # written in capitals throughout
# How much a set counts: negatives of plain news carry the false alarms that people would get at night.
FACTOR = {
    ("agnews", False): 2, ("bbc", False): 1.5, ("hardneg", False): 2, ("masakhanews", False): 1.5, ("muc4", True): 1.5, ("muc4", False): 1.5,
    ("case21_task2", True): 1.2, ("case21_task2", False): 1.2, ("wcep_conflict", True): 0.8, ("acled_2015", True): 0.4,
    ("acled_2016", True): 0.4, ("gtd_1970", True): 0.2, ("satp", True): 0.3, ("humvi_slug", True): 0.8, ("humvi_slug", False): 0.3,
    ("petrarch_es", True): 2, ("own", True): 4, ("own", False): 4, ("ceha", True): 1.2, ("ceha", False): 1.2, ("cameo_quad", True): 1.5, ("cameo_quad", False): 1.5,
}


# The most false alarms a set may have (share of its negatives); the threshold goes as low as they all allow.
LIMIT = {"agnews": 0.0055, "bbc": 0.005, "hardneg": 0.035, "masakhanews": 0.012, "case21_task2": 0.25, "cameo_quad": 0.12, "petrarch_es": 0.4}
LIMIT_MENTION = {"muc4": 0.25}
ASIDE = 0.15
PARTS = 4
IMPOSSIBLE = -99.0


# Set by hand: what the labelled sets do not ask for (score.cpp says why).
HELD = {"act_told": 4.4, "act_in_passing": -5.5, "headline_silent": -2.0, "genre_headline": -5.0, "hazard": -0.3,
        "hazard_headline": 0, "hazard_lead": 0, "hazard_body": 0, "question": -2.0, "culture_lead": 0}


# A word counts when this many items in so many sets hold it (not in sets whose labels ask for a topic); how much evidence
# it needs beside the features of the grammar; weights below are left out; all words of an item together count at most
# so much (daemon/understand/opening.cpp).
WORD_ITEMS, WORD_SETS, WORD_RIDGE, WORD_LEAST, WORD_MOST = 8, 3, 20, 0.02, 1.0
WORDLESS = {"humvi_slug"}


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
    lines = "".join(" ".join((g.get("title") or "").split()) + "\t" + " ".join(g["text"].split()) + "\n" for g in gold)
    opening = subprocess.run([ARGS.words], input=lines.encode("utf-8", "replace"), capture_output=True, check=True)
    openings = opening.stdout.decode("utf-8", "replace").split("\n")
    for g, line, words in zip(gold, run.stdout.decode("utf-8", "replace").splitlines(), openings):
        answer = json.loads(line)
        news = bool(answer["reports"]) and answer["reports"][0]["modality"] == "reported"
        fact = any(r["modality"] in ("reported", "retrospective") for r in answer["reports"])
        features = {k: v for k, v in answer["features"].items() if k != "wording"}
        features.update(("word:" + w, 1) for w in words.split("\t") if w and name not in WORDLESS and "hazard" not in features)
        CASE.see(name, (g.get("title") or "") + " " + g["text"])
        yield name, bool(g["labels"]["relevant"]), features, news, fact


class Case:
    """Which words are names: those that stand with a capital inside a sentence about as often as without."""

    def __init__(self):
        self.small, self.capital = collections.Counter(), collections.Counter()

    def see(self, name, text):
        for found in () if name in CAPITALS else re.finditer(r"(?<=[a-z,;] )([^\W\d_]{2,})", text):
            word = found.group(1)
            plain = unicodedata.normalize("NFKD", word.lower())
            (self.small if word.islower() else self.capital)["".join(c for c in plain if not unicodedata.combining(c))] += 1

    def common(self, words):
        return all(self.small[w] >= 3 and self.small[w] >= 2 * self.capital[w] for w in words.split(" "))


def without_rare_words(rows):
    items, sets = collections.Counter(), collections.defaultdict(set)
    for name, _, features, *_ in rows:
        for k in features:
            if k.startswith("word:"):
                items[k] += 1
                sets[k].add(name)
    kept = {k for k, n in items.items() if n >= WORD_ITEMS and len(sets[k]) >= WORD_SETS and CASE.common(k[5:])}
    return [(n, y, {k: v for k, v in f.items() if not k.startswith("word:") or k in kept}, *rest) for n, y, f, *rest in rows]


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


def fit(rows, held, rounds=20, rate=0.3):
    """Ridge logistic regression by AdaGrad over sparse rows (weight, label, features); `held` weights stand."""
    shrink = collections.Counter(k for _, _, f in rows for k in f)
    shrink = {k: (WORD_RIDGE if k.startswith("word:") else 1) / n for k, n in shrink.items()}
    weight, square = collections.defaultdict(float, held), collections.defaultdict(float)
    rows = [(w, y, list(f.items()), [(k, v) for k, v in f.items() if k not in held]) for w, y, f in rows]
    order = list(range(len(rows)))
    chance = random.Random(7)
    for _ in range(rounds):
        chance.shuffle(order)
        for i in order:
            w, label, features, free = rows[i]
            z = sum(weight[k] * v for k, v in features)
            error = w * (1 / (1 + math.exp(-max(-30, min(30, z)))) - label)
            for k, v in free:
                g = error * v + shrink[k] * weight[k]
                square[k] += g * g
                weight[k] -= rate * g / (1e-8 + math.sqrt(square[k]))
    return weight


def weighed(rows):
    count = collections.Counter((name, label) for name, label, *_ in rows)
    return [(min(10.0 if name == "own" else 4.0, FACTOR.get((name, label), 1) * 600 / count[name, label]), label, features) for name, label, features, *_ in rows]


def threshold(scores, rows, limit):
    """The least score at which no set of `limit` has more false alarms than allowed."""
    alarms = collections.defaultdict(list)
    for score, (name, label, *_) in zip(scores, rows):
        if name in limit and not label:
            alarms[name].append(score)
    return max(sorted(s, reverse=True)[min(len(s) - 1, int(limit[name] * len(s)))] for name, s in alarms.items())


def total(weight, features):
    words = sum(weight.get(k, 0) for k in features if k.startswith("word:"))
    return sum(weight.get(k, 0) * v for k, v in features.items() if not k.startswith("word:")) + max(-WORD_MOST, min(WORD_MOST, words))


def fitted(rows, examples, possible, held, limit):
    """Weights from all examples (row number: weight, label, features). The bias goes as low as `limit` allows among
    scores of rows that the weights had not seen: a model flatters itself on what it was made from."""
    scores = [IMPOSSIBLE] * len(rows)
    for part in range(PARTS):
        weight = fit([e for i, e in examples.items() if i % PARTS != part], held)
        for i in range(part, len(rows), PARTS):
            if possible(rows[i]):
                scores[i] = total(weight, rows[i][2])
    lowest = threshold(scores, rows, limit) + 1e-3
    unseen_figures(scores, rows, lowest)
    weight = fit(list(examples.values()), held)
    weight["bias"] = weight.get("bias", 0) - lowest
    return weight


def unseen_figures(scores, rows, lowest):
    """Prints F1 and false alarms of each set on rows that the weights had not seen."""
    count = collections.Counter((name, label, score > lowest) for score, (name, label, *_) in zip(scores, rows))
    for name in sorted({name for name, *_ in count}):
        hit, missed, alarm, quiet = (count[name, y, r] for y, r in ((True, True), (True, False), (False, True), (False, False)))
        f1 = f"F1 {200 * hit / max(1, 2 * hit + missed + alarm):.1f}  recall {100 * hit / (hit + missed):.1f}" if hit + missed else ""
        print(f"{name:14} {f1}" + (f"  false alarms {100 * alarm / (alarm + quiet):.2f} %" if alarm + quiet else ""))


def write(path, title, keys, least, news, mention):
    with open(path, "w", encoding="utf-8") as out:
        out.write(title + " Made by packaging/weights/fit.py.\n# feature\tnews\tmention\n")
        for key in sorted(keys):
            pair = news.get(key, 0), mention.get(key, 0)
            if max(map(abs, pair)) >= least:
                out.write(f"{key.removeprefix('word:')}\t{pair[0]:.3f}\t{pair[1]:.3f}\n")


def main():
    rows = without_rare_words(list(items(ARGS.dir)))
    # What the grammar already rules out is no matter for the score.
    fresh = {i: r for i, r in enumerate(rows) if r[0] not in MENTION and r[3]}
    # What was hit is for the rules to judge, not for the news: a pipeline is as good as a market.
    held = HELD | {k: 0 for r in rows for k in r[2] if k.startswith("at_")}
    news = fitted(rows, dict(zip(fresh, weighed(list(fresh.values())))), lambda r: r[3], held, LIMIT)
    # The other sets ask another question: they only keep plain news out.
    asked = lambda n, y: n in MENTION or (n in ("case21_task2", "acled_2016") if y else n in ("agnews", "bbc", "hardneg"))
    told = {i: r for i, r in enumerate(rows) if r[4] and asked(r[0], r[1])}
    examples = {i: (w * (1 if r[0] in MENTION else ASIDE), y, f) for (i, r), (w, y, f) in zip(told.items(), weighed(list(told.values())))}
    mention = fitted(rows, examples, lambda r: r[4], dict.fromkeys(HELD, 0), LIMIT_MENTION)
    words = {k for k in set(news) | set(mention) if k.startswith("word:")}
    plain = (set(news) | set(mention)) - words
    write(ARGS.out + "/weights.tsv", "# What each feature adds to the score (log odds).", plain, 0, news, mention)
    write(ARGS.out + "/words.tsv", "# What a word or a pair of words in an item's opening adds to the score (log odds).", words, WORD_LEAST, news, mention)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cmd", required=True)
    parser.add_argument("--words", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--cases", default="tests/cases/understand")
    parser.add_argument("dir")
    ARGS, CASE = parser.parse_args(), Case()
    main()
