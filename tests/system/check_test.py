#!/usr/bin/env python3
"""What an admin sees of a faulty rule file: every finding, its place, a caret, the nearest word, exit code 1.

    check_test.py TOCSIN
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOCSIN = pathlib.Path(sys.argv[1]).resolve()
FAULTY = """\
rules:
  - rule: near-the-capital
    when: type in armed_violence and country = MLI
    severty: Severe
    severity: Severe
  - rule: wrong-field
    when: contry = ML
    severity: Severe
  - rule: near-the-capital
    when: type = attack
    severity: Severe
  - rule: folded
    when: >
      type = attack and
      place is capitol
    severity: Severe
"""


def check(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "faulty.yaml"
        path.write_text(text)
        return subprocess.run([TOCSIN, "check", str(path)], capture_output=True, text=True, timeout=60)


class Check(unittest.TestCase):
    def finding(self, output, line, column, *words):
        for place in re.finditer(r"faulty\.yaml:(\d+):(\d+): error (\w+): (.*)", output):
            if (int(place[1]), int(place[2])) == (line, column):
                for word in words:
                    self.assertIn(word, place[4])
                return
        self.fail(f"no error at {line}:{column} in\n{output}")

    def test_every_fault_is_found_in_one_run(self):
        done = check(FAULTY)
        self.assertEqual(done.returncode, 1)
        self.finding(done.stdout, 3, 48, "MLI", "ML")
        self.finding(done.stdout, 4, 5, "severty", "severity")
        self.finding(done.stdout, 7, 11, "contry", "country")
        self.finding(done.stdout, 9, 11, "near-the-capital")
        self.finding(done.stdout, 15, 16, "capitol", "capital")

    def test_the_caret_stands_below_the_word(self):
        lines = check(FAULTY).stdout.splitlines()
        at = next(i for i, line in enumerate(lines) if "MLI" in line and "error" in line)
        self.assertEqual(lines[at + 1][lines[at + 2].index("^"):][:3], "MLI")

    def test_a_good_file_is_good(self):
        good = FAULTY.splitlines()[0] + "\n  - {rule: fine, when: type = attack, severity: Minor}\n"
        self.assertEqual(check(good).returncode, 0)

    def test_without_the_shipped_rules_nothing_is_called_good(self):
        with tempfile.TemporaryDirectory() as folder:
            for words, code in ((["check"], 1), (["run", "--once"], 78)):
                done = subprocess.run([TOCSIN, *words], capture_output=True, text=True, timeout=60, cwd=folder,
                                      env=os.environ | {"TOCSIN_DATA": folder, "STATE_DIRECTORY": folder})
                self.assertEqual(done.returncode, code, done.stdout + done.stderr)
                self.assertIn("TOCSIN_DATA", done.stdout + done.stderr)

    def test_a_configuration_without_a_rule_is_not_called_good(self):
        with tempfile.TemporaryDirectory() as folder:
            config = os.path.join(folder, "tocsin.yaml")
            with open(config, "w") as file:
                file.write("log: info\nshipped_rules: no\n")
            done = subprocess.run([TOCSIN, "check", "-c", config], capture_output=True, text=True, timeout=60)
            self.assertIn(f"{config}:2:16: warning S016: no rule is in force", done.stdout)
            self.assertNotIn("good", done.stderr)

    def test_a_feed_or_mapping_that_is_not_there_is_a_wrong_call_of_parse(self):
        for words in (["--mapping", "gdlet"], ["--feed", "bbc-wrold"]):
            done = subprocess.run([TOCSIN, "parse", *words, os.devnull], capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("did you mean", done.stderr)

    def test_an_unknown_command_is_named_with_the_nearest_one(self):
        done = subprocess.run([TOCSIN, "chekc"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn('did you mean "check"?', done.stderr)

    def test_a_group_of_commands_names_those_it_has(self):
        for words, answer in ((["feeds"], "list, test, add"), (["feeds", "lost"], 'did you mean "list"?'), ([], "run, check")):
            done = subprocess.run([TOCSIN, *words], capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2)
            self.assertIn(answer, done.stderr)

    def test_a_file_that_is_not_there_is_an_error_with_its_name(self):
        done = subprocess.run([TOCSIN, "check", "/nowhere/rules.yaml"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nowhere/rules.yaml", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
