// Any bytes as a mail and as what a program posts. The first byte chooses the form.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "feeds/message.hpp"
#include "feeds/posted.hpp"

namespace {
/// What every caller relies on, whatever the bytes.
void expect_clean(const tocsin::Item& item) {
  bool mended = false;
  tocsin::valid_utf8(item.title + item.text + item.id, &mended);
  if (mended || item.title.find('\n') != std::string::npos) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 3 == 0) {
    const auto mail = tocsin::read_mail(bytes);
    if (mail.item.id.empty()) std::abort();
    expect_clean(mail.item);
    (void)tocsin::vouched_for(mail, "mx.example.org");
    return 0;
  }
  if (const auto posted = tocsin::read_posted(bytes, data[0] % 3 == 1 ? "application/json" : "text/plain"))
    for (const auto& item : posted->items) expect_clean(item);
  return 0;
}
