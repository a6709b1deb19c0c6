// The command line: arguments in, one command out. The only file that knows CLI11.
#pragma once

namespace tocsin {

/// Parses and runs one command; returns its exit code (options.hpp).
int run_command_line(int argc, char** argv);

}  // namespace tocsin
