#!/usr/bin/env python3
"""Every file below a folder through `tocsin parse`: what crashes, what is slow, what is large. For a corpus of one's own.

    parse_folder.py TOCSIN FOLDER [SECONDS]      exit 1 when anything crashed or took longer than SECONDS (2)
"""
import concurrent.futures
import os
import pathlib
import sys

from parse_bounds_test import run


def main():
    tocsin, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    limit = float(sys.argv[3]) if len(sys.argv) > 3 else 2.0
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda p: (p, *run(tocsin, str(p), "")), files))
    feeds = sum(code == 0 for _, code, _, _ in results)
    bad = [r for r in results if r[1] not in (0, 1) or r[2] > limit]
    for path, code, seconds, peak in bad:
        print(f"exit {code}, {seconds:.2f} s, {peak:.0f} MB: {path}")
    slowest = max(results, key=lambda r: r[2], default=None)
    largest = max(results, key=lambda r: r[3], default=None)
    print(f"{len(results)} files, {feeds} of them feeds, {len(bad)} crashed or were slow")
    if slowest:
        print(f"slowest {slowest[2]:.2f} s: {slowest[0]}\nlargest {largest[3]:.0f} MB: {largest[0]}")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
