// Rules that another rule makes needless, for `check`. Pure; not part of loading, since it compares rules in pairs.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "rules/rule_set.hpp"

namespace tocsin {

/// R035 for each enabled rule that adds nothing to any alert: whenever it fires another one fires, as severe and
/// urgent, confirmed no later, marked no less, with an action where it has one, and tells everybody whom it tells.
/// `duty` are the recipients on duty. Rules of one folder are compared. Sound, not complete; of rules that are alike
/// the later one is named. Looks at no more than 2,000,000 pairs, then says nothing about the rest.
void warn_of_needless(std::span<const Rule> rules, const std::vector<std::string>& duty, Diagnostics& findings);

}  // namespace tocsin
