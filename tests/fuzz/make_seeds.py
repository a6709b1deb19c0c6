#!/usr/bin/env python3
"""Writes seeds for the fuzz targets, made from the project's own cases.

    make_seeds.py OUT_FOLDER      OUT_FOLDER/<target>/<name>, for the targets that have any
"""
import gzip
import io
import json
import pathlib
import re
import sys
import zipfile

TESTS = pathlib.Path(__file__).resolve().parents[1]
MAILS = {
    "plain": "From: Field <field@a.example>\r\nSubject: =?utf-8?q?Tirs_=C3=A0_Gao?=\r\nMessage-ID: <1@a.example>\r\n"
             "Date: Tue, 17 Sep 2024 05:40:00 +0000\r\nAuthentication-Results: mx.example.org; dkim=pass header.d=a.example\r\n"
             "\r\nGunmen fired at the market.\r\n> quoted\r\n-- \r\nsignature\r\n",
    "parts": "Subject: =?windows-1252?B?4A==?= x\nContent-Type: multipart/alternative; boundary=\"b\"\n\n--b\nContent-Type: text/plain; "
             "charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\ncaf=C3=A9=\n.\n--b\nContent-Type: text/html\n"
             "Content-Transfer-Encoding: base64\n\nPHA+eDwvcD4=\n--b--\n",
    "folded": "Subject: a\n b\n\tc\nContent-Type: text/plain;\n charset*0*=utf-8''x;\n charset*1=y\nReceived: (a (b) c)\n\nwords",
}
POSTED = ['{"id":"r-1","text":"Gunmen attacked a market.","published":"2024-09-17T05:30:00Z","lang":"en","lat":16.27,"lon":-0.04}',
          '[{"text":"one"},{"text":"two","title":null}]', '{"reports":[{"text":"x","link":"https://a.example/"}]}']
OPML = ('<?xml version="1.0"?><opml version="2.0"><head><title>A</title></head><body><outline text="Folder"><outline type="rss" '
        'text="Radio" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" language="fr" category="/x,y"/></outline></body></opml>')
PAGE = ('<html><head><base href="/x/"><link rel="alternate feed" type="application/rss+xml" title="News" href="feed.xml">'
        '<link rel=alternate type=application/atom+xml href=//b.example/atom></head></html>')
HEADERS = ["GET\nretry-after: 120\ncache-control: public, max-age=60, must-revalidate\nage: 7", "https://a.example/b/../c?d=1#e\n../f?utm_source=x",
           "x\nexpires: Tue, 17 Sep 2024 09:30:00 GMT\ndate: Tue, 17 Sep 2024 09:00:00 GMT\nretry-after: Tue, 17 Sep 2024 10:00:00 GMT"]


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
    yield from seeds_of_people()
    yield from seeds_of_files()


def seeds_of_people():
    """What people and programs of others send."""
    for name, mail in MAILS.items():
        yield "inbound", name, b"\0" + mail.encode()
    for n, text in enumerate(POSTED):
        yield "inbound", f"posted{n}", b"\1" + text.encode()
    yield "inbound", "text", b"\2Gunmen attacked a market."
    yield "opml", "list", OPML.encode()
    yield "opml", "page", PAGE.encode()
    for n, text in enumerate(HEADERS):
        yield "headers", str(n), text.encode()
    for n, language in enumerate(("en", "fr", "ar", "es", "pt", "sw", "ha", "so")):
        for case in sorted((TESTS / "cases/understand").iterdir()):
            for row, line in enumerate(case.read_text().splitlines()):
                fields = line.split("\t")
                if fields[0] == language and row % 5 == 0:
                    yield "understand", f"{case.stem}-{row}", bytes([n, len(fields[-2].encode()) % 256]) + "".join(fields[-2:]).encode()


def seeds_of_files():
    """What administrators write and the store holds."""
    root = TESTS.parent
    for file in sorted([*root.glob("rules/*.yaml"), *root.glob("config/**/*.yaml")]):
        yield "yaml", f"{file.parent.name}-{file.name}", file.read_bytes()[:16384]
    for file in sorted(root.glob("rules/*.yaml")):
        yield "rules", file.name, file.read_bytes()
        for n, condition in enumerate(re.findall(r"^ +when: (?!>|\|)(.+)$", file.read_text(), re.M)):
            yield "rules", f"{file.stem}-{n}", condition.encode()
    alert = json.loads("".join(re.findall(r'R"\((.*)\)"', (TESTS / "wire/alert_json_test.cpp").read_text().split("TEST(")[1])) or "{}")
    for name, value in (("alert", alert), ("incident", alert.get("incident")), ("item", json.loads(POSTED[0]))):
        yield "alert_json", name, json.dumps(value).encode()


def main():
    out = pathlib.Path(sys.argv[1])
    for target, name, text in seeds():
        (out / target).mkdir(parents=True, exist_ok=True)
        (out / target / name).write_bytes(text)


if __name__ == "__main__":
    main()
