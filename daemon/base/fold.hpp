// Folding: one spelling for what a reader takes for the same word. Lower case; marks stripped after Latin and Greek
// only (they matter in Cyrillic); Arabic alef, yeh and teh marbuta forms unified, tashkeel and tatweel dropped;
// compatibility forms (fullwidth, ligatures) and typographic quotes, dashes and spaces made plain. The table is made
// from Unicode data at build time (packaging/codegen/make_fold_table.cpp).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// Appends the folded form of one code point (possibly nothing) to `out`.
void append_folded(std::string& out, char32_t code_point);
std::string fold(std::string_view utf8);

/// `source[i]` is the byte offset in the original of the code point that gave folded byte i; one entry more for the
/// end.
struct Folded {
  std::string text;
  std::vector<std::uint32_t> source;
};
Folded fold_with_offsets(std::string_view utf8);

}  // namespace tocsin
