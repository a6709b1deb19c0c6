// The bytes of a document as UTF-8. Pure (iconv keeps no state between calls). For feeds/ only.
#pragma once
#include <string>
#include <string_view>

#include "feeds/notes.hpp"

namespace tocsin {

/// Order of belief: byte order mark, HTTP charset, XML declaration, valid UTF-8, then a guess. The labels iso-8859-1
/// and us-ascii mean windows-1252 (WHATWG Encoding). Bytes that fit nowhere are read as windows-1252, so that smart
/// quotes in a UTF-8 feed survive. NUL and control characters become blanks. Always valid UTF-8; what was wrong stands
/// in `notes`.
std::string to_utf8(std::string_view bytes, std::string_view content_type, Notes& notes);
/// The same without a copy: a part of `bytes` where nothing has to change, else `changed`, which is empty before.
std::string_view to_utf8(std::string_view bytes, std::string_view content_type, Notes& notes, std::string& changed);

}  // namespace tocsin
