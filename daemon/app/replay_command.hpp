// `tocsin replay`: recorded documents through the whole pipeline on one simulated clock. Alerts are printed, not
// delivered.
#pragma once
#include "app/options.hpp"

namespace tocsin {

/// Alerts on standard output (contract, section 4), a summary on standard error. 0, or 1 when the recording or the
/// store cannot be used, 78 for a bad configuration.
int replay_command(const ReplayOptions& options);

}  // namespace tocsin
