#include "feeds/xml_entries.hpp"

#include <pugixml.hpp>
#include <string>

#include "feeds/xml_fields.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kUsualItems = 32;  // so that most feeds move no item twice
}

void read_entries(const Source& source, const pugi::xml_node& container, ParsedFeed& feed) {
  for (const auto& child : container.children()) {
    if (child.type() != pugi::node_element) continue;
    const Name name = source.names->of(child);
    if (name.is(Vocabulary::core, "item") || name.is(Vocabulary::core, "entry")) {
      if (feed.items.size() == kMaxItems)
        return source.notes.mended("F032",
                                   "more than " + std::to_string(kMaxItems) + " items; the rest was left unread");
      if (feed.items.empty()) feed.items.reserve(kUsualItems);
      feed.items.push_back(read_entry(source, child));
    } else if (name.is(Vocabulary::core, "channel") || name.is(Vocabulary::core, "items")) {
      read_entries(source, child, feed);
    }
  }
  read_feed_fields(source, container, feed);
}

}  // namespace tocsin
