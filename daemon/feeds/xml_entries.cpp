#include "feeds/xml_entries.hpp"

#include <pugixml.hpp>
#include <string>

#include "feeds/xml_fields.hpp"

namespace tocsin {

namespace {
/// So that no item is moved: an item is large, and its siblings are hardly anything but items.
std::size_t siblings_after(const pugi::xml_node& entry) {
  std::size_t count = 0;
  for (auto next = entry.next_sibling(); next && count < kMaxItems; next = next.next_sibling()) ++count;
  return count;
}
}  // namespace

void read_entries(const Source& source, const pugi::xml_node& container, ParsedFeed& feed) {
  for (auto child = container.first_child(); child; child = child.next_sibling()) {
    if (child.type() != pugi::node_element) continue;
    const Name name = source.names->of(child);
    if (name.is(Vocabulary::core, "item") || name.is(Vocabulary::core, "entry")) {
      if (feed.items.size() == kMaxItems)
        return source.notes.mended("F032",
                                   "more than " + std::to_string(kMaxItems) + " items; the rest was left unread");
      if (feed.items.empty()) feed.items.reserve(1 + siblings_after(child));
      read_entry(source, child, feed.items.emplace_back());
    } else if (name.is(Vocabulary::core, "channel") || name.is(Vocabulary::core, "items")) {
      read_entries(source, child, feed);
    }
  }
  read_feed_fields(source, container, feed);
}

}  // namespace tocsin
