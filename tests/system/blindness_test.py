#!/usr/bin/env python3
"""A Tocsin whose feeds fail: it says for which countries it is blind, once, and gives the all-clear to the same people.

    blindness_test.py TOCSIN CONFIG
"""
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scenarios"))
import bamako  # noqa: E402
import harness  # noqa: E402
import servers  # noqa: E402

TOCSIN, CONFIG = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]


class Daemon(unittest.TestCase):
    """Two feeds of Mali and a world-wide one, on loopback; blind after two seconds."""

    def setUp(self):
        stack = self.enterContext
        self.folder = pathlib.Path(stack(tempfile.TemporaryDirectory()))
        self.feeds = stack(servers.FeedServer())
        self.mail = stack(servers.MailSink())
        self.answer()
        self.config = self.folder / "tocsin.yaml"
        self.write()
        self.tocsin = harness.Tocsin(TOCSIN, self.config, self.folder / "log")
        self.addCleanup(self.end)

    def end(self):
        if self.tocsin.process and self.tocsin.process.poll() is None:
            self.tocsin.kill()

    def write(self, smtp_port=None, more=""):
        feeds = "".join(f"  {name}: {{url: {self.feeds.url}/{name}, countries: {countries}, tags: [river], interval: 1s, "
                        "allow_private_address: yes}\n"
                        for name, countries in (("radio", "[ML]"), ("paper", "[ML, NE]"), ("world", "[]")))
        self.config.write_text(f"""
store: tocsin.sqlite
blind_after: 2s
shipped_rules: no
feeds:
{feeds}
channels:
  screen: {{kind: terminal}}
  mail: {{kind: mail, url: "smtp://127.0.0.1:{smtp_port or self.mail.port}", require_tls: no, from: Tocsin <tocsin@example.org>}}
recipients:
  duty-officer: {{duty: yes, address: duty@example.org, channels: [mail]}}
  technician: {{admin: yes, language: fr, address: technician@example.org, channels: [mail]}}
  director: {{address: director@example.org, channels: [screen]}}
{more}""")

    def answer(self, *names):
        for name in names or ("radio", "paper", "world"):
            self.feeds.documents[name] = bamako.document("radio-fleuve", [])

    def refuse(self, *names):
        for name in names:
            self.feeds.documents.pop(name, None)  # 404

    def status(self):
        done = subprocess.run([TOCSIN, "status", "--json", "-c", self.config], capture_output=True, text=True, timeout=30)
        return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr

    def said(self):
        return [mail["Subject"] for mail in self.mail.mails]

    def start(self):
        self.tocsin.start()
        harness.until(lambda: "every feed was asked once" in self.tocsin.log(), 20, "every feed polled\n" + self.tocsin.log())

    def go_blind(self):
        self.refuse("radio", "paper")
        harness.until(lambda: len(self.mail.mails) == 2, 40, "a mail to both\n" + self.tocsin.log())

    def await_all_clear(self):
        """The two feeds are asked again at times of their own, so an update may come between."""
        harness.until(lambda: sum("ALL CLEAR" in s or "FIN D'ALERTE" in s for s in self.said()) == 2, 60,
                      "the all-clear to both\n" + self.tocsin.log())

    def test_a_country_goes_blind_and_is_heard_again(self):
        self.start()
        self.refuse("radio")  # the other one still covers Mali
        harness.time.sleep(4)
        self.assertEqual(self.said(), [])
        code, status = self.status()
        self.assertEqual((code, status["well"], status["blind_countries"]), (0, True, []), status)
        self.assertEqual({f["id"]: f["state"] for f in status["feeds"]}, {"radio": "failing", "paper": "ok", "world": "ok"})
        self.assertIn("404", next(f["reason"] for f in status["feeds"] if f["id"] == "radio"))

        self.go_blind()
        self.assertEqual({a for m in self.mail.mails for a in m.envelope_to}, {"duty@example.org", "technician@example.org"})
        english, french = sorted(self.said(), key=lambda s: "AVEUGLE" in s)
        self.assertIn("[SYSTEM]", english)
        self.assertIn("BLIND for ML, NE since", english)
        self.assertIn("AVEUGLE pour ML, NE", french)
        code, status = self.status()
        self.assertEqual((code, status["well"], status["blind_countries"]), (1, False, ["ML", "NE"]), status)
        alert, = self.tocsin.history("alerts", "--rule", "system:blind")
        self.assertEqual((alert["status"], alert["msg_type"], alert["incident"], alert["system"]["countries"]),
                         ("System", "Alert", None, ["ML", "NE"]))

        self.answer("radio", "paper")
        self.await_all_clear()
        harness.until(lambda: self.status()[0] == 0, 20, "well again")
        alerts = self.tocsin.history("alerts", "--rule", "system:blind")
        self.assertEqual([a["msg_type"] for a in alerts][0], "Cancel")
        self.assertEqual(len({a["code"] for a in alerts}), 1)
        self.assertEqual({tuple(a["recipients"]) for a in alerts}, {("duty-officer", "technician")})

    def test_a_restart_neither_repeats_the_alert_nor_forgets_the_all_clear(self):
        self.start()
        self.go_blind()
        self.tocsin.kill()
        self.start()
        harness.time.sleep(6)
        # A mail whose receipt was not written yet when the daemon died comes again, as the same message.
        self.assertEqual(len({mail["Message-ID"] for mail in self.mail.mails}), 2, "not again\n" + "\n".join(self.said()))
        self.answer("radio", "paper")
        self.await_all_clear()

    def test_status_says_when_there_is_no_daemon_and_when_messages_wait(self):
        code, words = self.status()
        self.assertEqual(code, 1)
        self.assertIn("tocsin.sqlite", words)
        self.write(smtp_port=servers.free_port())  # nobody listens there
        self.start()
        self.refuse("radio", "paper")
        harness.until(lambda: self.status()[1]["queue"]["depth"] == 2, 40, "what cannot be sent waits\n" + self.tocsin.log())
        status = self.status()[1]
        self.assertTrue(status["daemon"]["running"])
        self.assertIsNotNone(status["queue"]["oldest"])
        self.tocsin.stop()
        code, status = self.status()
        self.assertEqual((code, status["daemon"]["running"]), (1, False))
        self.assertIn("no daemon runs", status["problems"])
        people = subprocess.run([TOCSIN, "status", "-c", self.config], capture_output=True, text=True, timeout=30)
        self.assertEqual(people.returncode, 1)
        self.assertIn("NOT WELL", people.stdout)
        self.assertIn("blind   ML, NE since", people.stdout)

    def test_a_refused_reload_is_remembered_until_a_good_one(self):
        self.start()
        good = self.config.read_text()
        self.config.write_text(good + "\nchanels: {}\n")
        self.tocsin.signal(signal.SIGHUP)
        harness.until(lambda: "reload refused" in self.tocsin.log(), 20, "the refusal")
        self.config.write_text(good)  # mended, and not loaded yet
        code, status = self.status()
        self.assertEqual(code, 1)
        self.assertIn("chanels", status["last_reload_error"]["message"])
        self.tocsin.signal(signal.SIGHUP)
        harness.until(lambda: "reloaded:" in self.tocsin.log(), 20, "the reload")
        self.assertEqual(self.status()[0], 0)
        self.assertIsNone(self.status()[1]["last_reload_error"])

    def test_a_second_daemon_on_the_same_history_is_refused(self):
        self.start()
        second = subprocess.run([TOCSIN, "run", "-c", self.config], capture_output=True, text=True, timeout=30)
        self.assertEqual(second.returncode, 1)
        self.assertIn("another tocsin runs on this history", second.stderr)

    def test_a_silence_rule_speaks_and_is_silent_again(self):
        (self.folder / "rules.yaml").write_text(
            "rules: [{rule: river-is-silent, silence: 15s of feeds tagged river, severity: Minor, notify: [director]}]\n")
        self.write(more="rules: [rules.yaml]\n")
        self.start()
        harness.until(lambda: "Silence: no news from 3 feeds" in self.tocsin.log(), 40, "the silence\n" + self.tocsin.log())
        step = next(s for s in bamako.steps() if s.noise)
        self.feeds.documents["radio"] = bamako.document("radio-fleuve", [(step, harness_now())])
        harness.until(lambda: "News has come in again" in self.tocsin.log(), 30, "the end of it\n" + self.tocsin.log())
        alerts = self.tocsin.history("alerts", "--rule", "river-is-silent")
        self.assertEqual([(a["status"], a["system"]["kind"], a["msg_type"]) for a in alerts[-2:]],
                         [("System", "silence", "Cancel"), ("System", "silence", "Alert")])


