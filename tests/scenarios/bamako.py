#!/usr/bin/env python3
"""The Bamako morning as feeds: own sentences about the attack of 17 September 2024, and the noise around it.

    bamako.py DIR            write the documents and one series file per feed for `tocsin replay`

`steps(day)` tells the same story for any day, so that a demonstration can play it today.
"""
import dataclasses
import datetime as dt
import email.utils
import html
import json
import pathlib
import sys

UTC = dt.timezone.utc
DAY = dt.datetime(2024, 9, 17, tzinfo=UTC)
WEEKDAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WEEKDAYS_FR = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
MONTHS_EN = "January February March April May June July August September October November December".split()
MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()

FEEDS = {
    "radio-fleuve": dict(language="fr", publisher="radio-fleuve", reliability="C", owner="independent", title="Radio Fleuve"),
    "meridian-wire": dict(language="en", publisher="meridian", reliability="B", owner="agency", title="Meridian Wire"),
    "bamako-matin": dict(language="fr", publisher="bamako-matin", reliability="C", owner="independent", title="Bamako Matin"),
    "sahel-courier": dict(language="en", publisher="sahel-courier", reliability="D", owner="aggregator", title="Sahel Courier"),
}
WIRE = ("Gunmen attacked a gendarmerie training school in the Malian capital Bamako before dawn on {weekday_en}, residents and a "
        "security source said. Heavy gunfire could still be heard in the Faladie district two hours later. No group had "
        "claimed responsibility.")


@dataclasses.dataclass
class Step:
    feed: str
    after: dt.timedelta  # from midnight UTC of the day of the attack
    title: str
    text: str
    noise: bool = False


def at(days=0, hours=0, minutes=0):
    return dt.timedelta(days=days, hours=hours, minutes=minutes)


STORY = [
    Step("radio-fleuve", at(hours=5, minutes=10), "Mali : tirs nourris près de l'école de gendarmerie de Faladié, à Bamako",
         "Des tirs nourris et des détonations ont été entendus avant l'aube, {weekday_fr}, aux abords de l'école de gendarmerie "
         "de Faladié, dans le sud-est de Bamako, rapportent des habitants joints par téléphone."),
    Step("meridian-wire", at(hours=5, minutes=40), "Gunmen attack gendarmerie school in Mali's capital", "BAMAKO (Meridian) - " + WIRE),
    Step("bamako-matin", at(hours=6, minutes=20), "L'aéroport de Bamako-Sénou attaqué, les vols suspendus",
         "Des hommes armés ont attaqué {weekday_fr} matin l'aéroport international Modibo-Keïta de Bamako. Une épaisse fumée monte "
         "de la base aérienne voisine et tous les vols sont suspendus."),
    Step("sahel-courier", at(hours=7, minutes=30), "Mali: shots fired at Bamako police academy", WIRE),
    Step("meridian-wire", at(hours=9), "JNIM claims attacks on Bamako gendarmerie school and airport",
         "The jihadist group JNIM on {weekday_en} claimed responsibility for the attacks on a gendarmerie school and the airport "
         "in Mali's capital Bamako, in a message on its media channel."),
    Step("bamako-matin", at(hours=10), "Football : l'attaque des Aigles fait exploser la défense adverse",
         "Trois buts en vingt minutes : l'attaque malienne a bombardé la surface et tué le match dès la première mi-temps au stade "
         "du 26-Mars de Bamako.", noise=True),
    Step("radio-fleuve", at(hours=14), "Bamako : l'armée affirme que la situation est sous contrôle",
         "L'état-major malien affirme que la situation est sous contrôle à Bamako après l'attaque de l'école de gendarmerie et de "
         "l'aéroport, {weekday_fr} matin. Le ratissage se poursuit."),
    Step("bamako-matin", at(days=1, hours=8), "Attaques de Bamako : l'état-major reconnaît « quelques pertes »",
         "L'état-major a reconnu quelques pertes en vies humaines au lendemain des attaques de {weekday_fr} contre l'école de "
         "gendarmerie et l'aéroport de Bamako, sans donner de bilan chiffré."),
    Step("sahel-courier", at(days=2, hours=9), "Airport drill: soldiers rehearse response to mock attack in Bamako",
         "Soldiers and firefighters rehearsed their response to a simulated attack at Bamako airport. The exercise, planned months "
         "ago, used blank rounds and volunteers playing the wounded.", noise=True),
    Step("meridian-wire", at(days=3, hours=7), "At least 77 killed in Bamako attacks, security sources say",
         "At least 77 people were killed in {weekday_en}'s attacks on a gendarmerie school and the airport in Mali's capital Bamako, "
         "three security sources told Meridian. More than 200 others were wounded."),
    Step("radio-fleuve", at(days=10, hours=6), "Il y a neuf ans, l'attaque de l'hôtel Radisson Blu de Bamako",
         "Le 20 novembre 2015, des hommes armés prenaient d'assaut l'hôtel Radisson Blu de Bamako et tuaient une vingtaine de "
         "personnes. Retour sur une journée qui a marqué la capitale malienne.", noise=True),
    Step("sahel-courier", at(days=21, hours=12), "Opinion: Mali's generals are losing the story they tell about themselves",
         "On {month_en} {day}, fighters of JNIM humiliated the junta by attacking a police training school in Bamako and the "
         "airport. It appears that at least 77 people were killed. The army had promised security; four years on, that promise "
         "looks hollow, and the region should draw its own conclusions.", noise=True),
]


