// Unpacks deflated bytes, within a bound: gzip files, whoever sends them, and the members of ZIP files. Anybody may
// call. Pure.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tocsin {

/// True for the magic bytes of a gzip member (RFC 1952, 2.3.1).
[[nodiscard]] bool looks_gzip(std::string_view bytes);

/// All members of the file, at most `most` bytes; an error when it is larger, damaged or cut short. What is no member
/// after the last one is padding and left out.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t most);

/// One deflate stream without header and trailer (RFC 1951), as ZIP files hold them; errors as above.
[[nodiscard]] Result<std::string> inflate_raw(std::string_view bytes, std::size_t most);

}  // namespace tocsin
