// The mark of an incident whose place nobody could find: who is on duty hears of it, since no rule for a country may.
#pragma once
#include <algorithm>
#include <string_view>

#include "model/alert.hpp"

namespace tocsin {

/// Nothing is known of the place: neither a country nor a point.
inline bool is_unplaced(const Incident& incident) {
  return incident.place.country.empty() && !incident.place.at;
}

/// The built-in rule that tells of such an incident (alerts/unplaced.hpp).
inline constexpr std::string_view kUnplacedRule = "system:unplaced";

/// Sent by that rule, and no place is known to this day.
inline bool is_unplaced(const Alert& alert) {
  return alert.incident && is_unplaced(*alert.incident) &&
         std::find(alert.rules.begin(), alert.rules.end(), kUnplacedRule) != alert.rules.end();
}

}  // namespace tocsin
