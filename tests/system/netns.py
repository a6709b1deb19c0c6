"""A network of its own for a test: every address of the world is this machine, names come from a table, nothing leaves.

`enter()` starts the program again inside new network and mount namespaces, and exits 77 where the machine forbids that.
"""
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading

IN_NAMESPACE = "TOCSIN_TEST_NAMESPACE"


def enter(required=True):
    """Not `required`: where the machine forbids it the test goes on outside, on loopback only."""
    if os.environ.get(IN_NAMESPACE):
        return prepare()
    unshare = ["unshare", "--net", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if subprocess.run(unshare + ["true"], stderr=subprocess.DEVNULL).returncode != 0:
        if not required:
            return print("this machine permits no network namespaces: on plain loopback")
        print("this machine permits no network namespaces: the test cannot run")
        sys.exit(77)
    os.environ[IN_NAMESPACE] = "1"
    os.execvp("unshare", unshare + [sys.executable] + sys.argv)


def prepare():
    commands = ["ip link set lo up", "ip route add local 0.0.0.0/0 dev lo", "ip -6 route add local ::/0 dev lo"]
    for command in commands:
        subprocess.run(command.split(), check=True)
    if os.path.exists("/etc/resolv.conf"):  # without the file the resolver asks 127.0.0.1 too
        with tempfile.NamedTemporaryFile("w", delete=False) as file:
            file.write("nameserver 127.0.0.1\noptions timeout:30 attempts:1\n")
        subprocess.run(["mount", "--bind", file.name, os.path.realpath("/etc/resolv.conf")], check=True)
        os.unlink(file.name)


class NameServer:
    """Answers A and AAAA with TTL 0. `table` maps a name to addresses, to a list of such lists that are given in turn, or
    to None for a question that is never answered."""

    def __init__(self, table):
        self.table = table
        self.turn = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            question, peer = self.socket.recvfrom(512)
            answer = self.answer(question)
            if answer:
                self.socket.sendto(answer, peer)

    def addresses(self, name, kind):
        found = self.table[name]
        if found and isinstance(found[0], list):
            number = self.turn.get((name, kind), 0)
            self.turn[(name, kind)] = number + 1
            found = found[min(number, len(found) - 1)]
        family = socket.AF_INET if kind == 1 else socket.AF_INET6
        return [socket.inet_pton(family, address) for address in found if (":" in address) == (kind == 28)]

    def answer(self, question):
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1:at + 1 + question[at]].decode("latin-1"))
            at += 1 + question[at]
        name, kind = ".".join(labels).lower(), struct.unpack("!H", question[at + 1:at + 3])[0]
        body = question[12:at + 5]
        if name not in self.table:
            return question[:2] + struct.pack("!HHHHH", 0x8183, 1, 0, 0, 0) + body
        if self.table[name] is None:
            return None
        records = self.addresses(name, kind) if kind in (1, 28) else []
        lines = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 0, len(record)) + record for record in records)
        return question[:2] + struct.pack("!HHHHH", 0x8180, 1, len(records), 0, 0) + body + lines
