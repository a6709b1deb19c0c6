#include <pugixml.hpp>
#include <string>

#include "base/text.hpp"
#include "feeds/format.hpp"
#include "feeds/xml_entries.hpp"

namespace tocsin {

namespace {
/// "2.0.1" and " 2.0" are 2.0; whatever has no version is read as 2.0, which it always is in practice.
std::string format_name(const pugi::xml_node& root) {
  const auto version = trim(attribute(root, "version"));
  for (const std::string_view known : {"0.90", "0.91", "0.92", "0.93", "0.94", "1.0", "1.1"})
    if (version.starts_with(known)) return "rss" + std::string(known);
  return "rss2.0";
}
}  // namespace

bool claims_rss(const Source& source) {
  if (!source.xml) return false;
  const auto name = local_name(source.xml->name());
  return equal_ascii_nocase(name, "rss") || equal_ascii_nocase(name, "channel") || equal_ascii_nocase(name, "item");
}

void read_rss(const Source& source, ParsedFeed& feed) {
  feed.format = format_name(*source.xml);
  const bool lone_item = equal_ascii_nocase(local_name(source.xml->name()), "item");
  read_entries(source, lone_item ? source.xml->parent() : *source.xml, feed);
}

}  // namespace tocsin
