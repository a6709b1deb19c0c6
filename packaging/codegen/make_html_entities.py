#!/usr/bin/env python3
"""Writes daemon/feeds/html_entities.inc: every named character reference of HTML (WHATWG, section 13.5), sorted by name.

    make_html_entities.py > daemon/feeds/html_entities.inc

Names end in ";" where the standard demands it; the few that may stand without one have a row of their own. The 253 names of
HTML 4 keep what they meant there: feeds that use them were written for it (only lang and rang differ).
"""
from html.entities import html5, name2codepoint

meanings = html5 | {f"{name};": chr(code) for name, code in name2codepoint.items()}
for name in sorted(meanings, key=lambda n: n.encode()):
    utf8 = "".join(f"\\x{b:02x}" for b in meanings[name].encode())
    print(f'{{"{name}", "{utf8}"}},')
