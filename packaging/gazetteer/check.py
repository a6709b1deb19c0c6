#!/usr/bin/env python3
"""Proves the gazetteer: capitals in four languages, coverage of conflict towns before curation, no short nicknames.

usage: check.py PLACES.tsv            capitals all found, no untagged Latin name of three letters or fewer
       check.py PLACES.tsv --bare     PLACES made with --without-curated: at least 89 % of the spellings known
Exit 1 where a promise does not hold; each miss is a line.
"""
import sys
from pathlib import Path

from names import fold, is_latin
from sources import rows

LISTS = Path(__file__).parent.parent.parent / "tests/understand/names"
CAPITALS = ("en", "fr", "es", "ar")


def without_article(key):
    return key[2:] if key.startswith("ال") and len(key) > 4 else key


def read(path):
    """(country, folded name) -> kinds of place that bear it; and the untagged names."""
    known, untagged = {}, []
    for row in rows(path):
        for entry in row[9].split("|"):
            kind, _, name = entry.partition(":")
            key = without_article(fold(name))
            known.setdefault((row[2], key), set()).add(row[1])
            if kind[0] == "1":
                untagged.append(key)
    return known, untagged


def capitals(known):
    missing = total = 0
    for cc, *names in rows(LISTS / "capitals.tsv"):
        for language, name in zip(CAPITALS, names):
            total += 1
            if "capital" not in known.get((cc, without_article(fold(name))), ()):
                missing += 1
                print(f"capital not found: {cc} {language} {name}")
    print(f"capitals: {total - missing} of {total} names")
    return missing == 0


def coverage(known):
    spellings = [(cc, s) for cc, names in rows(LISTS / "towns.tsv") for s in names.split("|")]
    missing = [(cc, s) for cc, s in spellings if (cc, without_article(fold(s))) not in known]
    for cc, name in missing:
        print(f"spelling not known: {cc} {name}")
    share = 1 - len(missing) / len(spellings)
    print(f"coverage: {len(spellings) - len(missing)} of {len(spellings)} spellings, {share:.1%}")
    return share >= 0.89


def no_short_nicknames(untagged):
    short = [key for key in untagged if is_latin(key) and len(key.replace(" ", "")) <= 3]
    for key in short:
        print(f"untagged name too short: {key}")
    return not short


def main():
    known, untagged = read(sys.argv[1])
    if "--bare" in sys.argv:
        return coverage(known)
    return all([capitals(known), no_short_nicknames(untagged)])


sys.exit(0 if main() else 1)
