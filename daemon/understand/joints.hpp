// What may stand between the counted groups of one list. Called by casualties.cpp.
#pragma once
#include "understand/reading.hpp"

namespace tocsin {

/// Tokens [from, to) hold an "and" or a comma alone, or an "and" behind names, ages and what hangs on the first group
/// ("a driver, Ali Musa, 32, and his son", "two leaders of the banned group and a civilian").
bool only_joints(const Reading& reading, std::size_t from, std::size_t to);

}  // namespace tocsin
