// What the people who were told do not know yet. Pure.
#pragma once
#include <string>
#include <vector>

#include "model/alert.hpp"

namespace tocsin {

/// Differences between two alerts of one incident that are worth a message (contract, section 4): confirmation, type,
/// place, target, toll band, actor, status, grade, contested, a rule or severity that was not named before.
std::vector<std::string> news_since(const Alert& told, const Alert& now);

}  // namespace tocsin
