#!/usr/bin/env python3
"""What an admin sees of `tocsin feeds list | test | add`, against a server on this machine.

    feeds_command_test.py TOCSIN
"""
import gzip
import http.server
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest
import xml.etree.ElementTree

TOCSIN = pathlib.Path(sys.argv[1]).resolve()
FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Radio Plage &amp; Cie</title><language>fr-ML</language><ttl>15</ttl>
<item><title>Mali : l'aéroport de Bamako attaqué, 12 morts</title><guid>a1</guid><pubDate>Tue, 17 Sep 2024 08:10:00 GMT</pubDate>
<description>Des hommes armés ont attaqué l'aéroport de Bamako mardi matin. Douze soldats ont été tués.</description></item>
<item><title>La saison des mangues commence</title><guid>a2</guid><pubDate>Tue, 17 Sep 2024 07:00:00 GMT</pubDate></item>
<item><title>Sans date lisible</title><guid>a3</guid><pubDate>hier matin</pubDate></item>
</channel></rss>
"""
PAGE = """<html><head><title>Radio</title><link rel="alternate" type="application/rss+xml" title="Nouvelles" href="/feed">
</head><body>Bienvenue</body></html>"""


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/feed")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        found = {"/feed": ("application/rss+xml", FEED), "/": ("text/html", PAGE)}.get(self.path)
        body = gzip.compress((found[1] if found else "nothing here").encode())
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", found[0] if found else "text/plain")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


class Feeds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
        cls.address = f"http://127.0.0.1:{cls.server.server_port}"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.config = self.folder / "tocsin.yaml"
        self.config.write_text("store: history.sqlite\nshipped_feeds: []\nfeeds:\n  known: {url: https://known.example/feed, "
                               "title: Known, countries: [ML], reliability: B, proof: A}\n"
                               "  quiet: {url: https://quiet.example/feed, enabled: no}\n")

    def feeds(self, what, *words, code=0, text=None):
        done = subprocess.run([TOCSIN, "feeds", what, "-c", self.config, *words], capture_output=True, text=True,
                              input=text, timeout=120)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def added(self):
        return (self.folder / "feeds.d" / "added.yaml").read_text()

    def test_list_shows_what_is_polled_and_with_all_the_rest(self):
        self.assertRegex(self.feeds("list").stdout, r"(?m)^known +ML +- +B/A +5m +not polled yet$")
        self.assertNotIn("quiet", self.feeds("list").stdout)
        self.assertRegex(self.feeds("list", "--all").stdout, r"(?m)^quiet .* off$")
        self.assertNotIn("known", self.feeds("list", "--country", "NE").stdout)
        self.feeds("list", "--country", "XX", code=2)
        one = json.loads(self.feeds("list", "--json").stdout)
        self.assertEqual((one["id"], one["countries"], one["state"]), ("known", ["ML"], None))

    def test_a_list_for_others_can_be_read_by_others(self):
        root = xml.etree.ElementTree.fromstring(self.feeds("list", "--opml").stdout)
        outline = root.find("body/outline[@text='Mali']/outline")
        self.assertEqual(outline.get("xmlUrl"), "https://known.example/feed")
        self.assertIn("/country/ML", outline.get("category"))

    def test_an_address_shows_the_answer_the_items_and_the_quirks(self):
        out = self.feeds("test", "--allow-private", self.address + "/moved").stdout
        for words in ("answer     200", "on the wire (gzip)", "/feed (for good)", "rss2.0", "Radio Plage & Cie", "F031"):
            self.assertIn(words, out)
        self.assertRegex(out, r"(?m)^2024-09-17  old +attack, ML Bamako, 12 killed \| Mali : l'aéroport")

    def test_the_same_for_programs(self):
        one = json.loads(self.feeds("test", "--json", "--allow-private", self.address + "/feed").stdout)
        self.assertTrue(one["is_feed"])
        self.assertEqual(one["answer"]["headers"]["content-encoding"], "gzip")
        attack = next(i for i in one["items"] if i["item"]["id"] == "a1")
        self.assertEqual((attack["report"]["type"], attack["report"]["country"], attack["fate"]), ("attack", "ML", "old"))

    def test_a_document_is_judged_in_its_own_time(self):
        document = self.folder / "recorded.xml"
        document.write_text(FEED)
        out = self.feeds("test", str(document)).stdout
        self.assertIn("judged at  2024-09-17T08:20:00Z", out)
        self.assertRegex(out, r"(?m)^09-17 08:10 new +attack, ML Bamako, 12 killed => attack-on-capital")
        self.assertIn("attack-on-capital", self.feeds("test", "--feed", "known", str(document)).stdout)

    def test_the_list_tells_how_each_feed_fares_and_a_test_knows_what_was_seen(self):
        self.config.write_text(f"""store: history.sqlite
feeds:
  good: {{url: "{self.address}/feed", allow_private_address: yes, interval: 1h}}
  bad: {{url: "{self.address}/none", allow_private_address: yes, interval: 1h}}
