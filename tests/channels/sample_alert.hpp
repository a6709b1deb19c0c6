// One alert with everything in it, for the tests of every channel.
#pragma once
#include "model/alert.hpp"

namespace tocsin {

inline Telling sample_telling(std::string publisher, std::string title, Millis published,
                              std::optional<std::int64_t> killed) {
  Telling t;
  t.feed = t.publisher = t.origin = std::move(publisher);
  t.title = std::move(title);
  t.link = "https://news.example/" + t.feed;
  t.reliability = 'B';
  t.published = t.received = published;
  t.killed.min = killed;
  return t;
}

inline Incident sample_incident() {
  const Millis dawn = *parse_rfc3339("2024-09-17T05:00:00Z");
  Incident i;
  i.id = "i0123456789abcdef";
  i.type = EventType::attack;
  i.place.name = "Faladié";
  i.place.city = "Bamako";
  i.place.country = "ML";
  i.place.at = LatLon{12.584, -7.942};
  i.place.precision = Precision::place;
  i.place.kind = PlaceKind::quarter;
  i.event_time = {dawn, dawn + kHour, TimePrecision::hour};
  i.targets = {{TargetClass::gendarmerie, "gendarmerie school"}, {TargetClass::airport, "airport"}};
  i.actors = {{"jnim", "JNIM", ActorGroup::jihadist, ActorRole::claims}};
  i.killed = {20, 77, 77, Qualifier::at_least};
  i.tellings = {
      sample_telling("radio-fleuve", "Tirs nourris près de l'école de gendarmerie", dawn + 10 * kMinute, std::nullopt),
      sample_telling("wire", "At least 77 killed in Bamako, sources say", dawn + 5 * kHour, 77)};
  i.publishers = 2;
  i.reliability = 'B';
  i.credibility = 2;
  return i;
}

inline Alert sample_alert() {
  Alert a;
  a.code = "4F2K";
  a.msg_type = MsgType::Update;
  a.rule = "attack-on-capital";
  a.rules = {"attack-on-capital", "attack-on-airport"};
  a.severity = Severity::Extreme;
  a.urgency = Urgency::Immediate;
  a.grade = "B2";
  a.headline = {
      {"en", "Attack on gendarmerie and airport in Faladié, Bamako, Mali: at least 77 killed (claimed by JNIM)"},
      {"fr", "Attaque contre la gendarmerie et l'aéroport à Faladié, Bamako, Mali : au moins 77 tués"}};
  a.incident = sample_incident();
  a.changed = {"killed 20 > 77", "target + airport"};
  a.nearest_asset = NearestAsset{"OFFICE-BKO", 4.23};
  a.action = {{"en", "Hibernate. Head count within 30 minutes."},
              {"fr", "Confinement. Appel nominal sous 30 minutes."}};
  a.why = {"type = attack", "place is capital (Bamako)"};
  a.recipients = {"duty-officer", "country-director"};
  a.sent = *parse_rfc3339("2024-09-17T10:10:00Z");
  a.version = 2;
  a.key = "0123-4F2K-2";
  return a;
}

inline Recipient sample_recipient(std::string language = "en") {
  Recipient r;
  r.id = "duty-officer";
  r.language = std::move(language);
  r.channels = {"sink"};
  r.address = "duty@example.org";
  return r;
}

inline Channel sample_channel(std::string kind) {
  Channel c;
  c.name = "sink";
  c.kind = std::move(kind);
  if (c.kind == "mail") c.options = {{"url", "smtp://relay.example.org:587"}, {"from", "Tocsin <tocsin@example.org>"}};
  if (c.kind == "webhook") c.options = {{"url", "https://hook.example.org/in"}, {"secret", "s3cret"}};
  if (c.kind == "exec") c.command = {"/usr/bin/logger", "-t", "tocsin"};
  return c;
}

/// What a feed may say to break out of the place where it is shown.
inline std::vector<std::string> hostile_texts() {
  return {"Title\r\nBcc: thief@example.net\r\n\r\nbody",
          "\n.\r\nMAIL FROM:<x@example.net>",
          "..dots\n.\n..",
          "From the start",
          "\x1b[2J\x1b]0;owned\x07 text",
          "\xC2\x9B"
          "31m eight bit CSI",
          "left \xE2\x80\xAE thgir \xE2\x81\xA6 isolate \xE2\x80\x8B zero",
          "=?UTF-8?Q?forged?= =?utf-8?B?eA==?=",
          "broken \xFF\xFE utf \xC3",
          std::string("nul \0 inside", 12),
          "\"quotes\" <script>alert(1)</script> ${jndi:x} $(id) `id` ; rm -rf / | & && %s%n",
          std::string(5000, 'A'),
          std::string(3000, '=') + " é"};
}

inline Alert hostile_alert(const std::string& text) {
  Alert a = sample_alert();
  a.code = a.rule = a.grade = a.key = text;
  a.rules = a.changed = a.why = a.recipients = {text};
  a.headline = a.action = {{"en", text}};
  a.nearest_asset = NearestAsset{text, 1e300};
  Incident& i = *a.incident;
  i.id = i.code = i.place.name = i.place.city = i.place.country = i.place.region_name = text;
  i.actors = {{text, text, ActorGroup::unknown, ActorRole::perpetrator}};
  for (auto& t : i.tellings) t.feed = t.publisher = t.origin = t.title = t.link = t.language = t.item_id = text;
  i.tellings.front().reliability = '\n';
  i.event_time.from = i.event_time.to = 0;
  return a;
}

}  // namespace tocsin
