#include "base/fold.hpp"

#include <cstddef>

#include "base/text.hpp"

namespace tocsin {

namespace {
// kFoldPage[code point >> 8] is a page number; kFoldEntry[page * 256 + low byte] is an offset into kFoldText, whose
// first byte there is a length. Entry 0 means: the code point stands for itself.
#include "base/fold_table.inc"
}  // namespace

void append_folded(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return;
  }
  const std::uint16_t entry = (c >> 8) < kFoldPages ? kFoldEntry[kFoldPage[c >> 8] * 256u + (c & 0xFF)] : 0;
  if (entry == 0) {
    append_utf8(out, c);
    return;
  }
  const auto* text = kFoldText + entry;
  out.append(reinterpret_cast<const char*>(text + 1), *text);
}

std::string fold(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t pos = 0; pos < s.size();) append_folded(out, next_code_point(s, pos));
  return out;
}

Folded fold_with_offsets(std::string_view s) {
  Folded folded;
  folded.text.reserve(s.size());
  folded.source.reserve(s.size() + 1);
  for (std::size_t pos = 0; pos < s.size();) {
    const auto start = static_cast<std::uint32_t>(pos);
    append_folded(folded.text, next_code_point(s, pos));
    folded.source.resize(folded.text.size(), start);
  }
  folded.source.push_back(static_cast<std::uint32_t>(s.size()));
  return folded;
}

}  // namespace tocsin