""")
        subprocess.run([TOCSIN, "run", "-c", self.config, "--once"], capture_output=True, timeout=120, check=True)
        out = self.feeds("list").stdout
        self.assertRegex(out, r"(?m)^good .* ok 0m ago")
        self.assertRegex(out, r"(?m)^bad .* failing 1x: HTTP 404")
        good, bad = (json.loads(line)["state"] for line in self.feeds("list", "--json").stdout.splitlines())
        self.assertEqual((good["failures"], good["documents"], bad["failures"]), (0, 1, 1))
        self.assertRegex(self.feeds("test", "good").stdout, r"(?m)^  of these   3 known$")

    def test_what_is_no_feed_is_refused_with_a_word(self):
        self.assertIn("allow_private_address", self.feeds("test", self.address + "/feed", code=1).stdout)
        self.assertIn("404", self.feeds("test", "--allow-private", self.address + "/none", code=1).stdout)
        page = self.feeds("test", "--allow-private", self.address + "/", code=1).stdout
        self.assertIn(self.address + "/feed  Nouvelles", page)
        self.assertIn('did you mean "known"', self.feeds("test", "knwon", code=1).stderr)

    def test_an_address_is_tested_and_added(self):
        self.feeds("add", "--allow-private", "--country", "ML", self.address + "/feed")
        entry = self.added()
        for words in ("  radio-plage-cie:\n", 'title: "Radio Plage & Cie"', "language: fr", "countries: [ML]"):
            self.assertIn(words, entry)
        self.assertRegex(self.feeds("list").stdout, r"(?m)^radio-plage-cie ")
        self.assertIn("already", self.feeds("add", "--allow-private", self.address + "/feed?utm_source=x", code=1).stderr)
        self.assertEqual(self.added(), entry)

    def test_what_is_no_feed_is_added_only_by_force(self):
        self.assertIn(self.address + "/feed", self.feeds("add", "--allow-private", self.address + "/", code=1).stderr)
        self.assertFalse((self.folder / "feeds.d").exists())
        self.feeds("add", "--allow-private", "--force", "--id", "later", self.address + "/none")
        self.assertIn("  later:\n", self.added())

    def test_a_list_is_added_without_its_doubles_and_nothing_of_the_admin_is_lost(self):
        self.feeds("add", "--force", "--allow-private", "--id", "first", self.address + "/none")
        mine = self.added().replace("  first:", "  # mine: keep this\n  first:")
        (self.folder / "feeds.d" / "added.yaml").write_text(mine)
        opml = """<opml><body><outline text="Niger"><outline text='He said "no": a' xmlUrl="https://one.example/?a=1&amp;b=2"/>
            <outline text="again" xmlUrl="http://www.one.example/?a=1&amp;b=2"/></outline>
            <outline text="file" xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://known.example/feed/"/>
            <outline text="सागर" xmlUrl="https://u:p@two.example/"/><outline text="सागर" xmlUrl="https://three.example/"/></body></opml>"""
        done = self.feeds("add", "-", text=opml)
        for words in ("no http", "name or password", '"known" polls it already', "added 2 feeds"):
            self.assertIn(words, done.stderr)
        self.assertTrue(self.added().startswith(mine))
        self.assertIn("countries: [NE]", self.added())
        self.assertIn("countries: []  # ", self.added())
        names = [json.loads(line)["id"] for line in self.feeds("list", "--json").stdout.splitlines()]
        self.assertEqual(names, ["known", "first", "he-said-no-a", "three-example"])

    def test_ten_thousand_feeds_are_added_in_one_go(self):
        outlines = "".join(f'<outline text="Radio" xmlUrl="https://r{i}.example/feed"/>' for i in range(10000))
        done = self.feeds("add", "-", text=f"<opml><body>{outlines}</body></opml>")
        self.assertIn("added 10000 feeds", done.stderr)
        self.assertEqual(len(self.feeds("list", "--json").stdout.splitlines()), 10001)

    def test_a_file_that_cannot_be_appended_to_stays_as_it_is(self):
        target = self.folder / "mine.yaml"
        target.write_text("feeds: {a: {url: https://a.example}}\nzones: {}\n")
        self.assertIn("left as it is", self.feeds("add", "--force", "--allow-private", "--to", str(target),
                                                  self.address + "/none", code=1).stderr)
        self.assertEqual(target.read_text(), "feeds: {a: {url: https://a.example}}\nzones: {}\n")
        self.assertEqual([p.name for p in self.folder.iterdir() if p.name.startswith(".")], [])

    def test_wrong_words_are_usage_and_a_bad_configuration_is_78(self):
        self.feeds("add", "--reliability", "Z", self.address, code=2)
        self.feeds("add", "--id", "known", self.address, code=2)
        self.config.write_text("feedz: []\n")
        for what in (["list"], ["test", "known"], ["add", self.address]):
            self.feeds(*what, code=78)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
