#!/usr/bin/env python3
"""Plays the Bamako morning on this machine in a minute: four feeds, a mail server, a webhook, one Tocsin between them.

    demo.py TOCSIN
"""
import datetime as dt
import pathlib
import sys
import tempfile
import time

import bamako
import harness
import servers

PAUSE = 3.0  # seconds that stand for minutes to weeks of the real story


def say(text=""):
    print(text, flush=True)


def play(feeds, tocsin):
    """Publishes the story, item by item, as if it happened today."""
    today = dt.datetime.now(bamako.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    weeks_ago = today - dt.timedelta(days=21)
    entries = {name: [] for name in bamako.FEEDS}
    for step in bamako.steps(today):
        if step.title.startswith("Opinion"):  # it looks back at an attack three weeks before its own day
            step.text = bamako.filled(next(s.text for s in bamako.STORY if s.title == step.title), weeks_ago)
        now = dt.datetime.now(bamako.UTC)
        hours, rest = divmod(int(step.after.total_seconds()), 3600)
        when = f"day {hours // 24 + 1}, {hours % 24:02}:{rest // 60:02}Z"
        say(f"\n>>> {when}, {bamako.FEEDS[step.feed]['title']} publishes: {step.title}" + ("   (noise)" if step.noise else ""))
        entries[step.feed].insert(0, (step, now))
        feeds.documents[step.feed] = bamako.document(step.feed, entries[step.feed])
        time.sleep(PAUSE)
        if tocsin.process.poll() is not None:
            sys.exit("demo: Tocsin ended early:\n" + tocsin.log())


def show_results(tocsin, mail, hook):
    say("\n=== Mails that arrived " + "=" * 60)
    for message in mail.mails:
        say(f"To {', '.join(message.envelope_to)}\n  {message['Subject']}")
    if mail.mails:
        say("\n--- the first one, whole ---")
        say(mail.mails[0].get_body().get_content().rstrip())
    say(f"\n=== Webhook: {len(hook.alerts)} signed messages, {hook.bad_signatures} with a bad signature")
    say("\n=== tocsin alerts (history, newest first) " + "=" * 40)
    for alert in tocsin.history("alerts"):
        mark = " UNCONFIRMED" if alert["unconfirmed"] else ""
        say(f"{alert['sent']} {alert['code']} {alert['msg_type']}{mark} {alert['severity']}: {alert['headline']['en']}"
            f"  [{'; '.join(alert['changed']) or 'new'}]")


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder, harness.feed_server() as feeds, servers.MailSink() as mail, \
            servers.WebhookSink(harness.SECRET) as hook:
        config = harness.configuration(folder, feeds.url, mail.port, hook.url + "/alerts")
        tocsin = harness.Tocsin(binary, config, pathlib.Path(folder) / "terminal.log").start()
        try:
            harness.until(lambda: feeds.requests >= len(bamako.FEEDS), 20, "every feed polled once")
            say("Tocsin polls four feeds of Bamako on this machine. Twelve items are published; watch what it tells whom.")
            play(feeds, tocsin)
            time.sleep(PAUSE)
        finally:
            code = tocsin.stop()
        say("\n=== What Tocsin printed " + "=" * 58)
        say(tocsin.log().rstrip())
        show_results(tocsin, mail, hook)
        codes = {a["code"] for a in tocsin.history("alerts")}
        good = code == 0 and len(codes) == 1 and mail.mails and hook.alerts and not hook.bad_signatures
        say("\ndemo: " + (f"one incident, {len(mail.mails)} mails, {len(hook.alerts)} webhook messages, nothing for the noise"
                          if good else f"NOT as expected (exit code {code}, incidents alerted: {len(codes)})"))
        sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
