#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/format.hpp"
#include "feeds/xml_entries.hpp"

namespace tocsin {

namespace {
bool is_old(const pugi::xml_node& root) {
  if (const auto version = trim(attribute(root, "version")); !version.empty()) return version.starts_with("0.");
  for (const auto& a : root.attributes())
    if (std::string_view(a.name()).starts_with("xmlns") &&
        std::string_view(a.value()).find("purl.org/atom/ns") != std::string_view::npos)
      return true;
  return false;
}
}  // namespace

bool claims_atom(const Source& source) {
  if (!source.xml) return false;
  const auto name = local_name(source.xml->name());
  return equal_ascii_nocase(name, "feed") || equal_ascii_nocase(name, "entry");
}

void read_atom(const Source& source, ParsedFeed& feed) {
  feed.format = is_old(*source.xml) ? "atom0.3" : "atom1.0";
  const bool lone_entry = equal_ascii_nocase(local_name(source.xml->name()), "entry");
  read_entries(source, lone_entry ? source.xml->parent() : *source.xml, feed);
}

}  // namespace tocsin
