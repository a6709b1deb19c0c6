#!/usr/bin/env python3
"""Each hostile server is cut off within its bound, and a good feed beside them keeps its latency.

usage: hostile_test.py FETCH_PROBE REPOSITORY SPARE_MIB
SPARE_MIB is what one hostile answer may cost above the memory of a plain one.
"""
import pathlib
import subprocess
import sys
import time
import unittest

import netns
from probe import Probe, fetch

PROBE, REPOSITORY = sys.argv[1], pathlib.Path(sys.argv[2])
KEPT_CONNECTIONS = 8
SPARE_KIB = int(sys.argv[3]) * 1024

# path, most seconds, words of the refusal
QUICK = [
    ("/bomb?mb=2048", 10, "more than 100 times"),
    ("/unasked-bomb?mb=2048", 10, "unpacks to more than"),
    ("/endless", 10, "larger than 8388608 bytes"),
    ("/headers", 5, "64 KiB of headers"),
    ("/long-header", 5, "header"),
    ("/loop", 5, "more than 5 times"),
    ("/short", 5, ""),
    ("/reset", 5, ""),
    ("/redirect?to=file:///etc/passwd", 5, "file: address"),
    ("/redirect?to=ftp://127.0.0.1/", 5, "ftp: address"),
    ("/redirect?to=http://127.0.0.2/", 5, "loopback"),
    ("/redirect?to=http://169.254.169.254/", 5, "metadata"),
]
# first byte 20 s; then 100 bytes a second over 10 s, and curl looks at its speed once a second
SLOW = [("/silent", 24, "too slow"), ("/drip", 24, "too slow"), ("/drip-headers", 24, "too slow")]


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Server:
    def __init__(self):
        self.process = subprocess.Popen([sys.executable, REPOSITORY / "tests/fakes/http_server.py"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().strip()

    def at(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self):
        self.process.kill()
        self.process.communicate()


class Hostile(unittest.TestCase):
    def setUp(self):
        self.server, self.good = Server(), Server()
        self.addCleanup(self.server.close)
        self.addCleanup(self.good.close)

    def latencies(self, probe, name, count):
        took = []
        for number in range(count):
            probe.ask(f"{name}{number}", self.good.at("/slow-feed?ms=20"), private=True)
            answer = probe.answer(f"{name}{number}", 30)
            self.assertEqual(answer.status, 200, answer.words)
            took.append(answer.ms)
        return took

    def test_each_is_cut_off_in_time_and_memory(self):
        plain = fetch(PROBE, self.good.at("/feed"), private=True).peak_kib
        for path, seconds, words in QUICK:
            with self.subTest(path):
                answer = fetch(PROBE, self.server.at(path), private=True)
                print(f"{path}: {answer.ms} ms, +{answer.peak_kib - plain} KiB, {answer.words}")
                self.assertEqual((answer.status, answer.size), (0, 0))
                self.assertIn(words, answer.words)
                self.assertLess(answer.ms, seconds * 1000)
                self.assertLess(answer.peak_kib, plain + SPARE_KIB)

    def test_the_slow_ones_are_cut_off_while_a_good_feed_keeps_its_latency(self):
        servers = [Server() for _ in SLOW + QUICK]  # a host each: one connection per host at a time
        for server in servers:
            self.addCleanup(server.close)
        with Probe(PROBE) as probe:
            before = self.latencies(probe, "before", 100)
            descriptors = probe.descriptors()
            start = time.monotonic()
            for server, (path, _, _) in zip(servers, SLOW + QUICK):
                probe.ask(path, server.at(path), private=True)
            beside = []
            while time.monotonic() - start < 22:
                beside += self.latencies(probe, f"beside{len(beside)}-", 50)
            for path, seconds, words in SLOW:
                answer = probe.answer(path, seconds)
                self.assertIn(words, answer.words)
                self.assertLess(answer.ms, seconds * 1000)
                print(f"{path}: {answer.ms} ms, {answer.words}")
            for path, _, _ in QUICK:
                self.assertEqual(probe.answer(path, 1).status, 0)
            self.assertLessEqual(probe.descriptors(), descriptors + KEPT_CONNECTIONS)
        quiet, loud = percentile(before, 0.5), percentile(beside, 0.5)
        print(f"good feed: median {quiet} ms alone, {loud} ms beside {len(servers)} hostile ones; "
              f"99 of 100 within {percentile(beside, 0.99)} ms, slowest {max(beside)} ms")
        self.assertLessEqual(loud, quiet * 1.1 + 2)
        self.assertLess(percentile(beside, 0.99), 1000)


if __name__ == "__main__":
    netns.enter(required=False)
    sys.argv[1:] = []
    unittest.main()
