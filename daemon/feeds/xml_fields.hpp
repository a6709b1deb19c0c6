// The elements that RSS, RDF and Atom share in practice, whatever their specifications say: one reader for the feed's
// own fields and one for an entry's, with an order of preference where several elements say the same. feeds/ only.
#pragma once
#include <optional>
#include <string>

#include "feeds/format.hpp"

namespace tocsin {

/// A value and how much the element it came from is worth; a better one replaces it, an equal one does not.
struct Ranked {
  std::string value;
  int rank = 0;
  [[nodiscard]] bool takes(int offered) const { return offered > rank; }
  void set(int offered, std::string text) {
    if (text.empty()) return;
    value = std::move(text);
    rank = offered;
  }
};

struct RankedTime {
  std::optional<Millis> at;
  int rank = 0;
};

/// The children of `feed` (a channel or an Atom feed) that are about the feed: title, link, language, ttl, skip.
void read_feed_fields(const Source& source, const pugi::xml_node& feed_element, ParsedFeed& feed);
/// Fills `item`, which is empty.
void read_entry(const Source& source, const pugi::xml_node& entry, Item& item);

}  // namespace tocsin
