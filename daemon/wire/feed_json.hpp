// The JSON form of a parsed document (contract, section 2), one line, no newline at the end.
#pragma once
#include <string>

#include "model/feed.hpp"

namespace tocsin {

std::string to_json(const ParsedFeed& feed);
/// One of its items, as it stands in the document's `items`.
std::string to_json(const Item& item);

}  // namespace tocsin
