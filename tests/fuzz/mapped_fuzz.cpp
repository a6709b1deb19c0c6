// Any bytes as a document of a mapped source: a table, JSON or a web page, packed or not. The first byte chooses the
// mapping.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "feeds/mapping.hpp"
#include "feeds/parse.hpp"

namespace {
tocsin::Mapping json() {
  tocsin::Mapping m;
  m.kind = "json";
  m.items = "data.items";
  m.feed_title = "meta.name";
  m.id = "id";
  m.title = "{attributes.headline}: {attributes.tags[]|lower}";
  m.text = "attributes.body";
  m.published = "attributes.when";
  m.lat = "where.lat";
  m.lon = "where.lng";
  return m;
}

tocsin::Mapping page() {
  tocsin::Mapping m;
  m.kind = "html";
  m.items = "tr[data-code], li, div > p:nth-child(2)";
  m.id = "@data-code";
  m.title = "{td:first-child}: {td.level}";
  m.text = "*";
  m.link = "a@href";
  return m;
}

std::array<tocsin::Mapping, 5> mappings() {
  std::array<tocsin::Mapping, 5> all{json(), page()};
  all[2].preset = "gdelt";
  all[3].preset = "acled";
  all[4].preset = "telegram";
  return all;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kMappings = mappings();
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto feed = tocsin::parse_feed(bytes, {"https://x.example/", "", 0, &kMappings[data[0] % kMappings.size()]});
  if (feed.format.empty() && (feed.notes.empty() || !feed.items.empty())) std::abort();
  for (const auto& item : feed.items) {
    bool mended = false;
    tocsin::valid_utf8(item.title + item.text + item.link + item.id, &mended);
    if (mended || item.id.empty() || (item.title.empty() && item.text.empty())) std::abort();
  }
  return 0;
}
