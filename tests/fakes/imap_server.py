#!/usr/bin/env python3
"""A mailbox over IMAP for tests: as much of RFC 3501 as libcurl speaks. The mails are files UID.eml in a folder, read anew
for each command; a file VALIDITY holds the UIDVALIDITY (1000 without it). Flags live as long as the server.

usage: imap_server.py FOLDER [--tls FOLDER] [--starttls] [--fault NAME]
Prints its port, then one line for each command that it understood ("UID FETCH 4 BODY[]<0.4096>"), until standard input
ends. The account is user "desk", password "canary-pass". Faults:
  no-validity, die-on-fetch (cuts the line within a mail), endless (more than was asked for), silent (never answers)
"""
import argparse
import pathlib
import re
import socketserver
import sys
import threading
import time

from certificate import server_context

ACCOUNT = ("desk", "canary-pass")


class Mailbox:
    """What all connections share."""

    def __init__(self, folder, tls=None, starttls=False, fault="", tell=lambda line: None):
        self.folder, self.tls, self.starttls, self.fault, self.tell = pathlib.Path(folder), tls, starttls, fault, tell
        self.seen, self.logins, self.commands = set(), 0, []

    def mails(self):
        return {int(path.stem): path for path in self.folder.glob("*.eml")}

    def validity(self):
        path = self.folder / "VALIDITY"
        return path.read_text().strip() if path.exists() else "1000"


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.box = self.server.box
        self.selected = False
        if self.box.tls and not self.box.starttls:
            self.encrypt()
        try:
            self.say("* OK ready")
            while (line := self.rfile.readline()) and self.command(*line.decode("latin-1").strip().split(" ", 1)):
                pass
        except OSError:
            pass  # a client that was killed or a line that was cut is what some tests are about

    def encrypt(self):
        self.connection = self.box.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def finish(self):
        self.rfile.close()
        self.wfile.close()
        self.connection.close()  # it may be another than the one we were given: the encrypted one

    def say(self, line):
        self.wfile.write(line.encode("latin-1") + b"\r\n")

    def command(self, tag, rest=""):
        word, _, arguments = rest.partition(" ")
        if word.upper() == "UID":
            word, _, arguments = arguments.strip().partition(" ")
            word = "UID_" + word
        shown = "LOGIN" if word.upper() == "LOGIN" else rest
        self.box.commands.append(shown)
        self.box.tell(shown)
        if self.box.fault == "silent":
            time.sleep(3600)
        answer = getattr(self, "do_" + word.lower(), None)
        if answer is None:
            self.say(f"{tag} BAD unknown command")
            return True
        return answer(tag, arguments) is not False

    def do_capability(self, tag, _):
        self.say("* CAPABILITY IMAP4rev1" + (" STARTTLS" if self.box.starttls else ""))
        self.say(f"{tag} OK")

    def do_starttls(self, tag, _):
        self.say(f"{tag} OK")
        self.encrypt()

    def do_login(self, tag, arguments):
        words = re.findall(r'"([^"]*)"|(\S+)', arguments)
        if tuple(a or b for a, b in words) != ACCOUNT:
            return self.say(f"{tag} NO [AUTHENTICATIONFAILED] who are you")
        self.box.logins += 1
        self.say(f"{tag} OK")

    def do_select(self, tag, name):
        if name.strip('"') != "INBOX":
            return self.say(f"{tag} NO no such mailbox")
        self.selected = True
        self.say(f"* {len(self.box.mails())} EXISTS")
        if self.box.fault != "no-validity":
            self.say(f"* OK [UIDVALIDITY {self.box.validity()}] as ever")
        self.say(f"{tag} OK [READ-WRITE]")

    def do_uid_search(self, tag, arguments):
        lowest = int(re.match(r"UID (\d+):\*", arguments)[1])
        uids = sorted(self.box.mails())
        found = [u for u in uids if u >= lowest] or uids[-1:]  # "n:*" always names the last
        self.say("* SEARCH" + "".join(f" {u}" for u in found))
        self.say(f"{tag} OK")

    def do_uid_fetch(self, tag, arguments):
        uid, size = map(int, re.match(r"(\d+) BODY\[\]<0\.(\d+)>", arguments).groups())
        path = self.box.mails().get(uid)
        if path is None:
            return self.say(f"{tag} OK nothing")
        self.box.seen.add(uid)
        body = path.read_bytes()[:size]
        length = 1 << 40 if self.box.fault == "endless" else len(body)
        self.wfile.write(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n" % (uid, length))
        if self.box.fault == "die-on-fetch":
            self.wfile.write(body[:len(body) // 2])
            return False
        while self.box.fault == "endless":
            self.wfile.write(b"x" * 65536)
        self.wfile.write(body + b")\r\n")
        self.say(f"{tag} OK")

    def do_uid_store(self, tag, arguments):
        uid, change = arguments.split(" ", 1)
        assert change == r"-FLAGS.SILENT (\Seen)", change
        self.box.seen.discard(int(uid))
        self.say(f"{tag} OK")

    def do_noop(self, tag, _):
        self.say(f"{tag} OK")

    def do_logout(self, tag, _):
        self.say("* BYE")
        self.say(f"{tag} OK")
        return False


class Server(socketserver.ThreadingTCPServer):
    """`with Server(Mailbox(folder)) as server:` serves on server.port."""
    daemon_threads = allow_reuse_address = True

    def __init__(self, box):
        super().__init__(("127.0.0.1", 0), Session)
        self.box, self.port = box, self.server_address[1]
        self.handle_error = lambda *_: None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--tls")
    parser.add_argument("--starttls", action="store_true")
    parser.add_argument("--fault", default="")
    options = parser.parse_args()
    context = server_context(options.tls) if options.tls else None
    box = Mailbox(options.folder, context, options.starttls, options.fault, lambda line: print(line, flush=True))
    with Server(box) as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
