// Does this report tell that incident? Points for and against; correlate.hpp explains.
#include <algorithm>
#include <cstdlib>

#include "base/fold.hpp"
#include "incidents/correlate.hpp"
#include "incidents/roles.hpp"
#include "incidents/similarity.hpp"

namespace tocsin {

namespace {
constexpr double kSameTownKm = 15, kNearbyKm = 40, kReprint = 0.45;

/// Types that different tellers give to one deed.
std::string_view family(EventType type) {
  switch (type) {
    case EventType::arson:
    case EventType::property_destruction:
    case EventType::robbery:
    case EventType::sexual_violence:
      return "armed_violence";
    case EventType::protest:
    case EventType::riot:
      return "unrest";
    case EventType::ceasefire:
    case EventType::agreement:
      return "accord";
    default:
      return row(type).group.empty() || row(type).group == "hazard" || row(type).group == "force_movement"
                 ? name(type)
                 : row(type).group;
  }
}

bool families_meet(EventType type, const Incident& incident) {
  return std::any_of(incident.types.begin(), incident.types.end(),
                     [&](EventType t) { return family(t) == family(type); });
}

bool located(const Place& p) {
  return p.at && (p.precision == Precision::exact || p.precision == Precision::place);
}

bool same_town(const Place& a, const Place& b) {
  if (a.city.empty() || b.city.empty() || a.precision > Precision::place || b.precision > Precision::place)
    return false;
  return fold(a.city) == fold(b.city);
}

/// -1: cannot be the same place.
int place_points(const Place& a, const Place& b, std::string& reason) {
  if (!a.country.empty() && !b.country.empty() && a.country != b.country) return -1;
  if (same_town(a, b)) {
    reason += "same place; ";
    return 3;
  }
  if (located(a) && located(b)) {
    const double km = distance_km(*a.at, *b.at);
    if (km > kNearbyKm) return -1;
    reason += km <= kSameTownKm ? "within 15 km; " : "within 40 km; ";
    return km <= kSameTownKm ? 3 : 1;
  }
  if (!a.region.empty() && !b.region.empty() && a.region != b.region) return -1;
  if (a.country.empty() || b.country.empty()) return 0;
  reason += "same country; ";
  return 1;
}

bool dated(const EventTime& t) {
  return t.from && t.precision <= TimePrecision::day;
}

constexpr int kAnotherTime = -100;

int time_points(const Report& report, const Telling& telling, const Incident& incident, std::string& reason) {
  const Millis mine = report.event_time.from.value_or(telling.published);
  const Millis theirs = incident.event_time.from.value_or(incident.opened);
  const Millis apart = std::llabs(mine - theirs);
  if (dated(report.event_time) && dated(incident.event_time)) {
    if (iso_date(mine) == iso_date(theirs)) {
      reason += "same day; ";
      return 2;
    }
    reason += "the day before or after; ";
    return apart <= 36 * kHour ? -1 : kAnotherTime;  // a night may have two dates: more than place and kind is needed
  }
  if (apart <= 12 * kHour) {
    reason += "same hours; ";
    return 2;
  }
  if (apart > 4 * kDay) return kAnotherTime;
  reason += "within days; ";
  return 1;
}

template <class Container, class Key>
int overlap(const Container& a, const Container& b, Key key) {
  bool some_a = false, some_b = false;
  for (const auto& x : a) some_a = some_a || key(x);
  for (const auto& x : b) some_b = some_b || key(x);
  if (!some_a || !some_b) return 0;
  for (const auto& x : a)
    for (const auto& y : b)
      if (key(x) && key(y) && *key(x) == *key(y)) return 1;
  return -1;
}

std::optional<std::string> named_perpetrator(const ActorRef& a) {
  const bool acts = a.role == ActorRole::perpetrator || a.role == ActorRole::claims;
  return acts && !is_role(a) ? std::optional(a.id) : std::nullopt;
}

std::optional<TargetClass> target_key(const TargetRef& t) {
  return t.target;
}

bool same_toll(const Report& report, const Incident& incident) {
  const auto mine = report.killed.min ? report.killed.min : report.killed.max;
  return mine && *mine > 0 && incident.killed.best == mine;
}

bool same_words(const Telling& telling, const Incident& incident) {
  return std::any_of(incident.tellings.begin(), incident.tellings.end(),
                     [&](const Telling& t) { return resemblance(t.sketch, telling.sketch) >= kReprint; });
}

bool same_item(const Telling& telling, const Incident& incident) {
  return std::any_of(incident.tellings.begin(), incident.tellings.end(),
                     [&](const Telling& t) { return t.feed == telling.feed && t.item_id == telling.item_id; });
}
}  // namespace

Fit fit(const Report& report, const Telling& telling, const Incident& incident) {
  if (incident.status == IncidentStatus::merged) return {0, "merged into another"};
  if (incident.status == IncidentStatus::retracted && report.modality == Modality::reported) return {0, "retracted"};
  std::string reason;
  const int place = place_points(report.place, incident.place, reason);
  if (place < 0) return {0, "another place"};
  // One item that tells of an attack and of flights suspended at the same place tells of one incident.
  const int time = time_points(report, telling, incident, reason);
  if (time == kAnotherTime) return {0, "another time"};
  const bool same_kind = families_meet(report.type, incident);
  if (same_item(telling, incident) && (same_kind || place == 3)) return {10, "the same item again"};
  if (!same_kind) return {0, "another kind of event"};

  int points = place + time;
  const bool same_type = std::find(incident.types.begin(), incident.types.end(), report.type) != incident.types.end();
  points += same_type;
  const int actors = overlap(report.actors, incident.actors, named_perpetrator);
  points += actors < 0 ? -2 : actors;
  const int targets = overlap(report.targets, incident.targets, target_key);
  points += targets < 0 && !same_type ? -2 : targets;  // a market shot at, a patrol bombed: two deeds of one day
  if (same_toll(report, incident)) ++points, reason += "same toll; ";
  if (same_words(telling, incident)) points += 3, reason += "same words; ";
  if (actors > 0) reason += "same actor; ";
  if (actors < 0) reason += "another actor; ";
  return {points, reason};
}

}  // namespace tocsin
