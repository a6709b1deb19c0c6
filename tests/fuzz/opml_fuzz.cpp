// Any bytes as a list of feeds and as a web page that names feeds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "feeds/discovery.hpp"
#include "feeds/opml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto list = tocsin::read_opml(bytes);
  if (!list.is_opml && list.notes.empty()) std::abort();
  const auto again = tocsin::read_opml(tocsin::write_opml(list.title, list.feeds, 0));
  if (again.feeds.size() > list.feeds.size()) std::abort();
  for (const auto& link : tocsin::feed_links(bytes, "", "https://a.example/"))
    if (link.url.empty()) std::abort();
  return 0;
}
