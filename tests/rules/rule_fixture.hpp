// A small organisation and one incident to judge rules by. Used by the tests of this folder alone.
#pragma once
#include <string>
#include <vector>

#include "rules/rule_set.hpp"

namespace tocsin {

inline RuleWorld small_world() {
  RuleWorld world;
  auto& o = world.organisation;
  o.assets = {{"office-gao", "OFFICE-GAO", "office", "Office Gao", "ML", {16.27, -0.04}},
              {"office-bamako", "OFFICE-BKO", "office", "Office Bamako", "ML", {12.60, -7.95}},
              {"depot-sevare", "WH-SVR", "warehouse", "Depot", "ML", {14.53, -4.10}}};
  o.roads = {{"gao-ansongo", "Gao to Ansongo", {{16.27, -0.04}, {15.66, 0.50}}}};
  o.zones = {{"liptako-gourma", "Liptako-Gourma", {{13, -2}, {17, -2}, {17, 3}, {13, 3}}}};
  o.recipients = {{"duty-officer", "Duty officer", "en", true, {}, ""},
                  {"security-lead", "Security", "fr", false, {}, ""}};
  world.feeds = {"studio-tamani", "rfi-afrique"};
  world.feed_tags = {"mali", "niger"};
  world.actors = {{"jnim", ActorGroup::jihadist}, {"isgs", ActorGroup::jihadist}, {"fama", ActorGroup::state}};
  world.regions = {{"ML-7", "Gao"}, {"ML-BKO", "Bamako"}};
  return world;
}

inline constexpr Millis kNow = 1726567200000;  // 2024-09-17T10:00:00Z, a Tuesday

/// Gunmen in Bamako at 05:00, told by two publishers, 77 dead.
inline Incident bamako_attack() {
  Incident i;
  i.id = "i0000000000000001";
  i.type = EventType::attack;
  i.types = {EventType::attack, EventType::bombing};
  i.place.name = "Faladié";
  i.place.city = "Bamako";
  i.place.country = "ML";
  i.place.region = "ML-BKO";
  i.place.region_name = "Bamako";
  i.place.at = LatLon{12.59, -7.94};
  i.place.precision = Precision::exact;
  i.place.kind = PlaceKind::quarter;
  i.place.is_capital = i.place.is_admin_capital = i.place.is_city = true;
  i.event_time = {kNow - 5 * kHour, kNow - 4 * kHour, TimePrecision::hour};
  i.targets = {{TargetClass::gendarmerie, "gendarmerie school"}, {TargetClass::airport, "the airport"}};
  i.actors = {{"jnim", "JNIM", ActorGroup::jihadist, ActorRole::claims}};
  i.killed.min = 77;
  i.publishers = 2;
  i.reliability = 'B';
  i.credibility = 2;
  i.confidence = 0.9;
  i.opened = i.updated = kNow - 4 * kHour;
  Telling t;
  t.feed = "studio-tamani";
  t.publisher = "tamani";
  t.title = "Fusillade à Bamako : l'école de gendarmerie attaquée";
  t.language = "fr";
  t.published = kNow - 4 * kHour;
  t.feed_tags = {"mali"};
  i.tellings.push_back(t);
  t.feed = "rfi-afrique";
  t.title = "Mali: gunfire near gendarmerie school";
  t.language = "en";
  t.feed_tags.clear();
  i.tellings.push_back(t);
  return i;
}

/// A file with one rule of this condition.
inline std::string rule_file(const std::string& when, const std::string& more = "") {
  return "rules:\n  - rule: r\n    severity: Severe\n    when: >\n      " + when + "\n" + more;
}

inline LoadedRules load(const std::string& text, const RuleWorld& world = small_world()) {
  return load_rules({{"a.yaml", text}}, world);
}

/// "a.yaml:5:7 R012" for every error; warnings are left out.
inline std::vector<std::string> errors_of(const Diagnostics& findings) {
  std::vector<std::string> out;
  for (const auto& d : findings.all())
    if (d.level == Diagnostic::Level::error)
      out.push_back(d.file + ":" + std::to_string(d.at.line) + ":" + std::to_string(d.at.column) + " " + d.code);
  return out;
}

inline std::vector<std::string> messages_of(const Diagnostics& findings) {
  std::vector<std::string> out;
  for (const auto& d : findings.all()) out.push_back(d.code + " " + d.message);
  return out;
}

}  // namespace tocsin
