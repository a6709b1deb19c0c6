"""Measures understanding for bench.py: items a second, what many names cost, opening the image, Hyperscan beside it.

The news are made up of the sentences below and of places of the gazetteer, so that every step has its work."""
import pathlib
import random
import shutil
import statistics
import subprocess

RULES = pathlib.Path(__file__).resolve().parents[2] / "rules"
TOLD = """Gunmen on motorcycles attacked a convoy near {a} on Tuesday, killing at least {n} soldiers, officials said
A car bomb exploded outside a police station in {a}, wounding {n} people, according to a local hospital
Residents of {a} said the road to {b} had been closed since early morning after clashes between rival groups
The governor of {a} visited {b} and promised that schools would open again before the end of the month
Traders in {a} complained that the price of maize had doubled since the harvest failed
The national team beat its neighbours 2-1 in {a} and will play the final in {b} on Saturday
Floods swept away {n} houses in villages around {a}, and aid workers are trying to reach families by boat
"We were asleep when the shooting began," a teacher from {a} told reporters by telephone
Parliament will vote next week on a law that would give more money to hospitals in {a} and {b}
Unidentified men kidnapped {n} passengers of a bus between {a} and {b}, a security source said
The army said it had killed {n} militants in an air raid north of {a}, a claim that could not be verified
Thousands of people marched through {a} to protest against the rising cost of fuel
Des hommes armés ont attaqué un village près de {a}, tuant {n} civils, selon une source locale
Le ministre s'est rendu à {a} où il a promis la construction d'une route vers {b}
A court in {a} sentenced two men to prison for an attack that shook {b} five years ago
The company opened a new factory in {a}, its third in the region, and plans to hire {n} workers""".splitlines()


def places():
    table = (RULES / "places/places.tsv").read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in table if not row.startswith("#")]


def news(path, rows, count, size, chance):
    towns = [row[8] for row in rows if row[1] in ("capital", "admin_capital", "city", "town")]
    large = [row[8] for row in rows if row[1] in ("capital", "city")]

    def sentence():
        a, b = (chance.choice(large if chance.random() < 0.5 else towns) for _ in "ab")
        return chance.choice(TOLD).format(a=a, b=b, n=chance.randrange(2, 60))

    with open(path, "w", encoding="utf-8") as out:
        for _ in range(count):
            text = sentence()
            while len(text) + 70 < size:
                text += ". " + sentence()
            title, _, rest = text.partition(". ")
            out.write(f"{title}\t{rest}\n")


def image_of(make_image, folder, rows, names, alone=False):
    """An image that knows `names` names of places, with the lexicons and actors or alone; and the names."""
    rules = folder / "rules"
    shutil.rmtree(rules, ignore_errors=True)
    if alone:
        rules.mkdir()
        for part in ("actors/actors.tsv", "places/demonyms.tsv", "lexicon/en/none.tsv"):
            (rules / part).parent.mkdir(parents=True, exist_ok=True)
            (rules / part).write_text("")
    else:
        shutil.copytree(RULES, rules)
    kept, known = [], []
    for row in rows:
        if len(known) >= names:
            break
        known += [entry.partition(":")[2] for entry in row[9].split("|")]
        kept.append("\t".join([*row[:10], "" if alone else row[10]]))  # codes of airports are no names
    (rules / "places/places.tsv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    path = folder / f"{names}.image"
    subprocess.run([make_image, rules, path], check=True, stdout=subprocess.DEVNULL)
    return path, known


def figures(*command):
    return [float(field) for field in subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split("\t")]


def fastest(bench, image, texts, rounds):
    return min((figures(bench, image, texts, str(rounds)) for _ in range(3)), key=lambda run: run[2])


def bench_understand(report, benches, image, folder):
    chance = random.Random(2)
    rows = places()
    chance.shuffle(rows)
    bench, make_image = benches / "bench_understand", pathlib.Path(image).parent / "make_image"
    headlines, articles = folder / "headlines.tsv", folder / "articles.tsv"
    news(headlines, rows, 4000, 275, chance)  # 250 bytes on average: a sentence is whole or not there
    news(articles, rows, 400, 3000, chance)
    for what, texts, aim in (("headlines of {:.0f} bytes", headlines, 15000), ("articles of {:.0f} bytes", articles, 2000)):
        items, size, seconds, _, grown = fastest(bench, image, texts, 5)
        report.line("understand " + what.format(size / items), f"{items / seconds:,.0f} items/s of one core ({size / seconds / 1e6:.0f} MB/s)",
                    f"{aim:,}", items / seconds >= aim)
    opening = statistics.median(figures(bench, image, headlines, "1")[3] for _ in range(5))
    report.line("open the image", f"{opening:.2f} ms; heap grown after {items:.0f} articles: {grown / 1024:.0f} KiB", "5 ms; 2 MiB",
                opening <= 5 and grown <= 2 << 20)
    few, many = (fastest(bench, image_of(make_image, folder, rows, names)[0], headlines, 5)[2] for names in (10000, 200000))
    report.line("200,000 names instead of 10,000", f"{many / few:.2f} x the time", "2 x", many / few <= 2)
    if (benches / "bench_phrases").exists():
        bench_phrases(report, benches, make_image, folder, rows, articles)


def bench_phrases(report, benches, make_image, folder, rows, texts):
    path, known = image_of(make_image, folder, rows, 100000, alone=True)
    listed = folder / "names.txt"
    listed.write_text("\n".join(known) + "\n", encoding="utf-8")
    names, size, ours, theirs, phrases, both, scan = figures(benches / "bench_phrases", path, listed, texts)
    report.line(f"{names:,.0f} names found in folded words", f"{scan / phrases:.2f} x Hyperscan literal ({size / phrases / 1e6:.0f} and {size / scan / 1e6:.0f} MB/s; "
                f"{ours:.0f} and {theirs:.0f} hits); from raw text, words and all: {scan / both:.2f} x", "1.3 x", scan / phrases >= 1.3)
