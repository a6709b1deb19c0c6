#!/usr/bin/env python3
"""systemd reads our unit without a word, and its sandbox scores well.

usage: unit_test.py SYSTEMD_FOLDER
The unit names /usr/bin/tocsin; systemd-analyze therefore looks at a staged root that has this file and the machine's own
targets. Exit 77 where systemd-analyze is not installed.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

UNITS = pathlib.Path(sys.argv.pop(1))
MOST_EXPOSURE = "15"  # tenths


def analyze(*arguments):
    run = subprocess.run(["systemd-analyze", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return run.returncode, run.stdout


class StagedRoot:
    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(self.folder.name)
        units, programs = root / "usr/lib/systemd/system", root / "usr/bin"
        units.mkdir(parents=True)
        programs.mkdir(parents=True)
        for target in pathlib.Path("/lib/systemd/system").glob("*.target"):
            shutil.copy(target, units)
        for program in ("tocsin",):
            shutil.copy("/bin/true", programs / program)
        shutil.copy(UNITS / "tocsin.service", units)
        return root

    def __exit__(self, *error):
        self.folder.cleanup()


class Unit(unittest.TestCase):
    def test_verify_prints_nothing(self):
        with StagedRoot() as root:
            self.assertEqual(analyze(f"--root={root}", "verify", "tocsin.service"), (0, ""))

    def test_verify_sees_a_planted_fault(self):
        with StagedRoot() as root:
            unit = root / "usr/lib/systemd/system/tocsin.service"
            unit.write_text(unit.read_text().replace("ProtectClock=yes", "ProtectClocks=yes"))
            self.assertIn("Unknown key 'ProtectClocks'", analyze(f"--root={root}", "verify", "tocsin.service")[1])

    def test_verify_misses_a_program_that_is_not_there(self):
        with StagedRoot() as root:
            (root / "usr/bin/tocsin").unlink()
            self.assertIn("/usr/bin/tocsin is not executable", analyze(f"--root={root}", "verify", "tocsin.service")[1])

    def test_the_sandbox_scores_well(self):
        with StagedRoot() as root:
            code, words = analyze("security", "--offline=true", f"--root={root}", f"--threshold={MOST_EXPOSURE}",
                                  "--no-pager", "tocsin.service")
            self.assertEqual(code, 0, words)
            print(words.strip().splitlines()[-1])

    def test_every_restriction_says_why(self):
        lines = (UNITS / "tocsin.service").read_text().splitlines()
        begin = next(number for number, line in enumerate(lines) if line.startswith("# --- files"))
        for above, line in zip(lines[begin:], lines[begin + 1:]):
            if line == "[Install]":
                break
            if line and not line.startswith("#"):
                self.assertTrue(above.startswith("# ") and "---" not in above, f"no reason above {line}")


if __name__ == "__main__":
    if shutil.which("systemd-analyze") is None:
        print("systemd-analyze is not installed: apt-get install systemd")
        sys.exit(77)
    unittest.main()
