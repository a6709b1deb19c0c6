"""Drives fetch_probe: requests in, answers out."""
import os
import subprocess
import threading
from dataclasses import dataclass


@dataclass
class Answer:
    tag: str
    status: int
    ms: int
    size: int
    opened: int
    refused: int
    peak_kib: int
    words: str


class Probe:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.answers = {}
        self.changed = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            fields = line.rstrip("\n").split("\t", 7)
            with self.changed:
                self.answers[fields[0]] = Answer(fields[0], *map(int, fields[1:7]), fields[7])
                self.changed.notify_all()

    def ask(self, tag, url, timeout_ms=60000, private=False):
        self.process.stdin.write(f"{tag}\t{url}\t{timeout_ms}\t{int(private)}\n")
        self.process.stdin.flush()

    def answer(self, tag, within):
        with self.changed:
            if not self.changed.wait_for(lambda: tag in self.answers, within):
                raise TimeoutError(f"{tag}: no answer within {within} s")
            return self.answers[tag]

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(1)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process.stdout.close()
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def fetch(program, url, **options):
    """One request in a process of its own: no kept connection, no remembered name."""
    with Probe(program) as probe:
        probe.ask("only", url, **options)
        return probe.answer("only", 70)
