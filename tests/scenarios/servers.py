"""Loopback peers for demonstrations and system tests: a feed server, an SMTP sink and a webhook sink. Nothing leaves the machine."""
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import socket
import threading

from aiosmtpd.controller import Controller

LOOPBACK = "127.0.0.1"


def free_port():
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


class _Quiet(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server:
    """An HTTP server in a thread of its own; `with` stops it."""

    def __init__(self, handler):
        self.http = http.server.ThreadingHTTPServer((LOOPBACK, 0), handler)
        self.http.owner = self
        self.http.handle_error = lambda *_: None  # a client that was killed is what some tests are about
        self.url = f"http://{LOOPBACK}:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()


class FeedServer(_Server):
    """Serves /NAME from `documents` with ETag and 304, as a polite news site does."""

    def __init__(self):
        self.documents, self.requests, self.unchanged = {}, 0, 0
        self.agents = set()

        class Handler(_Quiet):
            def do_GET(self):
                owner = self.server.owner
                owner.requests += 1
                owner.agents.add(self.headers.get("User-Agent"))
                document = owner.documents.get(self.path.strip("/"))
                if document is None:
                    return self.answer(404)
                body = document.encode()
                tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                if self.headers.get("If-None-Match") == tag:
                    owner.unchanged += 1
                    return self.answer(304, ETag=tag)
                return self.answer(200, body, ETag=tag, Content_Type="application/rss+xml; charset=utf-8")

        super().__init__(Handler)


class WebhookSink(_Server):
    """Keeps the JSON of each POST; `fail_first` answers that many with 503. Signatures are checked when a secret is given."""

    def __init__(self, secret=None, fail_first=0):
        self.alerts, self.keys, self.bad_signatures, self.failures = [], [], 0, fail_first
        lock = threading.Lock()

        class Handler(_Quiet):
            def do_POST(self):
                owner = self.server.owner
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with lock:
                    if owner.failures > 0:
                        owner.failures -= 1
                        return self.answer(503)
                    if secret and not owner.signed(self.headers, body, secret):
                        owner.bad_signatures += 1
                        return self.answer(401)
                    owner.keys.append(self.headers.get("Idempotency-Key"))
                    owner.alerts.append(json.loads(body))
                return self.answer(200, b'{"ok":true}', Content_Type="application/json")

        super().__init__(Handler)

    @staticmethod
    def signed(headers, body, secret):
        given = headers.get("X-Tocsin-Signature", "").removeprefix("sha256=")
        stamp = headers.get("X-Tocsin-Timestamp", "")
        wanted = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(given, wanted)


class MailSink:
    """A real SMTP server that keeps what it accepted as email.message objects."""

    def __init__(self):
        self.mails, self.before_accepting = [], None
        self.port = free_port()  # the controller cannot be asked for "any port"
        self.controller = Controller(self, hostname=LOOPBACK, port=self.port)

    async def handle_DATA(self, _server, _session, envelope):
        if self.before_accepting:
            self.before_accepting()
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        message.envelope_to = envelope.rcpt_tos
        self.mails.append(message)
        return "250 OK"

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()
