"""How names are compared while the gazetteer is built: close to daemon/base/fold.hpp and understand/tokens.hpp."""
import functools
import math
import re
import unicodedata

SPECIAL = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ؤ": "و", "ئ": "ي", "ـ": None,
    "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ɗ": "d", "ɓ": "b", "ƙ": "k", "ƴ": "y", "ə": "e", "ß": "ss", "æ": "ae",
    "œ": "oe", "ð": "d", "ŋ": "n", "ɛ": "e", "ɔ": "o"})
APOSTROPHES = re.compile("[’ʼʻ‘`´ʿʾ′]")
ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f]")
ARTICLE = re.compile(r"(?:al|el|ad|as|ed|es|ar|er|az|an|en|ash|at|ath|esh)[ -](?P<rest>.{4,})$", re.I)


@functools.cache
def fold(name):
    """Lower case, no marks after Latin, one form of each Arabic letter, blanks for hyphens, no apostrophes."""
    out = []
    latin = False
    for c in unicodedata.normalize("NFKD", ARABIC_MARKS.sub("", name).casefold()):
        if unicodedata.combining(c):
            if not latin and out:
                out[-1] = unicodedata.normalize("NFC", out[-1] + c)
            continue
        latin = ord(c) < 0x400
        out.append(c)
    text = unicodedata.normalize("NFC", "".join(out)).translate(SPECIAL)
    text = APOSTROPHES.sub("'", text).replace("'", "")
    return " ".join(re.sub(r"[^\w]+", " ", text).replace("_", " ").split())


def is_latin(key):
    return all(ord(c) < 0x250 for c in key)


def readable(name):
    """Written in a script that the reader knows: Latin, Cyrillic, Arabic."""
    for c in name:
        o = ord(c)
        if not (o < 0x250 or 0x1E00 <= o < 0x1F00 or 0x400 <= o < 0x530 or 0x600 <= o < 0x780 or 0x8A0 <= o < 0x900
                or c in "’ʼʻ‘′ɗƙɓəɔɛ" or unicodedata.combining(c)):
            return False
    return True


def usable(name):
    """Could stand for a place in running text: no bare numbers, no airport-like codes, no addresses."""
    key = fold(name)
    code = name.isascii() and name.isupper() and len(name) <= 4
    return len(key) >= 2 and readable(name) and not code and not re.search(r"\d{3}|[/@=;]|https?:", name) \
        and not re.fullmatch(r"[\d ]+", key) and len(key) <= 60


def plain(name):
    """The spelling to write into a file: ordinary apostrophes, no bars or tabs."""
    return " ".join(APOSTROPHES.sub("'", name).replace("|", " ").split())


def without_article(name):
    """'An Najaf' -> 'Najaf'; "" where there is no article."""
    found = ARTICLE.match(name)
    return found["rest"] if found else ""


def km(a, b):
    rad = math.pi / 180
    h = math.sin((b["lat"] - a["lat"]) * rad / 2) ** 2 + math.cos(a["lat"] * rad) * math.cos(b["lat"] * rad) * \
        math.sin((b["lon"] - a["lon"]) * rad / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


class Grid:
    """Places by cells of a fifth of a degree, within one country."""

    def __init__(self, places=()):
        self.cells = {}
        for place in places:
            self.add(place)

    @staticmethod
    def cell(place):
        return round(place["lat"] * 5), round(place["lon"] * 5)

    def add(self, place):
        self.cells.setdefault((place["cc"], *self.cell(place)), []).append(place)

    def near(self, place, reach=1):
        y, x = self.cell(place)
        for dy in range(-reach, reach + 1):
            for dx in range(-reach, reach + 1):
                yield from self.cells.get((place["cc"], y + dy, x + dx), ())
