// What one item says happened, with the spans that prove it. Values only; made by understand/.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geo.hpp"
#include "base/time.hpp"
#include "model/event_type.hpp"

namespace tocsin {

/// A span of `title + "\n" + text` (title and newline omitted when the title is empty), in Unicode code points.
struct Evidence {
  std::string field;  // type, place, killed, injured, abducted, actor, target, event_time, modality, news_value
  std::size_t start = 0, end = 0;
  std::string text;
};

struct Place {
  std::string name;     // most precise known name; "" when nothing is known
  std::string city;     // the town that a quarter, airport or landmark belongs to; else equal to name
  std::string country;  // ISO 3166-1 alpha-2, "" when unknown
  std::string region;   // ISO 3166-2 where the gazetteer has it, else ""
  std::string region_name;
  std::optional<LatLon> at;
  Precision precision = Precision::country;
  PlaceKind kind = PlaceKind::country;
  std::int64_t population = 0;    // of the town; 0 unknown
  bool is_capital = false;        // it is, or lies in, the capital of its country
  bool is_admin_capital = false;  // seat of a first-level region (capitals included)
  bool is_city = false;           // seat of a region or at least 100,000 people
  bool is_airport = false;        // it happened at an airport
  double confidence = 1;          // of the resolution, 0..1
};

struct Count {
  std::optional<std::int64_t> min, max;
  Qualifier qualifier = Qualifier::unknown;
  std::string who;  // "soldiers", "civilians" as written
  [[nodiscard]] bool known() const { return min || max; }
  bool operator==(const Count&) const = default;
};

struct TargetRef {
  TargetClass target{};
  std::string text;
};

struct ActorRef {
  std::string id;    // key of rules/actors; "unknown_armed_men" for plain roles
  std::string name;  // canonical, or as written for plain roles
  ActorGroup group = ActorGroup::unknown;
  ActorRole role = ActorRole::other;
};

struct EventTime {
  std::optional<Millis> from, to;  // [from, to)
  TimePrecision precision = TimePrecision::unknown;
};

struct Report {
  EventType type{};
  Modality modality = Modality::reported;
  bool fresh = true;  // tells of something new, against publication time
  Place place;
  std::vector<TargetRef> targets;
  std::vector<ActorRef> actors;
  Count killed, injured, abducted;
  EventTime event_time;
  std::vector<Evidence> evidence;
  double confidence = 0;        // 0..1
  bool says_ended = false;      // "under control", "siege over", "hostages freed": the incident is over
  bool says_retracted = false;  // a source takes its own earlier report back ("correction: no attack took place")
};

struct Toponym {
  std::string text;
  std::optional<LatLon> at;
  std::string country;
  PlaceKind kind{};
  std::size_t start = 0, end = 0;  // code points
};

/// A named quantity that the score was made from; shown by explain.
struct Feature {
  std::string name;
  double value = 0, weight = 0;
};

/// A kind of deed that the item could be mainly about, and what spoke for it.
struct TypeChoice {
  EventType type{};
  Modality modality = Modality::reported;
  double precedence = 0;
  std::vector<Feature> cues;
};

/// One item, understood. `main` is an index into reports, or -1 when there is none.
struct Understanding {
  bool relevant = false;
  bool mentions_incident = false;
  double score = 0;
  std::string language;
  std::vector<EventType> types;  // most prominent first
  Place place;                   // of the main incident, also when not relevant
  Count killed, injured;
  std::optional<Millis> event_date;  // midnight UTC of the day
  std::vector<std::string> actors, targets;
  std::vector<Toponym> toponyms;
  std::vector<Report> reports;
  int main = -1;
  std::vector<Feature> features;
  std::vector<TypeChoice> choices;  // the main deed first; empty when only one is told
  std::vector<std::string> story;  // one line a step: what was decided and why
};

}  // namespace tocsin
