// What is different between two revisions of an incident, in the words of an alert's "changed" list. Pure.
#pragma once
#include <string>
#include <vector>

#include "model/incident.hpp"

namespace tocsin {

/// "killed 20 > 77", "target + airport", "place Mali > Bamako", "status developing > ended" ...; empty when nothing
/// that a reader would call news has changed. Numbers count only when their band does (ledger.hpp).
std::vector<std::string> changes_between(const Incident& before, const Incident& after);

}  // namespace tocsin
