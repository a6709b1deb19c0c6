#!/usr/bin/env python3
"""The daemon among hostile feeds: it stays up and small, says what is wrong with each, and the good feeds keep their rhythm.

usage: hostile_feeds_test.py TOCSIN REPOSITORY MOST_MIB
In a network of its own where the machine permits one, so that nothing can leave it.
"""
import http.server
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import netns

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scenarios"))
import harness  # noqa: E402

TOCSIN, REPOSITORY, MOST_MIB = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), int(sys.argv[3])
# kind, words that the log must hold; "" for those that are feeds in spite of all, or are cut off after this test
HOSTILE = [
    ("bomb?mb=2048", "100 times"), ("unasked-bomb?mb=2048", "unpacks to more than"), ("endless", "larger than"),
    ("headers", "64 KiB of headers"), ("long-header", "header"), ("loop", "more than 5 times"), ("short", ""), ("reset", ""),
    ("redirect?to=file:///etc/passwd", "file: address"), ("redirect?to=ftp://127.0.0.1/", "ftp: address"),
    ("redirect?to=http://127.0.0.2/", "loopback"), ("redirect?to=http://169.254.169.254/", "metadata"),
    ("redirect?to=http://localhost.localdomain.invalid/", "resolve"), ("silent", ""), ("drip", ""), ("drip-headers", ""),
    ("laughs", ""), ("deep", ""), ("items?n=100000", ""), ("long-item?mb=7", ""), ("captive", "HTML"),
]
GOOD = 3
QUIET_SECONDS, LOUD_SECONDS = 12, 26
FEED = b"<rss version='2.0'><channel><title>Good</title></channel></rss>"


def seconds_of(name):
    """Between two polls: what a good feed loses is the measure, not how fast a hostile one can be asked again."""
    return 5 if name.startswith("hostile") else 1


class GoodServer:
    """Notes when it was asked."""

    def __init__(self):
        self.asked = {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words):
                pass

            def do_GET(self):
                outer.asked.setdefault(self.path, []).append(time.monotonic())
                self.send_response(200)
                self.send_header("Content-Length", str(len(FEED)))
                self.end_headers()
                self.wfile.write(FEED)

        self.servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(GOOD)]
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        self.urls = [f"http://127.0.0.1:{server.server_address[1]}/{n}" for n, server in enumerate(self.servers)]

    def gaps(self):
        return [later - earlier for times in self.asked.values() for earlier, later in zip(times, times[1:])]

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()


class HostileFeeds(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.good = GoodServer()
        self.addCleanup(self.good.close)

    def hostile_urls(self):
        urls = []
        for kind, _ in HOSTILE:  # a host each: one connection per host at a time
            process = subprocess.Popen([sys.executable, REPOSITORY / "tests/fakes/http_server.py"], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
            self.addCleanup(process.communicate)
            self.addCleanup(process.kill)
            urls.append(f"http://127.0.0.1:{process.stdout.readline().strip()}/{kind}")
        return urls

    def run_among(self, urls, seconds):
        """The gaps between polls of the good feeds, the log, and the largest size in KiB."""
        feeds = [(f"good-{n}", url) for n, url in enumerate(self.good.urls)] + [(f"hostile-{n}", url) for n, url in enumerate(urls)]
        config = self.folder / "tocsin.yaml"
        config.write_text(f"store: {self.folder}/{len(urls)}.sqlite\nlog: debug\nshipped_rules: no\npolls_at_once: 64\nfeeds:\n" + "".join(
            f"  {name}: {{url: \"{url}\", interval: {seconds_of(name)}s, allow_private_address: yes}}\n" for name, url in feeds))
        self.good.asked.clear()
        daemon = harness.Tocsin(TOCSIN, config, self.folder / f"log-{len(urls)}")
        daemon.start()
        try:
            time.sleep(seconds)  # the rhythm over this time is the test's subject
            status = pathlib.Path(f"/proc/{daemon.process.pid}/status").read_text()
            peak = int(status.split("VmHWM:")[1].split()[0])
            self.assertEqual(daemon.stop(), 0)
        finally:
            if daemon.process.poll() is None:
                daemon.kill()
        return self.good.gaps(), daemon.log(), peak

    def test_good_feeds_keep_their_rhythm_and_the_bad_are_named(self):
        alone, _, small = self.run_among([], QUIET_SECONDS)
        beside, log, peak = self.run_among(self.hostile_urls(), LOUD_SECONDS)
        quiet, loud = statistics.median(alone), statistics.median(beside)
        print(f"gap between polls of {GOOD} good feeds: median {quiet:.3f} s alone, {loud:.3f} s beside {len(HOSTILE)} hostile ones "
              f"(longest {max(beside):.3f} s); largest size {small >> 10} and {peak >> 10} MiB")
        self.assertGreater(len(beside), GOOD * 10)
        self.assertLess(loud, quiet * 1.1 + 0.05)
        self.assertLess(peak >> 10, (small >> 10) + MOST_MIB)
        for number, (kind, words) in enumerate(HOSTILE):
            told = [line for line in log.splitlines() if f"hostile-{number}:" in line or f"hostile-{number} " in line]
            self.assertTrue(not words or any(words in line for line in told), f"{kind}: {told}")
        self.assertNotIn("root:", log)


if __name__ == "__main__":
    netns.enter(required=False)
    unittest.main(argv=sys.argv[:1], verbosity=2)
