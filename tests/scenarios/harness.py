"""A real Tocsin with loopback peers around it, for demonstrations and system tests."""
import json
import os
import pathlib
import signal
import subprocess
import time

import bamako
import servers

SECRET = "a secret of the demonstration"


def until(condition, seconds, what):
    """Waits for `condition()`; fails with `what` when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")


def configuration(folder, feeds_url, smtp_port, webhook_url, interval="1s"):
    """Writes a configuration for the four feeds of the Bamako morning and returns its path."""
    folder = pathlib.Path(folder)
    (folder / "webhook-secret").write_text(SECRET + "\n")
    os.chmod(folder / "webhook-secret", 0o600)
    feeds = "".join(
        f"  {name}: {{url: {feeds_url}/{name}, language: {about['language']}, publisher: {about['publisher']}, owner: {about['owner']}, "
        f"reliability: {about['reliability']}, countries: [ML], tags: [mali], interval: {interval}, allow_private_address: yes}}\n"
        for name, about in bamako.FEEDS.items())
    path = folder / "tocsin.yaml"
    path.write_text(f"""
store: tocsin.sqlite
contact: https://example.org/demo
feeds:
{feeds}
channels:
  screen: {{kind: terminal}}
  mail: {{kind: mail, url: "smtp://127.0.0.1:{smtp_port}", require_tls: no, from: Tocsin <tocsin@example.org>}}
  room: {{kind: webhook, url: "{webhook_url}", allow_private_address: yes, secret_file: webhook-secret}}
recipients:
  duty-officer: {{title: Duty officer, duty: yes, address: duty@example.org, channels: [screen, mail]}}
  country-director: {{title: Country director, language: fr, address: director@example.org, channels: [mail, room]}}
lists:
  watched: [ML, BF, NE]
rules: [rules.yaml]
""")
    (folder / "rules.yaml").write_text("""
rules:
  - rule: attack-on-capital
    title: {en: Attack in a capital, fr: Attaque dans une capitale}
    when: type in armed_violence and place is capital and country in watched
    unless: modality != reported or age > 48h
    severity: Extreme
    urgency: Immediate
    confirm: publishers >= 2 or reliability <= B
    notify: [duty-officer, country-director]
    action: {en: Hibernate. Head count within 30 minutes., fr: Confinement. Appel nominal sous 30 minutes.}
    tests:
      - {title: Gunmen attack police school and airport in Bamako, published: 2024-09-17T09:00:00Z, expect: fires}
""")
    return path


class Tocsin:
    """The daemon as a process; its terminal is kept in `log`."""

    def __init__(self, binary, config, log):
        self.binary, self.config, self.log_path = str(binary), str(config), pathlib.Path(log)
        self.process = None

    def start(self):
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen([self.binary, "run", "-c", self.config], stdout=log, stderr=subprocess.STDOUT,
                                            stdin=subprocess.DEVNULL)
        return self

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def history(self, what, *filters):
        done = subprocess.run([self.binary, what, "--json", "-c", self.config, *filters], capture_output=True, text=True, timeout=30)
        return [json.loads(line) for line in done.stdout.splitlines()]


def empty_feeds():
    return {name: bamako.document(name, []) for name in bamako.FEEDS}


def feed_server():
    server = servers.FeedServer()
    server.documents = empty_feeds()
    return server
