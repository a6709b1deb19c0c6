// `tocsin run`: the daemon in the foreground.
#pragma once
#include "app/options.hpp"

namespace tocsin {

/// 0 after SIGTERM, SIGINT or --once; 78 when the configuration is bad at start; 1 when the history cannot be opened or
/// written (nothing is accepted that could not be kept).
int run_command(const RunOptions& options);

}  // namespace tocsin
