#!/usr/bin/env python3
"""Reloads while news pours in: twelve feeds with a thousand new items a second between them, a reload about every half
second by SIGHUP, by `tocsin reload` and by the changed file itself, a faulty file in between. Every match must be told,
and told once.

    reload_flood_test.py TOCSIN

What must be told is asked of `tocsin replay` on the same items, so that the test does not judge what is understood. On a
machine that cannot keep up the feeds bring fewer items; nothing else changes.
"""
import email.utils
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scenarios"))
import harness  # noqa: E402
import servers  # noqa: E402

TOCSIN = pathlib.Path(sys.argv[1]).resolve()
FEEDS, PER_SECOND, SECONDS = 12, 1100, 14
CAPITALS = """Bamako,Mali;Niamey,Niger;Ouagadougou,Burkina Faso;Abuja,Nigeria;Accra,Ghana;Lomé,Togo;Dakar,Senegal;Conakry,Guinea;
Freetown,Sierra Leone;Monrovia,Liberia;Nouakchott,Mauritania;N'Djamena,Chad;Bangui,Central African Republic;Khartoum,Sudan;
Addis Ababa,Ethiopia;Nairobi,Kenya;Kampala,Uganda;Kigali,Rwanda;Lusaka,Zambia;Harare,Zimbabwe;Windhoek,Namibia;Luanda,Angola;
Maputo,Mozambique;Antananarivo,Madagascar;Cairo,Egypt;Tripoli,Libya;Tunis,Tunisia;Algiers,Algeria;Rabat,Morocco;Baghdad,Iraq;
Damascus,Syria;Beirut,Lebanon;Amman,Jordan;Riyadh,Saudi Arabia;Kabul,Afghanistan;Islamabad,Pakistan;Dhaka,Bangladesh;
Kathmandu,Nepal;Colombo,Sri Lanka;Bangkok,Thailand;Hanoi,Vietnam;Manila,Philippines;Jakarta,Indonesia;Bogotá,Colombia;
Quito,Ecuador;Lima,Peru;Caracas,Venezuela;Port-au-Prince,Haiti;Managua,Nicaragua;Tegucigalpa,Honduras""".replace("\n", "").split(";")
QUIET = ("The cotton market of the valley opens an hour later", "A new bridge shortens the way to school", "Onion prices fall after the rains",
         "The national choir tours the north", "Fishermen repair their nets before the season")
RULES = """
rules:
  - rule: attack-on-capital
    when: type in armed_violence and place is capital
    severity: Severe
    tests:
      - {title: Gunmen kill seven soldiers in Bamako, published: 2024-09-17T09:00:00Z, language: en, expect: fires}
"""


class Item:
    def __init__(self, number, title, text, place=None):
        self.number, self.title, self.text, self.place, self.at = number, title, text, place, time.time()

    def xml(self):
        return (f"<item><guid>flood-{self.number}</guid><title>{self.title}</title><description>{self.text}</description>"
                f"<pubDate>{email.utils.formatdate(self.at)}</pubDate></item>")


def document(items):
    return ('<rss version="2.0"><channel><title>Flood</title><language>en</language>' + "".join(i.xml() for i in items) +
            "</channel></rss>")


class Flood:
    """Makes news when asked for it, as much as is due; each answer repeats the one before, as a feed does."""

    def __init__(self):
        self.lock = threading.Lock()
        self.begun = self.ended = None
        self.served, self.made, self.attacks = [], 0, list(CAPITALS)
        self.last = {f"/f{n}": [] for n in range(FEEDS)}
        self.asked = {}

    def start(self):
        with self.lock:
            self.begun = time.monotonic()
            self.asked = dict.fromkeys(self.last, self.begun)

    def answer(self, path):
        with self.lock:
            fresh = self.fresh(path) if self.begun and time.monotonic() - self.begun < SECONDS else []
            body = document(self.last[path] + fresh)
            self.last[path] = fresh or self.last[path]
            return body

    def fresh(self, path):
        now = time.monotonic()
        due = min(200, int((now - self.asked[path]) * PER_SECOND / FEEDS))
        if due > 0:
            self.asked[path] = now
        items = [self.item(n) for n in range(due)]
        self.served += items
        self.ended = now
        return items

    def item(self, n):
        self.made += 1
        # The attacks are spread over the time, whatever the machine makes of the rate.
        share = (time.monotonic() - self.begun) / SECONDS
        if self.attacks and len(CAPITALS) - len(self.attacks) < share * (len(CAPITALS) + 2):
            city, country = self.attacks.pop(0).split(",")
            return Item(self.made, f"Gunmen kill {3 + self.made % 5} soldiers in {city}",
                        f"Gunmen attacked an army post in {city}, the capital of {country}, and killed soldiers, the army said.", city)
        return Item(self.made, f"{QUIET[n % len(QUIET)]} ({self.made})", f"Report number {self.made} from the province.")


