#!/usr/bin/env python3
"""A web server for tests, good or hostile by path. Prints its port, then serves until standard input ends.

usage: http_server.py [--address IP] [--port N] [--tls FOLDER]
Paths: /feed /echo /status/N /redirect?code=&to= /slow-redirect?ms=&to= /loop /packed/{gzip,deflate,br,zstd} /unasked-gzip /torn-gzip
       /bomb /unasked-bomb /endless /silent /drip /drip-headers /headers /long-header /short /reset /slow-feed?ms=
       /laughs /deep /items?n= /long-item?mb= /captive
"""
import argparse
import gzip
import http.server
import json
import os
import ssl
import struct
import socket
import sys
import threading
import time
import urllib.parse
import zlib

from certificate import server_context

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Loopback news</title></channel></rss>'
# Written by hand: the stored forms of RFC 7932 (brotli) and RFC 8878 (zstd), because Python's library packs neither.
BROTLI_HELLO = b"\x0b\x02\x80hello\x03"
ZSTD_HELLO = b"\x28\xb5\x2f\xfd\x20\x05\x29\x00\x00hello"


def bomb(megabytes):
    """Zeros, a thousand times smaller as gzip. A fully flushed megabyte stands for itself, so it is packed once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + megabyte * megabytes + packer.flush()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *words):
        pass

    def reply(self, body, status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def stream(self, pieces):
        """Without a length, until the client has had enough."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece)

    def raw(self, pieces):
        self.close_connection = True
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        self.query = dict(urllib.parse.parse_qsl(url.query))
        name = url.path.strip("/").replace("-", "_")
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("latin-1")
        method = getattr(self, "path_" + name.split("/")[0], None)
        try:
            if method:
                method(*name.split("/")[1:])
            else:
                self.reply(b"nothing here", 404)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def path_feed(self):
        self.reply(FEED, ETag='"v1"', Content_Type="application/rss+xml")

    def path_slow_feed(self):
        time.sleep(int(self.query["ms"]) / 1000)
        self.reply(FEED)

    def path_echo(self):
        seen = {name.lower(): value for name, value in self.headers.items()}
        self.reply(json.dumps({"method": self.command, "path": self.path, "headers": seen, "body": self.body}).encode())

    def path_status(self, code):
        self.reply(b"" if code == "304" else b"status " + code.encode(), int(code), Retry_After="120")

    def path_redirect(self):
        self.reply(b"elsewhere", int(self.query.get("code", 302)), Location=self.query["to"])

    def path_slow_redirect(self):
        time.sleep(int(self.query["ms"]) / 1000)
        self.path_redirect()

    def path_loop(self):
        self.reply(b"", 302, Location="/loop?" + str(time.time()))

    def path_packed(self, how):
        packed = {"gzip": lambda: gzip.compress(b"hello"), "deflate": lambda: zlib.compress(b"hello"),
                  "br": lambda: BROTLI_HELLO, "zstd": lambda: ZSTD_HELLO}[how]()
        self.reply(packed, Content_Encoding=how)

    def path_unasked_gzip(self):
        self.reply(gzip.compress(b"hello "), Content_Type="application/gzip")

    def path_torn_gzip(self):
        self.reply(gzip.compress(os.urandom(1000))[:500])

    def path_bomb(self):
        self.reply(bomb(int(self.query.get("mb", 64))), Content_Encoding="gzip")

    def path_unasked_bomb(self):
        self.reply(bomb(int(self.query.get("mb", 64))))

    def path_endless(self):
        block = os.urandom(65536)
        self.stream(iter(lambda: block, None))

    def path_silent(self):
        time.sleep(3600)

    def path_drip(self):
        self.stream((time.sleep(0.5), b"<")[1] for _ in range(7200))

    def path_drip_headers(self):
        self.raw([b"HTTP/1.1 200 OK\r\n"] + [(time.sleep(0.5), b"X-%d: y\r\n" % i)[1] for i in range(1)])
        self.raw((time.sleep(0.5), b"X: y\r\n")[1] for _ in range(7200))

    def path_headers(self):
        self.send_response(200)
        for number in range(20000):
            self.send_header("X-%d" % number, "a" * 100)
        self.end_headers()

    def path_long_header(self):
        self.raw([b"HTTP/1.1 200 OK\r\nX: "] + [b"a" * 65536 for _ in range(200)])

    def path_laughs(self):
        entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        self.reply(f'<!DOCTYPE l [<!ENTITY a0 "lol">{entities}]><rss><channel><title>&a9;</title></channel></rss>'.encode())

    def path_deep(self):
        self.reply(b"<a>" * 1000000)

    def path_items(self):
        self.reply(b"<rss version='2.0'><channel>" + b"".join(
            b"<item><guid>%d</guid><title>t%d</title></item>" % (n, n) for n in range(int(self.query["n"]))) + b"</channel></rss>")

    def path_long_item(self):
        text = b"word " * (int(self.query["mb"]) * 200000)
        self.reply(b"<rss version='2.0'><channel><item><guid>1</guid><title>t</title><description>" + text +
                   b"</description></item></channel></rss>")

    def path_captive(self):
        self.reply(b"<!DOCTYPE html><html><head><title>Free Wi-Fi: log in</title></head></html>", Content_Type="text/html")

    def path_short(self):
        self.raw([b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n<rss>"])

    def path_reset(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


class Server(http.server.ThreadingHTTPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self):
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()

    def handle_error(self, request, client_address):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls")
    options = parser.parse_args()
    Server.address_family = socket.AF_INET6 if ":" in options.address else socket.AF_INET
    server = Server((options.address, options.port), Handler)
    if options.tls:
        server.socket = server_context(options.tls).wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