def filled(text, day):
    return (text.replace("{weekday_en}", WEEKDAYS_EN[day.weekday()]).replace("{weekday_fr}", WEEKDAYS_FR[day.weekday()])
            .replace("{month_en}", MONTHS_EN[day.month - 1]).replace("{month_fr}", MONTHS_FR[day.month - 1])
            .replace("{day}", str(day.day)))


def steps(day=DAY):
    """The story with its words filled in for an attack on `day` (midnight UTC)."""
    for step in STORY:
        # Three weeks later, the op-ed looks back at the day itself.
        yield dataclasses.replace(step, title=filled(step.title, day), text=filled(step.text, day))


def document(feed, entries):
    """An RSS 2.0 document; `entries` are (step, published), newest first."""
    items = "".join(
        f"<item><title>{html.escape(s.title)}</title><link>https://{feed}.example/{p:%Y%m%d%H%M}</link>"
        f"<guid>https://{feed}.example/{p:%Y%m%d%H%M}</guid><pubDate>{email.utils.format_datetime(p)}</pubDate>"
        f"<description>{html.escape(s.text)}</description></item>\n" for s, p in entries)
    about = FEEDS[feed]
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{about["title"]}</title>'
            f'<link>https://{feed}.example/</link><language>{about["language"]}</language>\n{items}</channel></rss>\n')


def write(folder, day=DAY):
    """One document a change and a series file a feed; the first document of each feed is an empty evening before."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for feed, about in FEEDS.items():
        entries, files = [], []
        evening = day - dt.timedelta(hours=6)
        (folder / f"{feed}-00.xml").write_text(document(feed, []))
        files.append({"path": f"{feed}-00.xml", "observed_at": evening.strftime("%Y-%m-%dT%H:%M:%SZ")})
        for step in (s for s in steps(day) if s.feed == feed):
            published = day + step.after
            entries.insert(0, (step, published))
            path = f"{feed}-{len(files):02}.xml"
            (folder / path).write_text(document(feed, entries))
            files.append({"path": path, "observed_at": (published + dt.timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")})
        series = {"series": feed, "feed": {"id": feed, "url": f"https://{feed}.example/feed", "countries": ["ML"],
                                           "tags": ["mali"], **{k: v for k, v in about.items() if k != "title"}}, "files": files}
        (folder / f"{feed}.json").write_text(json.dumps(series, indent=1))


if __name__ == "__main__":
    write(sys.argv[1])
