#!/usr/bin/env python3
"""The reference case end to end: the Bamako morning, replayed from four feeds through the real binary.

    bamako_replay_test.py TOCSIN CONFIG
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scenarios"))
import bamako  # noqa: E402

TOCSIN, CONFIG = sys.argv[1:3]


def replay(folder):
    series = sorted(str(p) for p in pathlib.Path(folder).glob("*.json"))
    done = subprocess.run([TOCSIN, "replay", "--json", "-c", CONFIG, *series], capture_output=True, text=True, timeout=60)
    return [json.loads(line) for line in done.stdout.splitlines()], done


class BamakoMorning(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            bamako.write(folder)
            cls.alerts, cls.done = replay(folder)

    def titles(self):
        return {source["title"] for alert in self.alerts for source in alert["sources"]}

    def test_the_replay_ends_well_and_says_what_it_did(self):
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        for word in ("documents", "items", "reports", "incidents", "alerts"):
            self.assertIn(word, self.done.stderr)

    def test_it_is_one_incident(self):
        self.assertEqual(len({alert["code"] for alert in self.alerts}), 1, [a["headline"] for a in self.alerts])
        self.assertEqual(len({alert["incident"]["id"] for alert in self.alerts}), 1)

    def test_the_first_alert_is_unconfirmed_and_for_the_duty_officer_alone(self):
        first = self.alerts[0]
        self.assertEqual(first["msg_type"], "Alert")
        self.assertTrue(first["unconfirmed"])
        self.assertEqual(first["recipients"], ["duty-officer"])
        self.assertEqual(first["incident"]["country"], "ML")
        self.assertLess(first["sent"], "2024-09-17T05:30:00Z")

    def test_the_second_publisher_confirms_it_for_everybody(self):
        confirmed = next(a for a in self.alerts if not a["unconfirmed"])
        self.assertEqual(confirmed["msg_type"], "Update")
        self.assertIn("confirmed", confirmed["changed"])
        self.assertLess(confirmed["sent"], "2024-09-17T06:00:00Z")
        self.assertEqual(set(confirmed["recipients"]) >= {"duty-officer", "country-director"}, True)

    def test_the_airport_is_an_update_that_names_both_rules(self):
        airport = next(a for a in self.alerts if "target + airport" in a["changed"])
        self.assertIn("attack-on-capital", airport["rules"])
        self.assertIn("attack-on-airport", airport["rules"])

    def test_the_claim_names_the_group(self):
        claimed = [a for a in self.alerts if any("JNIM" in c or "Jama" in c for c in a["changed"])]
        self.assertTrue(claimed, [a["changed"] for a in self.alerts])

    def test_the_toll_is_an_update(self):
        last_toll = [a for a in self.alerts if any(c.startswith("killed") for c in a["changed"])][-1]
        self.assertEqual(last_toll["incident"]["killed"]["min"], 77)
        self.assertGreater(last_toll["sent"], "2024-09-20")

    def test_a_reprint_is_no_witness(self):
        self.assertEqual(max(a["incident"]["publishers"] for a in self.alerts), 3)

    def test_noise_wakes_nobody(self):
        noise = {s.title for s in bamako.steps() if s.noise}
        self.assertFalse(noise & self.titles())

    def test_every_change_is_told_once(self):
        keys = [a["key"] for a in self.alerts]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertLessEqual(len(self.alerts), 8, [a["changed"] for a in self.alerts])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
