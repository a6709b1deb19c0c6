// Character references of HTML and the windows-1252 letters behind them. For the readers in feeds/.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin {

/// `text` begins with '&'. Appends what the reference stands for and returns its length in bytes; 0, with nothing
/// appended, when this is no reference (a bare '&'). Source: WHATWG HTML, 13.2.5.72, with its windows-1252 rule for
/// 128..159.
std::size_t append_entity(std::string& out, std::string_view text);

/// The code point that byte 0x80..0x9F means in windows-1252; the byte itself where that code page has a hole.
char32_t windows_1252(unsigned char byte);

}  // namespace tocsin
