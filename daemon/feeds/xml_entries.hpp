// Where the entries stand in an XML feed: in the channel, beside it, or in a list of their own. feeds/ only.
#pragma once
#include "feeds/format.hpp"

namespace tocsin {

/// Reads the fields of the feed and every <item> or <entry> in `container` and its channels, at most kMaxItems in all.
void read_entries(const Source& source, const pugi::xml_node& container, ParsedFeed& feed);

}  // namespace tocsin
