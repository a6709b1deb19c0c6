#!/usr/bin/env python3
"""Asking afterwards: the chain behind an alert, an item of the history, conditions that no test decided, a report of
nobody-knows-where.

    explain_test.py TOCSIN SOURCE_DIR
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scenarios"))
import bamako  # noqa: E402

TOCSIN, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
RULES = """\
rules:
  - rule: attack-on-capital
    when: type in armed_violence and place is capital and country = ML
    confirm: publishers >= 2
    severity: Extreme
    tests:
      - title: Gunmen attack police school in Bamako
        published: 2024-09-17T09:00:00Z
        expect: fires
        messages: [Alert]
        recipients: [duty-officer]
"""


def tocsin(*words, text=None):
    return subprocess.run([TOCSIN, *map(str, words)], input=text, capture_output=True, text=True, timeout=120)


class Asked(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.home = pathlib.Path(cls.folder.name)
        series = cls.home / "series"
        series.mkdir()
        bamako.write(str(series))
        cls.config = cls.home / "tocsin.yaml"
        cls.config.write_text(f"store: {cls.home}/history.sqlite\nshipped_rules: no\nrules: [rules.yaml]\n")
        (cls.home / "rules.yaml").write_text(RULES)
        done = tocsin("replay", "--json", "-c", cls.config, "--store", cls.home / "history.sqlite",
                      *sorted(series.glob("*.json")))
        assert done.returncode == 0, done.stderr
        cls.alerts = [json.loads(line) for line in done.stdout.splitlines()]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_chain_behind_an_alert_is_whole(self):
        code = self.alerts[0]["code"]
        done = tocsin("explain", "--json", "--alert", code.lower(), "-c", self.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        chain = json.loads(done.stdout)
        self.assertEqual(chain["code"], code)
        self.assertEqual({i["title"] for i in chain["items"]} >= {s["title"] for s in self.alerts[0]["sources"]}, True)
        self.assertTrue(all(i["understood"]["reports"] for i in chain["items"]))
        self.assertEqual(chain["incident"]["id"], self.alerts[0]["incident"]["id"])
        self.assertEqual([a["msg_type"] for a in chain["alerts"]], [a["msg_type"] for a in self.alerts if a["code"] == code])
        self.assertTrue(any(r["rule"] == "attack-on-capital" and r["fires"] for r in chain["rules"]))
        self.assertIn("duty-officer", {d["recipient"] for d in chain["deliveries"]})

    def test_the_chain_is_told_in_words(self):
        words = tocsin("explain", "--alert", self.alerts[0]["code"], "-c", self.config).stdout
        for part in ("items:", "proof", "incident ", "rules, as told:", "attack-on-capital: fires", "messages:", "duty-officer over "):
            self.assertIn(part, words)

    def test_a_code_that_nobody_knows_is_said(self):
        done = tocsin("explain", "--alert", "ZZZZ", "-c", self.config)
        self.assertEqual(done.returncode, 1)
        self.assertIn('there is no alert "ZZZZ"', done.stderr)

    def test_an_item_of_the_history_is_explained(self):
        item = json.loads(tocsin("items", "--json", "--limit", "1", "-c", self.config).stdout.splitlines()[0])
        done = tocsin("explain", "--json", "--item", item["id"], "-c", self.config)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([r["rule"] for r in json.loads(done.stdout)["rules"]][:1], ["attack-on-capital"])

    def test_coverage_names_what_no_test_decided_at_its_place(self):
        done = tocsin("test", "--coverage", "-c", self.config)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("rules.yaml:3:38: attack-on-capital: when: place is capital: never false", done.stdout)
        self.assertIn("rules.yaml:4:14: attack-on-capital: confirm: publishers >= 2: never true", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 0 failed")

    def test_a_wrong_expectation_of_messages_says_what_was_sent(self):
        faulty = self.home / "faulty.yaml"
        faulty.write_text(RULES.replace("[Alert]", "[Alert, Update]"))
        done = tocsin("test", faulty)
        self.assertEqual(done.returncode, 1)
        self.assertIn("expected the messages Alert, Update, but sent were Alert", done.stdout)

    def test_what_happened_nobody_knows_where_is_marked(self):
        item = {"id": "1", "title": "Gunmen kill nine in attack on police post",
                "text": "Gunmen attacked a police post before dawn on Tuesday and killed nine officers.",
                "published": "2024-09-17T05:40:00Z"}
        rules = json.loads(tocsin("explain", "--json", "-c", self.config, text=json.dumps(item)).stdout)["rules"]
        fired = [r for r in rules if r["fires"]]
        self.assertEqual([r["rule"] for r in fired], ["system:unplaced"])
        self.assertIn("UNPLACED: no place is known", fired[0]["why"])

    def test_the_shipped_rules_serve_another_region(self):
        config = SOURCE / "config/examples/horn/tocsin.yaml"
        self.assertEqual(tocsin("check", "-c", config).returncode, 0)
        done = tocsin("test", "-c", config)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertRegex(done.stdout, r"^[1-9]\d* passed, 0 failed")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
