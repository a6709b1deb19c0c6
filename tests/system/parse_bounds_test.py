#!/usr/bin/env python3
"""Hostile documents, made here: each is read or refused within its time and memory, and nothing crashes.

    parse_bounds_test.py TOCSIN [SLOWER [MEGABYTES]]

SLOWER: how much slower this build may be than release
"""
import gzip
import io
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import zipfile

SECONDS, MEGABYTES = 2.0, 256
MIB = 1 << 20


def rss(items):
    return "<rss version='2.0'><channel><title>t</title>" + items + "</channel></rss>"


def zipped(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", text)
    return out.getvalue()


def laughs():
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return "<!DOCTYPE rss [" + "".join(lines) + "]>" + rss("<item><title>&a11;</title></item>")


DEEP = 200_000
# Name, how it is made, shipped mapping or "".
DOCUMENTS = [
    ("billion laughs", lambda: laughs(), ""),
    ("quadratic blow-up", lambda: "<!DOCTYPE r [<!ENTITY a '" + "a" * 100_000 + "'>]>" + rss("<item><title>" + "&a;" * 100_000), ""),
    ("deep XML", lambda: "<a>" * DEEP, ""),
    ("deep XML in an item", lambda: rss("<item><title>x</title><description>" + "<b>" * DEEP + "word" + "</b>" * DEEP), ""),
    ("deep namespaces", lambda: "<rss>" + "".join(f"<a xmlns:n{n}='u'>" for n in range(50_000)), ""),
    ("deep JSON lists", lambda: "[" * DEEP, ""),
    ("deep JSON objects", lambda: '{"a":' * DEEP, ""),
    ("deep JSON in a feed", lambda: '{"version":"https://jsonfeed.org/version/1","title":"t","items":[{"id":"1","x":' + "[" * DEEP, ""),
    ("1,000,000 items", lambda: rss("<item><title>x</title></item>" * 1_000_000), ""),
    ("1,000,000 JSON items", lambda: '{"title":"t","items":[' + ",".join(['{"id":1}'] * 1_000_000) + "]}", ""),
    ("8 MB of JSON values", lambda: "[" + "1," * (4 * MIB) + "1]", ""),
    ("an item of 8 MB", lambda: rss("<item><title>x</title><description>" + "word &amp; " * (8 * MIB // 11) + "</description></item>"), ""),
    ("a title of 8 MB", lambda: rss("<item><title>" + "&lt;b&gt;x" * (8 * MIB // 10) + "</title></item>"), ""),
    ("8 MB of ampersands", lambda: rss("<item><title>" + "&" * (8 * MIB)), ""),
    ("8 MB of less-thans", lambda: "<rss>" + "<" * (8 * MIB), ""),
    ("8 MB of end tags", lambda: "<rss><channel>" + "</a>" * (2 * MIB), ""),
    ("8 MB of attributes", lambda: "<rss " + "".join(f"a{n}='' " for n in range(800_000)) + "/>", ""),
    ("8 MB of comments", lambda: "<rss><!--" + "--><!--" * MIB, ""),
    ("8 MB of instructions never closed", lambda: "<rss><channel><zq>" + "<?b>" * (2 * MIB), ""),
    ("8 MB of comments never closed", lambda: "<rss><channel><zq>" + "<!--a>" * (8 * MIB // 6), ""),
    ("8 MB of comments never closed in a text", lambda: rss("<item><title>t</title><description><![CDATA[" + "<!--a>" * (8 * MIB // 6) + "]]></description></item>"), ""),
    ("8 MB of CDATA in CDATA", lambda: "<rss><channel><zq>" + "<![CDATA[<![CDATA[]]>" * (8 * MIB // 21), ""),
    ("8 MB of CDATA closed once", lambda: "<rss><channel>" + "<zq><![CDATA[</zq>" * (8 * MIB // 18) + "]]>", ""),
    ("8 MB of bare openings in a text", lambda: rss("<item><title>t</title><description><![CDATA[" + "<!a " * (2 * MIB) + "]]></description></item>"), ""),
    ("8 MB of CDATA", lambda: rss("<item><title>" + "<![CDATA[" * (8 * MIB // 9)), ""),
    ("8 MB of quotes", lambda: "<rss a=" + "'\"" * (4 * MIB), ""),
    ("8 MB of dates", lambda: rss("<item><pubDate>" + "1 Jan " * (8 * MIB // 6) + "</pubDate></item>"), ""),
    ("8 MB of points", lambda: rss("<item><georss:polygon>" + "1 2 " * (2 * MIB) + "</georss:polygon></item>"), ""),
    ("8 MB of nothing", lambda: "\0" * (8 * MIB), ""),
    ("a gzip bomb", lambda: gzip.compress(b"<rss>" + b"\0" * (64 * MIB), 9), ""),
    ("a zip bomb", lambda: zipped("a,b\n" * (16 * MIB)), "acled"),
    ("a zip of nothing", lambda: b"PK\x05\x06" + b"\0" * 18, "gdelt"),
    ("a zip cut off", lambda: zipped("a\tb\n" * 100_000)[:200], "gdelt"),
    ("a table of one line", lambda: "a" + "\t" * (8 * MIB), "gdelt"),
    ("a table of one quote", lambda: '"' + "a,\n" * (8 * MIB // 3), "acled"),
    ("1,000,000 rows", lambda: ("\t" * 25 + "\t190\t\t19" + "\t" * 32 + "https://x.example/1\n") * (8 * MIB // 90), "gdelt"),
    ("1,000,000 short rows", lambda: "1\n" * 1_000_000, "gdelt"),
    ("deep HTML", lambda: "<div>" * DEEP + "x", "telegram"),
    ("deep HTML of matches", lambda: "<div class=tgme_widget_message><b>x" * DEEP, "telegram"),
    ("8 MB of HTML matches", lambda: "<div class=tgme_widget_message data-post=1><p>x</div>" * (8 * MIB // 54), "telegram"),
    ("8 MB of HTML classes", lambda: "<div class='" + "a " * (4 * MIB) + "tgme_widget_message'>x", "telegram"),
    ("8 MB of HTML attributes", lambda: "<p " + "a=1 " * (2 * MIB) + ">", "telegram"),
    ("8 MB of table cells", lambda: "<table>" + "<tr><td>" * MIB, "telegram"),
    ("8 MB of scripts", lambda: "<script></script " * (8 * MIB // 17), "telegram"),
]


def run(tocsin, path, mapping):
    """(exit code, seconds of processor time, peak in MB). The peak is never less than what this very process has."""
    command = [tocsin, "parse", "--json", *(["--mapping", mapping] if mapping else []), path]
    with open(os.devnull, "wb") as nothing:
        child = subprocess.Popen(command, stdout=nothing, stderr=subprocess.PIPE)
        words = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        sys.stderr.write(words[-2000:].decode("utf-8", "replace"))
    return code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write(name, path):
    text = next(make for known, make, _ in DOCUMENTS if known == name)()
    pathlib.Path(path).write_bytes(text if isinstance(text, bytes) else text.encode())


def main():
    tocsin = sys.argv[1]
    slower = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    megabytes = float(sys.argv[3]) if len(sys.argv) > 3 else MEGABYTES
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "document")
        for name, _, mapping in DOCUMENTS:
            subprocess.run([sys.executable, __file__, "--write", name, path], check=True)  # so that this one stays small
            code, seconds, peak = run(tocsin, path, mapping)
            good = code in (0, 1) and seconds <= SECONDS * slower and peak <= megabytes
            bad += not good
            print(f"{'good' if good else 'BAD ':4}  {seconds:6.2f} s  {peak:6.0f} MB  exit {code}  {name}", flush=True)
    if bad:
        sys.exit(f"{bad} documents were not kept within bounds")


if __name__ == "__main__":
    if sys.argv[1] == "--write":
        write(*sys.argv[2:])
    else:
        main()
