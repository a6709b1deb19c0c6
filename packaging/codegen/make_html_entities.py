#!/usr/bin/env python3
"""Writes daemon/feeds/html_entities.inc: every named character reference of HTML (WHATWG, section 13.5), sorted by name.

    make_html_entities.py > daemon/feeds/html_entities.inc

Names end in ";" where the standard demands it; the few that may stand without one have a row of their own.
"""
from html.entities import html5

for name in sorted(html5, key=lambda n: n.encode()):
    utf8 = "".join(f"\\x{b:02x}" for b in html5[name].encode())
    print(f'{{"{name}", "{utf8}"}},')
