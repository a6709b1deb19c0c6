"""What people know and the sources do not: seats of government, regions whose codes do not match by name, and the rows
of curated/*.tsv (places, aliases, airports)."""
import sys

from names import fold, km
from sources import rows

# Seats of government beside the one that GeoNames calls the capital; English primary names.
SEATS = {("BO", "La Paz"), ("BO", "Sucre"), ("ZA", "Pretoria"), ("ZA", "Cape Town"), ("ZA", "Bloemfontein"),
         ("NL", "The Hague"), ("BJ", "Cotonou"), ("BJ", "Porto-Novo"), ("CI", "Abidjan"), ("CI", "Yamoussoukro"),
         ("LK", "Colombo"), ("LK", "Sri Jayewardenepura Kotte"), ("SZ", "Lobamba"), ("MY", "Putrajaya"), ("BI", "Gitega"), ("BI", "Bujumbura"),
         ("TZ", "Dodoma"), ("IL", "Jerusalem"), ("PS", "Ramallah"), ("XK", "Pristina"), ("TW", "Taipei"), ("EH", "Laayoune"),
         ("KZ", "Astana"), ("MM", "Nay Pyi Taw"), ("SS", "Juba"), ("NR", "Yaren")}
# Capitals no more, and the capitals of parts of other countries.
NO_SEATS = {("MM", "Yangon"), ("KZ", "Almaty")}

REGION_CODES = {}


def centres(folder):
    return {cc: (float(lat), float(lon)) for cc, lat, lon in rows(folder / "centres.tsv")}


def apply(folder, places, new_place, add_name):
    cities = [p for p in places if p["kind"] in ("capital", "admin_capital", "city", "town", "quarter", "region", "country")]
    by_name = {}
    for p in cities:
        for key, (kind, _) in p["names"].items():
            if kind >= 2:
                by_name.setdefault((p["cc"], key), []).append(p)
    add_aliases(folder / "aliases.tsv", by_name, add_name)
    add_airport_names(folder / "airports.tsv", places, add_name)
    add_places(folder / "places.tsv", places, by_name, new_place, add_name)


def best(found, kinds=None):
    ranks = {"capital": 4, "admin_capital": 3, "city": 2, "town": 1}
    found = [p for p in found if not kinds or p["kind"] in kinds]
    return max(found, key=lambda p: (ranks.get(p["kind"], 0), p["population"], p["id"]), default=None)


def nearest(place, by_name, reach):
    """The place of the same name in the same country within `reach` km: maps agree on names better than people on numbers."""
    found = [p for key in place["names"] for p in by_name.get((place["cc"], key), ()) if p["kind"] not in ("region", "country")]
    found = [p for p in found if km(p, place) < reach]
    return min(found, key=lambda p: (km(p, place), p["id"]), default=None)


def complain(path, row, why):
    print(f"{path.name}: {row[:4]}: {why}", file=sys.stderr)


def add_aliases(path, by_name, add_name):
    """country, kind (place, region, country), a name it has, names to add; '=' before one makes it the primary name."""
    for row in rows(path):
        cc, kind, name, names = row
        kinds = {kind} if kind in ("region", "country") else {"capital", "admin_capital", "city", "town", "quarter"}
        place = best(by_name.get((cc, fold(name)), ()), kinds)
        if not place:
            complain(path, row, "no such place")
            continue
        for alias in names.split("|"):
            if alias.startswith("="):  # what the news calls it is what we call it
                alias = place["name"] = alias[1:]
            place["names"].pop(fold(alias), None)
            add_name(place, alias, 3)


def add_airport_names(path, places, add_name):
    """ICAO code, names to add."""
    airports = {p["id"]: p for p in places if p["kind"] == "airport"}
    for row in rows(path):
        airport = airports.get("a" + row[0])
        if not airport:
            complain(path, row, "no such airport")
            continue
        for alias in row[1].split("|"):
            add_name(airport, alias, 3)


def add_places(path, places, by_name, new_place, add_name):
    """id, kind, country, lat, lon, precision in km, how it was checked, parent's name, name, other names."""
    for row in rows(path):
        id, kind, cc, lat, lon, _, _, parent, name, names = row
        place = new_place(id, kind, cc, float(lat), float(lon), name, feature="PPLX" if kind == "quarter" else "PPL")
        for alias in filter(None, names.split("|")):
            add_name(place, alias, 3)
        twin = nearest(place, by_name, {"town": 60, "quarter": 6}.get(kind, 0))
        city = best(by_name.get((cc, fold(parent)), ()), {"capital", "admin_capital", "city"}) if parent else None
        if parent and not city:
            complain(path, row, f"parent {parent} unknown")
        place["parent"] = city["id"] if city else ""
        if twin:  # the sources know it after all: theirs are the coordinates, ours the names and the kind
            for kind_of_name, alias in place["names"].values():
                add_name(twin, alias, kind_of_name)
            twin["curated"] = True
            if kind == "quarter" and city and twin["kind"] in ("town", "city", "quarter"):
                twin["kind"], twin["parent"] = "quarter", city["id"]
            continue
        place["region"] = city["region"] if city else ""
        places.append(place)
