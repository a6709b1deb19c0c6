// Unpacks feeds that are gzip files without saying so (several servers send them to everybody). net/ only. Pure.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tocsin {

/// True for the magic bytes of RFC 1952.
[[nodiscard]] bool looks_gzip(std::string_view bytes);

/// All members of the file, at most `most` bytes; an error when it is larger, damaged or cut short.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t most);

}  // namespace tocsin