def harness_now():
    return bamako.dt.datetime.now(bamako.UTC)


class Replay(unittest.TestCase):
    """Series files with documents that are no feed."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "good.xml").write_text(bamako.document("radio-fleuve", []))
        (self.folder / "portal.html").write_text("<!doctype html><html><body>Please sign in to the network.</body></html>")

    def replay(self, **series):
        """`series`: feed -> (countries, "GB" at the times given); prints every alert."""
        paths = []
        for name, (countries, *seen) in series.items():
            files = [{"path": {"good": "good.xml", "bad": "portal.html"}[what], "observed_at": f"2026-11-22T{at}:00Z"}
                     for at, what in (entry.split(" ") for entry in seen)]
            paths.append(self.folder / f"{name}.json")
            paths[-1].write_text(json.dumps({"series": name, "feed": {"id": name, "countries": countries}, "files": files}))
        done = subprocess.run([TOCSIN, "replay", "--json", "-c", CONFIG, *paths], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [(a["sent"][11:16], a["msg_type"], a["system"]["countries"]) for a in map(json.loads, done.stdout.splitlines())]

    def test_every_feed_of_a_country_failing_for_an_hour_is_an_alert_at_that_minute(self):
        alerts = self.replay(radio=(["ML"], "00:00 good", "02:10 bad", "09:00 good"),
                             paper=(["ML", "NE"], "00:00 good", "02:00 bad", "09:00 bad"))
        self.assertEqual(alerts, [("03:00", "Alert", ["NE"]), ("03:10", "Update", ["ML", "NE"]), ("09:10", "Update", ["NE"])])

    def test_the_all_clear_comes_also_when_the_recording_ends_with_the_good_document(self):
        alerts = self.replay(radio=(["ML"], "00:00 good", "02:00 bad", "04:00 good"))
        self.assertEqual(alerts, [("03:00", "Alert", ["ML"]), ("04:10", "Cancel", ["ML"])])

    def test_a_shorter_failure_and_a_feed_without_a_country_are_no_blindness(self):
        self.assertEqual(self.replay(radio=(["ML"], "00:00 good", "02:00 bad", "02:50 good", "03:00 bad", "03:40 bad"),
                                     world=([], "00:00 good", "01:00 bad", "09:00 good")), [("04:00", "Alert", ["ML"])])
        self.assertEqual(self.replay(radio=(["ML"], "00:00 good", "02:00 bad", "02:59 good")), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
