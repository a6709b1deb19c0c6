// The JSON form of a parsed document (contract, section 2), one line, no newline at the end.
#pragma once
#include <string>

#include "model/feed.hpp"

namespace tocsin {

std::string to_json(const ParsedFeed& feed);

}  // namespace tocsin