class FloodServer(servers._Server):
    def __init__(self, flood):
        class Handler(servers._Quiet):
            def do_GET(self):
                self.answer(200, flood.answer(self.path).encode(), Content_Type="application/rss+xml; charset=utf-8")

        super().__init__(Handler)


class ReloadDuringAFlood(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.flood = Flood()
        server = self.enterContext(FloodServer(self.flood))
        self.hook = self.enterContext(servers.WebhookSink())
        feeds = "".join(f"  f{n}: {{url: {server.url}/f{n}, language: en, publisher: p{n}, reliability: B, interval: 1s, "
                        "allow_private_address: yes}\n" for n in range(FEEDS))
        self.config = self.folder / "tocsin.yaml"
        self.config.write_text(f"""
store: tocsin.sqlite
shipped_rules: no
shipped_feeds: []
feeds:
{feeds}
channels:
  room: {{kind: webhook, url: "{self.hook.url}", allow_private_address: yes}}
recipients:
  duty-officer: {{duty: yes, channels: [room]}}
rules: [rules.yaml]
""")
        self.rules = self.folder / "rules.yaml"
        self.rules.write_text(RULES)
        self.tocsin = harness.Tocsin(TOCSIN, self.config, self.folder / "log")
        self.addCleanup(lambda: self.tocsin.process and self.tocsin.process.poll() is None and self.tocsin.kill())

    def reload(self):
        return subprocess.run([TOCSIN, "reload", "-c", self.config], capture_output=True, text=True, timeout=60)

    def disturb(self):
        """Reloads of every kind until the flood is over; returns how many were taken and how many refused."""
        taken = refused = 0
        turn = 0
        while time.monotonic() - self.flood.begun < SECONDS:
            turn += 1
            if turn % 4 == 0:
                self.rules.write_text(RULES.replace("place is capital", "place is capitol"))
                done = self.reload()
                self.assertEqual(done.returncode, 78, done.stdout + done.stderr)
                self.assertIn("rules.yaml:4:", done.stdout)
                refused += 1
                self.rules.write_text(RULES)
            elif turn % 2 == 0:
                self.tocsin.signal(1)
            done = self.reload()
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr + self.tocsin.log())
            taken += 1
            time.sleep(0.3)
        return taken, refused

    def expected(self):
        """The places that the same items alert for when nothing disturbs."""
        (self.folder / "all").mkdir()
        (self.folder / "all" / "0.xml").write_text(document([]))
        (self.folder / "all" / "1.xml").write_text(document([i for i in self.flood.served if i.place]))
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60)), time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        series = self.folder / "all" / "series.json"
        series.write_text(json.dumps({"series": "flood", "feed": {"id": "f0", "publisher": "p0", "reliability": "B", "language": "en"},
                                      "files": [{"path": f"{n}.xml", "observed_at": at} for n, at in enumerate(when)]}))
        out = subprocess.run([TOCSIN, "replay", "--json", "-c", self.config, series], capture_output=True, text=True, timeout=60)
        return sorted(a["incident"]["place"] for a in map(json.loads, out.stdout.splitlines()) if a["incident"])

    def test_no_match_is_lost_and_none_is_told_twice(self):
        self.tocsin.start()
        harness.until(lambda: "every feed was asked once" in self.tocsin.log(), 30, "a first round\n" + self.tocsin.log())
        self.flood.start()
        taken, refused = self.disturb()
        expected = self.expected()
        self.assertGreater(len(expected), len(CAPITALS) * 0.8, "the oracle itself")

        def told():
            return sorted(a["incident"]["place"] for a in self.tocsin.history("alerts", "--limit", "100000")
                          if a["incident"] and a["msg_type"] == "Alert")

        try:
            harness.until(lambda: len(told()) >= len(expected), 25, "every match told")
        except AssertionError:
            pass  # the next line names what is missing
        self.assertEqual(told(), expected)
        harness.until(lambda: len([a for a in self.hook.alerts if a["incident"]]) >= len(expected), 15, "every message")
        arrived = [a["key"] for a in self.hook.alerts]
        self.assertEqual(len(arrived), len(set(arrived)), "a message came twice")
        self.assertEqual(self.tocsin.stop(), 0)
        rate = len(self.flood.served) / (self.flood.ended - self.flood.begun)
        print(f"{len(self.flood.served)} items ({rate:.0f} a second), {len(expected)} matches, {taken} reloads taken, {refused} refused")
        self.assertGreater(taken, 5)
        self.assertGreater(refused, 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
