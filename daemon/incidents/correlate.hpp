// Reports become incidents. Identity is type family + place + time window, helped by actors, targets and wording.
// Numbers, grade and main type are made afresh from all tellings each time, so that an edit or a correction leaves no
// stale figure; place, targets and actors only grow more precise. Pure: the caller keeps the open incidents and stores
// what comes back.
#pragma once
#include <span>
#include <string>

#include "model/feed.hpp"
#include "model/incident.hpp"

namespace tocsin {

/// How long after its last telling an incident may still be joined.
inline constexpr Millis kIncidentOpen = 14 * kDay;

/// The item's part of a telling: sketch, print and wire marker are made here.
Telling telling_of(const Item& item, const Feed& feed, Millis received);

/// Finds the incident among `open` that `report` tells, or opens a new one. `telling` gets its origin here. The same
/// item told again (an edit) replaces its former telling.
Correlation correlate(const Report& report, Telling telling, std::span<const Incident> open, Millis now);

/// How well the report fits the incident; at least kSameIncident means that it is the same. With the reason in words.
struct Fit {
  int points = 0;
  std::string reason;
};
inline constexpr int kSameIncident = 4;
Fit fit(const Report& report, const Telling& telling, const Incident& incident);

}  // namespace tocsin
