// The rule that is built in: an incident whose place could not be found matches no rule for a country, and may yet be
// in the capital. Where people were harmed, or the words speak of a capital or an airport, whoever is on duty hears of
// it, marked UNPLACED. Pure; the pipeline asks after the rules of the files.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/unplaced.hpp"

namespace tocsin {

/// Whether an incident without a place is grave enough: somebody killed, injured or abducted, an airport attacked, or
/// one of the `texts` (titles of its tellings are read too) that names a capital or an airport. `why` is what was seen.
struct UnplacedWeight {
  bool grave = false;
  std::string why;
};
UnplacedWeight weigh_unplaced(const Incident& incident, std::span<const std::string_view> texts);

/// For the duty recipients. `held_back` are the rules that a place might make fire; call it only when there is one.
Match unplaced_match(const Incident& incident, const std::vector<std::string>& held_back, const std::string& why);

}  // namespace tocsin
