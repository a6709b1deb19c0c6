// `tocsin parse`: feed documents on disk -> the items in them (contract, sections 1 and 2). For the command line only.
#pragma once
#include <string>
#include <vector>

namespace tocsin {

struct ParseOptions {
  bool json = false;               // one object a FILE, in order; else a summary for people
  std::string config;              // with `feed`: the configuration that holds it, "" for the shipped one
  std::string feed;                // read as this feed's documents are
  std::string mapping;             // read by this preset
  std::vector<std::string> files;  // "-" is standard input
};

/// Prints to standard output. 0 when every FILE is a feed, 1 when one is not or cannot be read, 78 when the feed or the
/// preset is not known or its mapping is faulty.
int parse_command(const ParseOptions& options);

}  // namespace tocsin
