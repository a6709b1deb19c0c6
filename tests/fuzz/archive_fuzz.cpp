// Any bytes as a packed document: unpacked within the bound, or refused in words.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "feeds/archive.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tocsin::Notes notes;
  const auto text = tocsin::unpacked({reinterpret_cast<const char*>(data), size}, notes);
  if (text && (text->size() > tocsin::kMaxUnpacked || (notes.has_errors() && !text->empty()))) std::abort();
  return 0;
}
