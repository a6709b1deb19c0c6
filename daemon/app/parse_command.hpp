// `tocsin parse`: feed documents on disk -> the items in them (contract, sections 1 and 2). For the command line only.
#pragma once
#include <string>
#include <vector>

namespace tocsin {

struct ParseOptions {
  bool json = false;               // one object a FILE, in order; else a summary for people
  std::vector<std::string> files;  // "-" is standard input
};

/// Prints to standard output. 0 when every FILE is a feed, 1 when one is not or cannot be read.
int parse_command(const ParseOptions& options);

}  // namespace tocsin
