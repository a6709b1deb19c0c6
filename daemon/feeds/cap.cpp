// A CAP alert that is the whole document (docs.oasis-open.org/emergency/cap/v1.2).
#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/cap_fields.hpp"
#include "feeds/format.hpp"

namespace tocsin {

namespace {
std::string version_of(const Source& source) {
  for (const auto& a : source.xml->attributes())
    for (const std::string_view version : {"1.0", "1.1", "1.2"})
      if (std::string_view(a.name()).starts_with("xmlns") && std::string_view(a.value()).ends_with(version))
        return "cap" + std::string(version);
  return "cap1.2";
}
}  // namespace

bool claims_cap(const Source& source) {
  return source.xml && equal_ascii_nocase(local_name(source.xml->name()), "alert") &&
         (source.names->of(*source.xml).vocabulary == Vocabulary::cap || source.xml->child("identifier"));
}

void read_cap(const Source& source, ParsedFeed& feed) {
  feed.format = version_of(source);
  CapReader reader;
  reader.read_alert(source, *source.xml);
  auto& item = feed.items.emplace_back();
  reader.finish(item);
  feed.title = item.cap ? item.cap->sender : std::string();
  feed.language = item.language;
}

}  // namespace tocsin
