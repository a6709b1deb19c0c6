// Event types by what their news has in common: the features of the score are counted per family. For the score.
#pragma once
#include <array>
#include <string_view>

#include "model/event_type.hpp"

namespace tocsin {

/// Kinds of deed that news treats alike.
inline std::string_view family(EventType t) {
  switch (t) {
    case EventType::protest:
    case EventType::riot:
      return "unrest";
    case EventType::coup:
      return "coup";
    case EventType::curfew:
    case EventType::state_of_emergency:
    case EventType::border_closure:
    case EventType::airspace_closure:
    case EventType::network_shutdown:
      return "closure";
    case EventType::arrest:
    case EventType::expulsion:
    case EventType::election_dispute:
      return "politics";
    case EventType::arson:
    case EventType::property_destruction:
    case EventType::robbery:
    case EventType::sexual_violence:
    case EventType::blockade:
      return "harm";
    case EventType::threat:
      return "threat";
    case EventType::evacuation:
    case EventType::deployment:
    case EventType::withdrawal:
      return "movement";
    case EventType::ceasefire:
    case EventType::agreement:
      return "peace";
    case EventType::armed_clash:
      return "clash";
    case EventType::shelling:
    case EventType::airstrike:
      return "strike";
    case EventType::bombing:
      return "bombing";
    case EventType::kidnapping:
    case EventType::hijacking:
      return "abduction";
    default:
      return row(t).group == "hazard" ? "hazard" : "attack";
  }
}

inline constexpr std::array<std::string_view, 14> kFamilies{"coup",    "closure",   "attack", "clash",    "strike",
                                                            "bombing", "abduction", "unrest", "politics", "harm",
                                                            "threat",  "movement",  "peace",  "hazard"};

}  // namespace tocsin
