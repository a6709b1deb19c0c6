#!/usr/bin/env python3
"""Writes seeds for the fuzz targets, made from the project's own cases.

    make_seeds.py OUT_FOLDER      OUT_FOLDER/<target>/<name>, for the targets that have any
"""
import gzip
import io
import pathlib
import re
import sys
import zipfile

TESTS = pathlib.Path(__file__).resolve().parents[1]


def packed(name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


def seeds():
    """(target, name, bytes)."""
    order = {"incidents.json": 0, "advisories.html": 1, "gdelt.tsv": 2, "acled.csv": 3, "telegram.html": 4}
    for case in sorted((TESTS / "cases/feeds").iterdir()):
        text = case.read_bytes()
        yield "feeds", case.name, b"\0" + text
        yield "charset", case.name, b"\1" + text
    for case in sorted((TESTS / "cases/mapped").iterdir()):
        text, first = case.read_bytes(), bytes([order[case.name]])
        yield "mapped", case.name, first + text
        yield "mapped", case.name + ".zip", first + packed(case.name, text)
        yield "archive", case.name + ".zip", packed(case.name, text)
        yield "archive", case.name + ".gz", gzip.compress(text, mtime=0)
    yield "locators", "html", b"div > p.a:nth-child(2), [x^='y'] b#c\n<div><p>1<p class=a>2</div><b id=c x=yz>"
    yield "locators", "json", b"$.a[].b['c'].*[0]\n" + b'{"a":[{"b":{"c":[[1,2],{"d":true}]}}]}'
    yield "locators", "template", b"{27|cameo} in {54|fips|country}\n<p>"
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"', (TESTS / "feeds/dates_test.cpp").read_text())
    for n, text in enumerate(strings):
        yield "dates", str(n), text.encode()


def main():
    out = pathlib.Path(sys.argv[1])
    for target, name, text in seeds():
        (out / target).mkdir(parents=True, exist_ok=True)
        (out / target / name).write_bytes(text)


if __name__ == "__main__":
    main()
