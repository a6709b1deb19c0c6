// Markup to the words a reader would see. Pure, linear in the input, safe on any bytes. For the readers in feeds/.
#pragma once
#include <string>
#include <string_view>

namespace tocsin {

inline constexpr std::size_t kLongestText = 64 << 10;  // bytes of one text; what follows is left out

/// Cuts the end off between two letters, so that at most `most` bytes are left, and gives its memory back.
void cut_text(std::string& utf8, std::size_t most);

/// Tags removed, character references decoded, scripts, styles and comments dropped; paragraphs and other blocks stand
/// on lines of their own, other white space is one blank. What was escaped twice is decoded twice.
std::string html_to_text(std::string_view html);

}  // namespace tocsin
