// Any bytes under any label as text, and that text as HTML: always valid UTF-8 without control characters.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "feeds/charset.hpp"
#include "feeds/html_text.hpp"

namespace {
constexpr std::array<const char*, 10> kLabels{"",          "utf-8",   "utf-16", "iso-8859-1",  "windows-1251",
                                              "shift_jis", "gb18030", "euc-kr", "iso-2022-jp", "klingon"};

void expect_valid(std::string_view text) {
  bool mended = false;
  tocsin::valid_utf8(text, &mended);
  if (mended || text.find('\0') != std::string_view::npos) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  tocsin::Notes notes;
  const std::string type = std::string("text/xml; charset=") + kLabels[data[0] % kLabels.size()];
  const auto text = tocsin::to_utf8({reinterpret_cast<const char*>(data) + 1, size - 1}, type, notes);
  expect_valid(text);
  expect_valid(tocsin::html_to_text(text));
  return 0;
}
