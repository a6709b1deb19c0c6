// Any bytes as a feed document. The first byte chooses how the server labelled it.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "feeds/dates.hpp"
#include "feeds/freshness.hpp"
#include "feeds/parse.hpp"

namespace {
constexpr std::array<const char*, 6> kTypes{"",
                                            "text/xml",
                                            "text/xml; charset=utf-16",
                                            "text/html; charset=windows-1251",
                                            "application/json",
                                            "text/xml; charset=shift_jis"};

/// What every caller relies on, whatever the bytes.
void expect(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto feed = tocsin::parse_feed(bytes, {"https://feed.example/x/", kTypes[data[0] % kTypes.size()], 0});
  expect(!feed.format.empty() || !feed.notes.empty());
  for (const auto& item : feed.items) {
    bool mended = false;
    tocsin::valid_utf8(item.title + item.text + item.link + item.id, &mended);
    expect(!item.id.empty() && !mended);
  }
  tocsin::parse_date(bytes);
  const auto identified = tocsin::identify(std::move(feed.items));
  const auto fresh = tocsin::keep_new(identified, {true, 0}, {}, 1726549800000);
  expect(tocsin::keep_new(identified, {false, 1726549800000}, fresh.seen, 1726549900000).items.size() <=
         identified.size());
  return 0;
}
