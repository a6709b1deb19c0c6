#!/usr/bin/env python3
"""No feed address, name or redirect leads the daemon to a place that it must not touch.

usage: forbidden_test.py FETCH_PROBE REPOSITORY
Runs in a network where every address of the world answers, so that a connection that should not be is a connection that is
seen. Exit 77 where the machine permits no network namespaces.
"""
import pathlib
import subprocess
import sys
import unittest

import netns
from probe import Probe, fetch

PROBE, REPOSITORY = sys.argv[1], pathlib.Path(sys.argv[2])
PUBLIC = "45.33.32.156"  # a public address, here on our own loopback
NAMES = {
    "localhost": ["127.0.0.1", "::1"], "loop.test": ["127.0.0.1"], "loop6.test": ["::1"], "mapped.test": ["::ffff:127.0.0.1"],
    "nat64.test": ["64:ff9b::7f00:1"], "cname.test": ["127.0.0.1"], "many.test": ["10.0.0.1", "127.0.0.1", "::1", "fe80::1"],
    "zero.test": ["0.0.0.0", "::"], "meta.test": ["169.254.169.254", "fd00:ec2::254"], "lan.test": ["192.168.1.1"],
    "ula.test": ["fd00::1"], "cgnat.test": ["100.64.0.1"], "sixtofour.test": ["2002:7f00:1::1"],
    "public.test": [PUBLIC], "mixed.test": ["127.0.0.1", PUBLIC, "::1"], "silent.test": None,
    "rebinding.test": [[PUBLIC], ["127.0.0.1"]], "rebinding6.test": [["2600::1"], ["::1"]],
}


def forbidden_urls():
    lines = (REPOSITORY / "tests/cases/net/forbidden_urls.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


class Forbidden(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.servers = []
        for address in ("0.0.0.0", "::"):
            cls.servers.append(subprocess.Popen(
                [sys.executable, REPOSITORY / "tests/fakes/http_server.py", "--address", address, "--port", "80"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE))
            cls.servers[-1].stdout.readline()
        cls.names = netns.NameServer(NAMES)

    @classmethod
    def tearDownClass(cls):
        for server in cls.servers:
            server.kill()
            server.communicate()

    def fetch(self, url, **options):
        return fetch(PROBE, url, **options)

    def test_the_network_of_this_test_answers_everywhere(self):
        for url in (f"http://{PUBLIC}/feed", "http://public.test/feed", "http://[2600::1]/feed", "http://[64:ff9b::808:808]/feed"):
            answer = self.fetch(url)
            self.assertEqual((answer.status, answer.opened), (200, 1), url + " " + answer.words)

    def test_no_spelling_of_a_forbidden_address_opens_a_socket(self):
        urls = forbidden_urls()
        self.assertGreaterEqual(len(urls), 120)
        with Probe(PROBE) as probe:
            for number, url in enumerate(urls):
                probe.ask(str(number), url, timeout_ms=10000)
            answers = [(url, probe.answer(str(number), 60)) for number, url in enumerate(urls)]
            for url, answer in answers:
                self.assertEqual(answer.status, 0, url)
                self.assertNotEqual(answer.words, "", url)
            opened = max(answer.opened for _, answer in answers)
            refused = max(answer.refused for _, answer in answers)
        print(f"{len(urls)} spellings, {opened} sockets opened, {refused} refused")
        self.assertEqual(opened, 0)
        self.assertGreater(refused, 80)

    def test_even_an_admin_cannot_name_metadata_services(self):
        for host in ("169.254.169.254", "[fd00:ec2::254]", "100.100.100.200", "[::ffff:169.254.169.254]", "meta.test", "0.0.0.0"):
            answer = self.fetch(f"http://{host}/feed", private=True)
            self.assertEqual((answer.status, answer.opened), (0, 0), host + " " + answer.words)

    def test_a_feed_on_the_own_network_works_when_an_admin_named_it(self):
        for host in ("192.168.1.1", "lan.test", "127.0.0.1", "[::1]", "[fd00::1]"):
            self.assertEqual(self.fetch(f"http://{host}/feed", private=True).status, 200, host)

    def test_the_permission_of_one_host_is_not_that_of_where_it_redirects(self):
        answer = self.fetch("http://192.168.1.1/redirect?to=http://192.168.1.2/feed", private=True)
        self.assertEqual((answer.status, answer.opened, answer.refused), (0, 1, 1), answer.words)

    def test_a_redirect_opens_nothing_but_the_first_hop(self):
        for target in ("http://127.0.0.1/feed", "http://169.254.169.254/latest", "http://10.0.0.1/feed", "http://[::1]/feed",
                       "http://2130706433/feed", "http://0/feed", "//localhost/feed", "http://lan.test/feed", "file:///etc/passwd",
                       "ftp://127.0.0.1/", "gopher://127.0.0.1:80/_GET", "dict://127.0.0.1:80/x", "http://127.1/feed",
                       "http://[::ffff:127.0.0.1]/feed", "http://mapped.test/feed", "http://a:b@127.0.0.1/feed"):
            answer = self.fetch(f"http://{PUBLIC}/redirect?to={target}")
            self.assertEqual((answer.status, answer.opened), (0, 1), target + " " + answer.words)

    def test_a_name_that_changes_its_address_between_two_looks_gains_nothing(self):
        for name in ("rebinding.test", "rebinding6.test"):
            self.assertEqual(self.fetch(f"http://{name}/feed").status, 200)
            again = self.fetch(f"http://{name}/feed")
            self.assertEqual((again.status, again.opened, again.refused), (0, 0, 1), again.words)

    def test_of_many_addresses_only_the_public_ones_are_tried(self):
        answer = self.fetch("http://mixed.test/feed")
        self.assertEqual((answer.status, answer.opened), (200, 1), answer.words)
        closed = self.fetch("http://mixed.test:81/feed")
        self.assertEqual((closed.status, closed.opened), (0, 1), closed.words)

    def test_an_unknown_name_is_told_in_words(self):
        self.assertEqual(self.fetch("http://nowhere.invalid/").words, "Could not resolve host: nowhere.invalid")

    def test_a_silent_name_server_holds_up_nobody_else(self):
        with Probe(PROBE) as probe:
            for number in range(8):
                probe.ask(f"deaf{number}", f"http://silent.test:{8000 + number}/", timeout_ms=1500)
            slowest = 0
            for number in range(60):
                probe.ask(f"good{number}", f"http://{PUBLIC}/slow-feed?ms=30")
                slowest = max(slowest, probe.answer(f"good{number}", 20).ms)
            for number in range(8):
                answer = probe.answer(f"deaf{number}", 10)
                self.assertEqual(answer.status, 0)
                self.assertLess(answer.ms, 4000)
        print(f"slowest fetch beside eight dead names: {slowest} ms")
        self.assertLess(slowest, 600)


if __name__ == "__main__":
    netns.enter()
    sys.argv[1:] = []
    unittest.main()
