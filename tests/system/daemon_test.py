#!/usr/bin/env python3
"""The real binary between a real feed server, a real SMTP server and a webhook, all on loopback.

    daemon_test.py TOCSIN
"""
import datetime as dt
import pathlib
import random
import signal
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scenarios"))
import bamako  # noqa: E402
import harness  # noqa: E402
import servers  # noqa: E402

TOCSIN = pathlib.Path(sys.argv[1]).resolve()


class Daemon(unittest.TestCase):
    def setUp(self):
        stack = self.enterContext
        self.folder = pathlib.Path(stack(tempfile.TemporaryDirectory()))
        self.feeds = stack(harness.feed_server())
        self.mail = stack(servers.MailSink())
        self.hook = stack(servers.WebhookSink(harness.SECRET))
        self.config = harness.configuration(self.folder, self.feeds.url, self.mail.port, self.hook.url)
        self.tocsin = harness.Tocsin(TOCSIN, self.config, self.folder / "log")
        self.addCleanup(self.end)

    def end(self):
        if self.tocsin.process and self.tocsin.process.poll() is None:
            self.tocsin.kill()

    def start(self):
        before = self.feeds.requests
        self.tocsin.start()
        harness.until(lambda: self.feeds.requests >= before + len(bamako.FEEDS), 20, "every feed polled\n" + self.tocsin.log())

    def publish(self, *numbers):
        """The steps of the story with these numbers stand in their feeds from now on."""
        today = dt.datetime.now(bamako.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        now = dt.datetime.now(bamako.UTC)
        steps = list(bamako.steps(today))
        for feed in bamako.FEEDS:
            entries = [(steps[n], now) for n in numbers if steps[n].feed == feed]
            if entries:
                self.feeds.documents[feed] = bamako.document(feed, entries)

    def alerts(self):
        return self.tocsin.history("alerts")

    def test_an_item_becomes_a_mail_and_a_second_publisher_a_confirmed_one_for_all(self):
        self.start()
        self.publish(0)
        harness.until(lambda: len(self.mail.mails) == 1, 15, "the first mail\n" + self.tocsin.log())
        self.assertEqual(self.mail.mails[0].envelope_to, ["duty@example.org"])
        self.assertIn("UNCONFIRMED", self.mail.mails[0]["Subject"])
        self.publish(1)
        harness.until(lambda: len(self.mail.mails) == 3 and self.hook.alerts, 15, "mails to both and the webhook")
        self.assertEqual(self.hook.alerts[0]["msg_type"], "Update")
        self.assertFalse(self.hook.alerts[0]["unconfirmed"])
        self.assertEqual(self.hook.bad_signatures, 0)
        self.assertEqual(self.tocsin.stop(), 0)
        self.assertEqual(len({a["code"] for a in self.alerts()}), 1)

    def test_an_unchanged_feed_is_asked_with_its_validators_and_answers_304(self):
        self.start()
        harness.until(lambda: self.feeds.unchanged >= 4, 20, "conditional requests")

    def test_what_was_read_before_a_restart_is_not_told_again(self):
        self.start()
        self.publish(0)
        harness.until(lambda: len(self.mail.mails) == 1, 15, "the first mail\n" + self.tocsin.log())
        self.assertEqual(self.tocsin.stop(), 0)
        self.start()
        harness.until(lambda: self.feeds.requests > 12, 20, "more polls")
        self.assertEqual(len(self.mail.mails), 1)

    def test_a_webhook_that_is_down_is_tried_again_with_the_same_key(self):
        self.hook.failures = 1
        self.start()
        self.publish(1)
        harness.until(lambda: self.hook.alerts, 30, "the second attempt\n" + self.tocsin.log())
        self.assertEqual(len(self.hook.keys), 1)

    def test_kill_nine_in_mid_delivery_loses_nothing(self):
        # The daemon is killed while the mail server still holds the message, before it can say 250.
        self.start()
        self.mail.before_accepting = self.tocsin.process.kill
        self.publish(1)
        self.tocsin.process.wait(timeout=20)
        self.mail.before_accepting = None
        arrived = len(self.mail.mails)
        self.start()
        harness.until(lambda: len(self.mail.mails) >= max(2, arrived + 1) and self.hook.alerts, 30,
                      "every recipient after the restart\n" + self.tocsin.log())
        told = {address for m in self.mail.mails for address in m.envelope_to}
        self.assertEqual(told, {"duty@example.org", "director@example.org"})
        keys = {m["Message-ID"] for m in self.mail.mails}
        self.assertEqual(len(keys), 2, "a repetition carries the same Message-ID")

    def test_kill_nine_at_random_instants_loses_nothing(self):
        moments = random.Random(17)
        for number in (0, 1, 2, 4, 9):
            self.start()
            self.publish(*range(number + 1))
            harness.time.sleep(moments.uniform(0.0, 1.5))  # the instant is the test's subject
            self.tocsin.kill()
        self.start()

        def everybody_knows():
            alerts = self.alerts()
            mailed = {m["X-Tocsin-Key"] for m in self.mail.mails}
            hooked = {a["key"] for a in self.hook.alerts}
            return alerts and all(
                a["key"] in mailed and (a["key"] in hooked or "country-director" not in a["recipients"])
                for a in alerts)

        harness.until(everybody_knows, 40, "every alert at every recipient\n" + self.tocsin.log())
        self.assertEqual(self.tocsin.stop(), 0)
        self.assertEqual(len({a["code"] for a in self.alerts()}), 1)

    def test_a_faulty_rule_file_is_refused_on_reload_and_the_old_rules_stay(self):
        self.start()
        rules = self.folder / "rules.yaml"
        good = rules.read_text()
        rules.write_text(good.replace("place is capital", "place is capitol"))
        self.tocsin.signal(signal.SIGHUP)
        harness.until(lambda: "reload refused" in self.tocsin.log(), 30, "the refusal\n" + self.tocsin.log())
        self.assertIn("rules.yaml:", self.tocsin.log())
        self.publish(0)
        harness.until(lambda: self.mail.mails, 15, "an alert by the old rules")
        rules.write_text(good)
        self.tocsin.signal(signal.SIGHUP)
        harness.until(lambda: "reloaded:" in self.tocsin.log(), 30, "the reload")

    def test_a_reload_takes_up_the_contact_and_the_log_and_says_that_the_store_waits(self):
        self.start()
        text = self.config.read_text()
        self.config.write_text(text.replace("store: tocsin.sqlite", "store: other.sqlite\nlog: debug\npolls_at_once: 2")
                               .replace("example.org/demo", "example.org/desk"))
        self.tocsin.signal(signal.SIGHUP)
        harness.until(lambda: "reloaded:" in self.tocsin.log(), 30, "the reload\n" + self.tocsin.log())
        self.assertRegex(self.tocsin.log(), r"store: \S*other.sqlite is taken up at a restart")
        harness.until(lambda: any("example.org/desk" in agent for agent in self.feeds.agents), 20, "the new contact")
        self.publish(0)
        harness.until(lambda: " debug: " in self.tocsin.log(), 20, "the finer log")
        self.assertFalse((self.folder / "other.sqlite").exists())

    def test_without_a_network_it_says_so_once_and_stays_up(self):
        self.feeds.http.shutdown()
        self.feeds.http.server_close()
        self.tocsin.start()
        harness.until(lambda: "no feed can be reached" in self.tocsin.log(), 20, "the word about the network")
        harness.time.sleep(2)  # several polls fail in this time
        self.assertEqual(self.tocsin.log().count("no feed can be reached"), 1)
        self.assertEqual(self.tocsin.stop(), 0)

    def test_a_bad_configuration_ends_with_78(self):
        self.config.write_text(self.config.read_text() + "\nchanels: {}\n")
        self.tocsin.start()
        self.assertEqual(self.tocsin.process.wait(timeout=20), 78)
        self.assertIn("chanels", self.tocsin.log())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
