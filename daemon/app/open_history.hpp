// The history commands from the command line: finds the store that the configuration names and opens it for reading.
#pragma once
#include "app/history_command.hpp"

namespace tocsin {

/// Prints and returns the exit code; 1 when there is no history yet or it cannot be read.
int history_command(const HistoryOptions& options);

}  // namespace tocsin
