// Whether one condition follows from another, for the lints of `check`: a rule whose `unless` always holds, a rule that
// another one makes needless. Pure.
#pragma once
#include "rules/condition.hpp"

namespace tocsin {

/// Whenever `first` holds, `second` holds. Sound, not complete: true is certain, false means that it could not be
/// shown.
bool implies(const Condition& first, const Condition& second);

}  // namespace tocsin
