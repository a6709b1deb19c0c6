// Actors that are roles and not names. For incidents/ only.
#pragma once
#include "model/report.hpp"

namespace tocsin {

/// "gunmen", "jihadists": a role in place of a name (understand/ gives such actors ids that begin with "unknown_").
inline bool is_role(const ActorRef& actor) {
  return actor.group == ActorGroup::unknown || actor.id.starts_with("unknown_");
}

}  // namespace tocsin
