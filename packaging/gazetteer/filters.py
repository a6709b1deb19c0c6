"""What of the joined places is kept: the profile, the names that mislead, the names that are words."""
import collections
import functools
from pathlib import Path

from demonyms import LANGUAGES, forms
from names import fold, is_latin
from sources import rows
from words import dictionary_words

AFRICA = set("""DZ AO BJ BW BF BI CV CM CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU MA MZ NA NE
NG RW ST SN SC SL SO ZA SS SD TZ TG TN UG ZM ZW EH""".split())
HOT = set("PS IL LB SY YE IQ IR AF PK UA MM HT IN BD NP LK".split())
WATCHED = AFRICA | HOT  # every place of theirs is in the embedded profile


@functools.cache
def demonym_keys():
    table = rows(Path(__file__).parent / "curated/demonyms.tsv")
    return {fold(form) for _, *cells in table for language, cell in zip(LANGUAGES, cells) for form in forms(language, cell)}


def profile(places, name):
    """nano: what every country needs; embedded: and every place in Africa and the hot countries; full: everything."""
    def large(p):
        return p["feature"].startswith(("large", "medium sch")) if name == "nano" else not p["feature"].startswith("small")

    def kept(p):
        if name == "full" or p["kind"] in ("country", "region", "capital", "landmark") or p["id"][0] == "x" or p.get("curated"):
            return True
        watched = name == "embedded" and p["cc"] in WATCHED
        if p["kind"] == "airport":
            return large(p) or watched
        if p["kind"] == "district":
            return watched
        return watched or p["population"] >= (100000 if name == "nano" else 15000)

    places = [p for p in places if kept(p)]
    ids = {p["id"] for p in places}
    for p in places:
        if p["parent"] and p["parent"] not in ids:
            p["parent"] = ""
    return places


def drop_demonyms(places, country_names):
    """"Somali" is a name of Somalia in some language, but in the languages that we read it is an adjective."""
    for p in places:
        if p["kind"] == "country":
            read = {fold(name) for language, name in country_names[p["cc"]] if language in LANGUAGES}
            for key in demonym_keys() - read:
                if p["names"].get(key, (3, ""))[0] < 3:
                    del p["names"][key]


def drop_capitals_of(places):
    """"Tunis" is Tunisia in some languages; in all that we read it is the capital."""
    capitals = {(p["cc"], key) for p in places if p["kind"] == "capital" for key, (kind, _) in p["names"].items() if kind == 3}
    for p in places:
        if p["kind"] == "country":
            for key, (kind, _) in list(p["names"].items()):
                if kind < 3 and is_latin(key) and (p["cc"], key) in capitals:
                    del p["names"][key]


def drop_pollution(places):
    """Untagged alternates are the main cause of wrong places: dropped when another place bears the name by right, when
    it is very short, and when an airport's nickname is a town's name."""
    by_right = collections.defaultdict(set)
    for p in places:
        for key, (kind, _) in p["names"].items():
            if kind >= 2:
                by_right[key].add(p["id"])
    dropped = 0
    for p in places:
        for key, (kind, name) in list(p["names"].items()):
            letters = len(key.replace(" ", ""))
            short = is_latin(key) and (letters <= 3 if kind == 1 else letters <= 2 and kind == 2 and not name.isupper())
            foreign = kind == 1 and by_right.get(key, set()) - {p["id"]}
            if (short or foreign) and len(p["names"]) > 1:
                del p["names"][key]
                dropped += 1
    return dropped


def mark_words(places, root):
    """Fills "out": (kind, "w" or "", name). An untagged alternate that is a word is not worth its false alarms."""
    words = dictionary_words(root)
    for p in places:
        p["out"] = []
        for key, (kind, name) in p["names"].items():
            word = " " not in key and key in words
            if not (word and kind == 1 and len(p["names"]) > 1):
                p["out"].append((kind, "w" if word else "", name))
        for name in [n for n in (p["name"],) if fold(n) not in p["names"]]:
            p["out"].append((3, "w" if fold(name) in words else "", name))
