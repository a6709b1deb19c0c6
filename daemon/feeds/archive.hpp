// Documents that come packed: ZIP (GDELT, ACLED) and gzip that nobody asked for. Pure; bounded. For parse.cpp only.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "feeds/notes.hpp"

namespace tocsin {

inline constexpr std::size_t kMaxUnpacked = 32u << 20;

/// The first document in the packed bytes; nullopt when they are not packed. What is damaged, encrypted or grows beyond
/// kMaxUnpacked gives an empty text and an error.
/// Source: PKWARE APPNOTE 6.3.9; RFC 1952.
std::optional<std::string> unpacked(std::string_view bytes, Notes& notes);

}  // namespace tocsin
