// Finds parts of a condition that can never hold, because they ask two different things of what an incident has once.
#pragma once
#include <string>
#include <vector>

#include "rules/condition.hpp"

namespace tocsin {

/// No incident satisfies both: they ask two different things of what an incident has once.
bool exclude_each_other(const Test& a, const Test& b);

struct UnreachablePart {
  std::string first, second;  // the two tests that exclude each other
  bool whole = false;         // the entire condition can never hold
};
/// Sound, not complete: what it reports never holds; it may miss a contradiction.
std::vector<UnreachablePart> unreachable_parts(const Condition& condition);

}  // namespace tocsin
