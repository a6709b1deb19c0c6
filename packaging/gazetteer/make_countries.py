#!/usr/bin/env python3
"""Writes daemon/model/countries.inc: ISO 3166-1 and XK, sorted by alpha-2, one row a country.

Names: Unicode CLDR (Unicode License V3). Codes: ISO 3166-1; FIPS 10-4 as listed by GeoNames (CC BY 4.0).
Zone: that of the capital, valid in the tz database (public domain).
usage: make_countries.py SOURCES > daemon/model/countries.inc   (SOURCES: the folder that fetch.sh filled)
"""
import collections
import json
import sys
from pathlib import Path

# CLDR's names are made for menus; these are the words of news and of people.
NAMES = {
    "CD": ("Democratic Republic of the Congo", "République démocratique du Congo"),
    "CG": ("Republic of the Congo", "République du Congo"),
    "CI": ("Côte d'Ivoire", "Côte d'Ivoire"),
    "HK": ("Hong Kong", "Hong Kong"),
    "MM": ("Myanmar", "Birmanie"),
    "MO": ("Macao", "Macao"),
    "PS": ("Palestine", "Palestine"),
    "TR": ("Türkiye", "Turquie"),
}
# Countries whose capital the source lacks or puts elsewhere, or whose main zone is not that of the capital.
ZONES = {"AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CN": "Asia/Shanghai", "ES": "Europe/Madrid",
         "IL": "Asia/Jerusalem", "KZ": "Asia/Almaty", "NZ": "Pacific/Auckland", "PS": "Asia/Gaza",
         "US": "America/New_York", "XK": "Europe/Belgrade", "UA": "Europe/Kyiv", "PF": "Pacific/Tahiti",
         "FM": "Pacific/Pohnpei", "UM": "Pacific/Wake", "AQ": "Antarctica/McMurdo", "MN": "Asia/Ulaanbaatar",
         "PG": "Pacific/Port_Moresby", "MH": "Pacific/Majuro", "GL": "America/Nuuk", "CY": "Asia/Nicosia",
         "KI": "Pacific/Tarawa", "MY": "Asia/Kuala_Lumpur", "UZ": "Asia/Tashkent", "EC": "America/Guayaquil"}
FIPS = {"SS": "OD", "XK": "KV"}


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def zones(sources):
    geonames = sources / "libtimezonemap-data/usr/share/libtimezonemap/ui"
    listed = collections.defaultdict(list)
    for row in rows(sources / "tzdata/usr/share/zoneinfo/zone.tab"):
        listed[row[0]].append(row[2])
    capital = {row[8]: row[17] for row in rows(geonames / "cities15000.txt") if row[7] == "PPLC"}
    chosen = {}
    for alpha2, names in listed.items():
        zone = ZONES.get(alpha2) or capital.get(alpha2)
        chosen[alpha2] = zone if zone in names else names[0]
    return chosen | {k: v for k, v in ZONES.items() if k not in listed}


def main():
    sources = Path(sys.argv[1])
    iso = json.loads((sources / "iso-codes/usr/share/iso-codes/json/iso_3166-1.json").read_text())["3166-1"]
    alpha3 = {c["alpha_2"]: c["alpha_3"] for c in iso} | {"XK": "XKX"}
    names = {}
    for language in ("en", "fr"):
        file = sources / f"cldr-localenames-full/main/{language}/territories.json"
        names[language] = json.loads(file.read_text())["main"][language]["localeDisplayNames"]["territories"]
    geonames = sources / "libtimezonemap-data/usr/share/libtimezonemap/ui/countryInfo.txt"
    fips = {row[0]: row[3] for row in rows(geonames)} | FIPS
    zone = zones(sources)
    for alpha2 in sorted(alpha3):
        en, fr = NAMES.get(alpha2) or (names["en"][alpha2], names["fr"][alpha2])
        en = en.replace(" & ", " and ").replace("’", "'").replace("St. ", "Saint ")
        row = (alpha2, alpha3[alpha2], en, fr.replace("’", "'"), fips.get(alpha2, ""), zone.get(alpha2, ""))
        print("{" + ", ".join(f'"{value}"' for value in row) + "},")


main()
