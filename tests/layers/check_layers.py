#!/usr/bin/env python3
"""Fails when a file under daemon/ includes a folder that daemon/LAYERS does not allow.

    check_layers.py DAEMON_DIR     check a tree
    check_layers.py --self-test    prove that a forbidden include and an upward layer are found
"""
import pathlib
import re
import sys
import tempfile


def layers(root):
    allowed = {}
    for line in (root / "LAYERS").read_text().splitlines():
        if line and not line.startswith("#"):
            name, _, rest = line.partition(":")
            allowed[name.strip()] = set(rest.split()) | {name.strip()}
    return allowed


def findings(root):
    allowed = layers(root)
    names = list(allowed)
    for name, uses in allowed.items():  # only layers listed above: a circle cannot be written
        for early in sorted(uses - set(names[: names.index(name) + 1])):
            yield f"{root}/LAYERS: {name} uses {early}, which is listed below it"
    for file in sorted(p for p in root.rglob("*") if p.suffix in (".cpp", ".hpp", ".inc")):
        layer = file.relative_to(root).parts[0]
        if layer not in allowed:
            yield f"{file}: folder {layer} is not listed in {root}/LAYERS"
            continue
        for number, text in enumerate(file.read_text().splitlines(), 1):
            include = re.match(r'\s*#\s*include\s*"([a-z_]+)/', text)
            if include and include[1] not in allowed[layer]:
                can = ", ".join(sorted(allowed[layer]))
                yield f"{file}:{number}: {layer} must not include {include[1]} (allowed: {can})"


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "LAYERS").write_text("base:\nmodel: base\n")
        (root / "base").mkdir()
        (root / "base" / "good.hpp").write_text('#include "base/other.hpp"\n')
        assert not list(findings(root)), "a permitted include was refused"
        (root / "base" / "bad.hpp").write_text('#include "model/item.hpp"\n')
        assert len(list(findings(root))) == 1, "a forbidden include was not found"
        (root / "LAYERS").write_text("base: model\nmodel:\n")
        assert any("listed below" in f for f in findings(root)), "an upward layer was not found"


if sys.argv[1] == "--self-test":
    self_test()
else:
    found = list(findings(pathlib.Path(sys.argv[1])))
    print("\n".join(found) if found else "layers: every include is allowed")
    sys.exit(1 if found else 0)
