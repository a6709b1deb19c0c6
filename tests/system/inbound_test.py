#!/usr/bin/env python3
"""Reports of people: the real binary takes them by HTTP and by mail and tells the duty officer.

    inbound_test.py TOCSIN
"""
import concurrent.futures
import datetime as dt
import email.utils
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "scenarios"), str(HERE.parent / "fakes")]
import harness  # noqa: E402
import imap_server  # noqa: E402
import servers  # noqa: E402
from certificate import server_context  # noqa: E402

TOCSIN = pathlib.Path(sys.argv[1]).resolve()
TOKEN = "the-token-of-the-gao-field-office"
ATTACK = {"title": "Attack on the police school in Bamako",
          "text": "Gunmen attacked the police school in Bamako this morning. At least three policemen were killed."}
RULES = """
rules:
  - rule: attack-on-capital
    when: type in armed_violence and place is capital and country = ML
    confirm: publishers >= 2 or reliability <= B
    severity: Extreme
    tests:
      - {title: Gunmen attack police school and airport in Bamako, published: 2024-09-17T09:00:00Z, expect: fires}
"""


class Inbound(unittest.TestCase):
    def setUp(self):
        stack = self.enterContext
        self.folder = pathlib.Path(stack(tempfile.TemporaryDirectory()))
        self.inbox = self.folder / "inbox"
        self.inbox.mkdir()
        context = server_context(str(self.folder))
        self.imap = stack(imap_server.Server(imap_server.Mailbox(self.inbox, context)))
        self.mail = stack(servers.MailSink())
        self.port = servers.free_port()
        self.secret("gao.token", TOKEN)
        self.secret("imap", "canary-pass")
        (self.folder / "rules.yaml").write_text(RULES)
        self.config = self.folder / "tocsin.yaml"
        self.configure()
        self.tocsin = harness.Tocsin(TOCSIN, self.config, self.folder / "log")
        self.addCleanup(self.end)

    def end(self):
        if self.tocsin.process and self.tocsin.process.poll() is None:
            self.tocsin.kill()

    def secret(self, name, text):
        (self.folder / name).write_text(text + "\n")
        os.chmod(self.folder / name, 0o600)

    def configure(self, imap=False, requests=60, more=""):
        mailbox = f"""
  imap:
    url: imaps://localhost:{self.imap.port}/INBOX
    user: desk
    password_file: imap
    ca_file: localhost.pem
    interval: 1s
    authentication_results: mx.example.org""" if imap else ""
        address = "address: amina@field.example.org," if imap else ""
        self.config.write_text(f"""
store: tocsin.sqlite
shipped_feeds: []
shipped_rules: no
channels:
  mail: {{kind: mail, url: "smtp://127.0.0.1:{self.mail.port}", require_tls: no, from: Tocsin <tocsin@example.org>}}
recipients:
  duty-officer: {{duty: yes, address: duty@example.org, channels: [mail]}}
rules: [rules.yaml]
inbound:
  http: {{listen: "127.0.0.1:{self.port}", max_size: 8KiB, requests_per_hour: {requests}}}{mailbox}
  senders:
    field-gao: {{title: Field office Gao, token_file: gao.token, {address} reliability: B, countries: [ML], language: en}}
{more}""")

    def start(self):
        self.tocsin.start()
        harness.until(lambda: "reports are taken at" in self.tocsin.log(), 30, "the listener\n" + self.tocsin.log())

    def ask(self, method="POST", path="/reports", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body if isinstance(body, (str, bytes)) or body is None else json.dumps(body),
                           {k: v for k, v in given.items() if v is not None})
        answer = connection.getresponse()
        words = answer.read().decode()
        connection.close()
        return answer.status, json.loads(words) if words.startswith("{") else words

    def put_mail(self, uid, text, sender="Amina <amina@field.example.org>", subject=ATTACK["title"], result="pass"):
        now = email.utils.format_datetime(dt.datetime.now(dt.timezone.utc))
        path = self.inbox / f"{uid}.part"
        path.write_bytes((f"Authentication-Results: mx.example.org; dmarc={result} header.from=field.example.org\r\n"
                          f"From: {sender}\r\nSubject: {subject}\r\nDate: {now}\r\nMessage-ID: <m{uid}@field.example.org>\r\n"
                          f"\r\n{text}\r\n-- \r\nField office\r\n").encode())
        path.rename(self.inbox / f"{uid}.eml")

    def items(self):
        return self.tocsin.history("items")

    def test_a_posted_report_becomes_an_incident_and_a_mail(self):
        self.start()
        status, answer = self.ask(body={"id": "gao-1", **ATTACK})
        self.assertEqual((status, answer), (201, {"id": "gao-1", "new": True}))
        harness.until(lambda: self.mail.mails, 15, "the mail\n" + self.tocsin.log())
        self.assertIn("Bamako", self.mail.mails[0]["Subject"])
        self.assertNotIn("UNCONFIRMED", self.mail.mails[0]["Subject"], "reliability B confirms")
        [incident] = self.tocsin.history("incidents")
        self.assertEqual((incident["type"], incident["country"]), ("attack", "ML"))
        [alert] = self.tocsin.history("alerts")
        self.assertEqual(alert["sources"][0]["publisher"], "field-gao")
        self.assertEqual(self.ask(body={"id": "gao-1", **ATTACK}), (200, {"id": "gao-1", "new": False}))
        self.assertEqual(len(self.items()), 1)

    def test_what_cannot_be_understood_is_kept_all_the_same(self):
        self.start()
        self.assertEqual(self.ask(body="Quiet day, market open.", Content_Type="text/plain")[0], 201)
        self.assertEqual([i["text"] for i in self.items()], ["Quiet day, market open."])
        self.assertEqual(self.tocsin.history("incidents"), [])

    def test_others_are_refused_and_told_why(self):
        self.start()
        self.assertEqual(self.ask(body=ATTACK, Authorization=None)[0], 401)
        self.assertEqual(self.ask(body=ATTACK, Authorization="Bearer " + "x" * 33)[0], 401)
        self.assertEqual(self.ask(body={"txt": "x"}), (400, {"error": "txt: unknown; a report has id, title, text, published, lang, lat, lon"}))
        self.assertEqual(self.ask(body="text=x", Content_Type="application/x-www-form-urlencoded")[0], 415)
        self.assertEqual(self.ask(body={"text": "x" * 9000})[0], 413)
        self.assertEqual(self.ask("GET")[0], 405)
        self.assertEqual(self.ask("GET", "/")[0], 404)
        self.assertEqual(self.ask("GET", "/healthz", Authorization=None), (200, "ok\n"))
        self.assertEqual(self.items(), [])
        self.assertIn("without a known token", self.tocsin.log())
        self.assertNotIn(TOKEN, self.tocsin.log())

    def test_curl_speaks_with_it(self):
        self.start()
        (self.folder / "report.json").write_text(json.dumps({"text": "A long report. " * 500}))
        done = subprocess.run(["curl", "-sS", "--expect100-timeout", "10", f"http://127.0.0.1:{self.port}/reports", "-H", "Expect: 100-continue",
                               "-H", f"Authorization: Bearer {TOKEN}", "-H", "Content-Type: application/json", "-H", "Idempotency-Key: k1",
                               "--data-binary", f"@{self.folder}/report.json", "-w", "%{http_code} %{time_total}"],
                              capture_output=True, text=True, timeout=30)
        self.assertRegex(done.stdout, r'^\{"id":"k1","new":true\}\n201 0\.', done.stderr)

    def test_kill_nine_after_the_answer_loses_nothing(self):
        self.start()
        for number in range(5):
            report = {"id": f"r{number}", "text": f"Report number {number}."}
            self.assertEqual(self.ask(body=report)[0], 201)
            self.tocsin.kill()
            self.start_again()
            self.assertEqual(len(self.items()), number + 1)
            self.assertEqual(self.ask(body=report)[0], 200, "a repetition is known after the crash, too")

    def start_again(self):
        self.tocsin.log_path.write_text("")
        self.start()

    def test_a_flood_is_bounded_for_each_sender(self):
        self.configure(requests=3)
        self.start()
        answers = [self.ask(body={"text": f"report {n}"})[0] for n in range(5)]
        self.assertEqual(answers, [201, 201, 201, 429, 429])

    def test_slow_clients_are_cut_and_keep_nobody_out(self):
        self.start()
        slow = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(60)]
        for s in slow:
            s.sendall(b"POST /reports HTTP/1.1\r\nHost: x\r\n")
        began = time.monotonic()
        self.assertEqual(self.ask(body={"text": "Quick."})[0], 201)
        self.assertLess(time.monotonic() - began, 2)
        dripping = slow[-1]
        dripping.settimeout(1)
        with self.assertRaises(OSError):
            while time.monotonic() - began < 25:
                dripping.sendall(b"X")  # a byte a second keeps no line open
                try:
                    if not dripping.recv(100):
                        raise ConnectionResetError
                except TimeoutError:
                    pass
        self.assertLess(time.monotonic() - began, 15)
        for s in slow:
            s.close()

    def test_many_reports_at_a_time_are_all_kept(self):
        self.configure(requests=1000)
        self.start()
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda n: self.ask(body=[{"text": f"report {n} {i}"} for i in range(5)])[0], range(40)))
        self.assertEqual(answers, [201] * 40)
        self.assertEqual(len(self.tocsin.history("items", "--limit", "1000")), 200)

    def test_a_reload_moves_the_door_and_takes_tokens_back(self):
        self.start()
        former, self.port = self.port, servers.free_port()
        self.secret("gao.token", TOKEN[::-1])
        self.configure()
        self.tocsin.signal(signal.SIGHUP)
        harness.until(lambda: "reloaded:" in self.tocsin.log(), 30, "the reload\n" + self.tocsin.log())
        self.assertEqual(self.ask(body=ATTACK)[0], 401)
        self.assertEqual(self.ask(body=ATTACK, Authorization=f"Bearer {TOKEN[::-1]}")[0], 201)
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", former))

    def test_a_port_that_is_taken_stops_nothing_else(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", self.port))
            other.listen()
            self.tocsin.start()
            harness.until(lambda: "Address already in use" in self.tocsin.log(), 30, "the word about it")
            self.assertIsNone(self.tocsin.process.poll())
        self.assertEqual(self.tocsin.stop(), 0)

    def test_a_mail_becomes_an_alert_and_others_stay_unread(self):
        self.configure(imap=True)
        self.put_mail(3, "Buy umbrellas", sender="spam@bulk.example")
        self.start()
        harness.until(lambda: "left in the mailbox" in self.tocsin.log(), 20, "the first look\n" + self.tocsin.log())
        self.put_mail(7, ATTACK["text"])
        self.put_mail(8, "It was not me.", result="fail")
        harness.until(lambda: self.mail.mails, 20, "the mail\n" + self.tocsin.log())
        harness.until(lambda: self.tocsin.log().count("left in the mailbox") == 2, 20, "the forged one\n" + self.tocsin.log())
        [item] = self.items()
        self.assertEqual((item["id"], item["text"]), ("m7@field.example.org", ATTACK["text"]), "without the signature")
        harness.until(lambda: self.imap.box.seen == {7}, 10, f"others unread again: {self.imap.box.seen}")
        self.assertNotIn("umbrellas", self.tocsin.log())
        self.assertEqual(self.imap.box.logins, 1, "one connection is kept")

    def test_kill_nine_loses_no_mail_and_reads_none_twice(self):
        self.configure(imap=True)
        self.start()
        harness.until(lambda: any("SEARCH" in c for c in self.imap.box.commands), 20, "the first look")
        time.sleep(0.5)  # until the empty mailbox is known
        for number in range(1, 9):
            self.put_mail(number, f"Report number {number} of today.", subject=f"Situation {number}")
            time.sleep(0.05 * number)  # the instant of the kill is the test's subject
            self.tocsin.kill()
            self.start_again()
        harness.until(lambda: len(self.items()) == 8, 30, f"all mails: {[i['id'] for i in self.items()]}\n" + self.tocsin.log())
        time.sleep(2)  # two more looks
        self.assertEqual(sorted(i["id"] for i in self.items()), [f"m{n}@field.example.org" for n in range(1, 9)])

    def test_the_check_explains_what_is_wrong(self):
        self.secret("gao.token", "short")
        done = subprocess.run([TOCSIN, "check", "-c", self.config], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"tocsin\.yaml:\d+:\d+: error S031: this token could be guessed")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
