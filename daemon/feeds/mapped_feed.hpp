// One document through one mapping. For parse.cpp only.
#pragma once
#include <string_view>

#include "feeds/notes.hpp"

namespace tocsin {

/// Fills the feed; leaves `format` empty, with an error that says what no longer fits, when the document is not what
/// the mapping was made for.
void read_mapped(std::string_view utf8, const Mapping& mapping, Notes& notes, ParsedFeed& feed);

}  // namespace tocsin
