// `tocsin check`: every finding about configuration, feeds, rules, assets and recipients, in one run.
#pragma once
#include "app/options.hpp"

namespace tocsin {

/// Findings on standard output, a count on standard error; 0 without errors, else 1.
int check_command(const CheckOptions& options);

}  // namespace tocsin
