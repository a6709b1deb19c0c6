#!/usr/bin/env python3
"""Taking up changed files: `tocsin reload`, the watch over the folders, the tests of rules, and who hears of a failure.

    reload_test.py TOCSIN
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scenarios"))
import harness  # noqa: E402
import servers  # noqa: E402

TOCSIN = pathlib.Path(sys.argv[1]).resolve()
GOOD = """
rules:
  - rule: attack-on-capital
    when: type in armed_violence and place is capital
    severity: Severe
    tests:
      - {title: Gunmen kill seven soldiers in Bamako, published: 2024-09-17T09:00:00Z, language: en, expect: fires}
"""
FAULTY = GOOD.replace("place is capital", "place is capitol")
BREAKING = GOOD.replace("type in armed_violence", "type = flood")


class Reload(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.hook = self.enterContext(servers.WebhookSink())
        self.config = self.folder / "tocsin.yaml"
        (self.folder / "rules").mkdir()
        self.rules = self.folder / "rules" / "ours.yaml"
        self.rules.write_text(GOOD)
        self.config.write_text(f"""
store: tocsin.sqlite
shipped_rules: no
feeds:
  radio: {{url: "http://127.0.0.1:9/radio", allow_private_address: yes}}
channels:
  room: {{kind: webhook, url: "{self.hook.url}", allow_private_address: yes}}
recipients:
  duty-officer: {{duty: yes, channels: [room]}}
  keeper: {{admin: yes, channels: [room]}}
rules: [rules]
""")
        self.tocsin = harness.Tocsin(TOCSIN, self.config, self.folder / "log")
        self.addCleanup(lambda: self.tocsin.process and self.tocsin.process.poll() is None and self.tocsin.kill())

    def start(self):
        before = self.tocsin.log().count("watches 1 feeds")
        self.tocsin.start()
        harness.until(lambda: self.tocsin.log().count("watches 1 feeds") > before and (self.folder / "tocsin.sqlite-control").exists(),
                      30, "the start\n" + self.tocsin.log())

    def ask(self, *words):
        return subprocess.run([TOCSIN, *words, "-c", self.config], capture_output=True, text=True, timeout=60)

    def reload(self, code):
        done = self.ask("reload")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr + self.tocsin.log())
        return done

    def status(self):
        return json.loads(self.ask("status", "--json").stdout)

    def alerts(self, rule):
        return [a for a in self.hook.alerts if a["rule"] == rule]

    def in_log(self, words, seconds=20):
        harness.until(lambda: words in self.tocsin.log(), seconds, words + "\n" + self.tocsin.log())

    def test_without_a_daemon_it_ends_with_1(self):
        self.assertIn("no daemon", self.reload(1).stderr)
        self.start()
        self.tocsin.kill()
        self.assertTrue((self.folder / "tocsin.sqlite-control").exists(), "left behind by the kill")
        self.assertIn("no daemon", self.reload(1).stderr)
        self.start()
        self.reload(0)

    def test_a_faulty_file_is_refused_with_its_findings_and_the_admin_hears_of_it_once(self):
        self.start()
        self.assertIn("reloaded: 1 rule, 1 feed, 1 test passed", self.reload(0).stderr)
        self.rules.write_text(FAULTY)
        for _ in range(2):
            refused = self.reload(78)
            self.assertRegex(refused.stdout, r"ours\.yaml:4:\d+: error R\d+: .*capitol")
            self.assertIn("^", refused.stdout)
            self.assertIn("the old configuration stays in force (1 error)", refused.stderr)
        status = self.status()
        self.assertIn("ours.yaml:4:", status["last_reload_error"]["message"])
        self.assertIn("the last reload was refused", status["problems"])
        self.assertRegex(self.ask("status").stdout, r"reload  refused .*ours\.yaml:4:")
        harness.until(lambda: self.alerts("system:reload"), 15, "the alert\n" + self.tocsin.log())
        self.rules.write_text(GOOD)
        self.reload(0)
        harness.until(lambda: len(self.alerts("system:reload")) == 2, 15, "the all-clear")
        self.assertIsNone(self.status()["last_reload_error"])
        told, clear = self.alerts("system:reload")
        self.assertEqual((told["status"], told["msg_type"], clear["msg_type"]), ("System", "Alert", "Cancel"))
        self.assertEqual(told["recipients"], ["keeper"])
        self.assertIn("ours.yaml:4", told["why"][0])

    def test_a_changed_file_is_taken_up_by_itself_however_the_editor_writes_it(self):
        self.start()
        self.rules.write_text(GOOD + GOOD.split("rules:\n")[1].replace("attack-on-capital", "second"))
        self.in_log("reloaded: 2 rules")
        swap = self.rules.with_name(".ours.yaml.swp")
        swap.write_text(GOOD.replace("Severe", "Minor"))
        os.replace(swap, self.rules)
        self.in_log("reloaded: 1 rule,")
        self.rules.write_text(FAULTY)
        self.in_log("reload refused")
        shutil.rmtree(self.folder / "rules")
        (self.folder / "rules").mkdir()
        self.rules.write_text(GOOD + GOOD.split("rules:\n")[1].replace("attack-on-capital", "third"))
        harness.until(lambda: self.tocsin.log().count("reloaded: 2 rules") == 2, 20, "the folder that came back\n" + self.tocsin.log())
        (self.folder / "feeds.d").mkdir()
        (self.folder / "feeds.d" / "added.yaml").write_text("feeds:\n  paper: {url: \"http://127.0.0.1:9/paper\", allow_private_address: yes}\n")
        self.in_log("2 rules, 2 feeds")

    def test_a_reload_that_breaks_a_test_is_refused(self):
        self.start()
        harness.time.sleep(0.5)
        self.rules.write_text(BREAKING)
        self.assertIn("expected to fire", self.reload(78).stdout)
        self.assertIn("the test of attack-on-capital", self.status()["last_reload_error"]["message"])

    def test_tests_that_fail_at_the_start_are_announced_once(self):
        self.rules.write_text(BREAKING)
        self.start()
        self.in_log("the test of attack-on-capital: Gunmen kill seven soldiers in Bamako fails")
        harness.until(lambda: self.alerts("system:tests"), 15, "the alert\n" + self.tocsin.log())
        status = self.status()
        self.assertIn("1 of 1 fail", status["failing_rule_tests"]["message"])
        self.assertTrue(any("tests of rules" in p for p in status["problems"]), status["problems"])
        self.assertEqual(self.tocsin.stop(), 0)
        self.start()
        harness.until(lambda: self.tocsin.log().count("fails: expected to fire") == 2, 15, "the tests of the second start")
        self.reload(0)  # fails as before: no reason to keep anything else out
        self.rules.write_text(GOOD)
        self.reload(0)
        harness.until(lambda: len(self.alerts("system:tests")) == 2, 15, "the all-clear")
        self.assertEqual([a["msg_type"] for a in self.alerts("system:tests")], ["Alert", "Cancel"])
        self.assertIsNone(self.status()["failing_rule_tests"])

    def test_a_configuration_that_cannot_be_read_is_78_and_asks_nobody(self):
        self.start()
        self.config.write_text("store: [")
        self.assertIn("tocsin.yaml:1:", self.reload(78).stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
