// Mapped sources whose address is a list of documents, such as GDELT's lastupdate.txt: which document to read. Pure.
// For app/, which fetches.
#pragma once
#include <string>
#include <string_view>

#include "model/feed.hpp"

namespace tocsin {

/// The pattern of the document's address, from the mapping or its preset; "" when the feed's address is the document.
std::string index_pattern(const Mapping& mapping);

/// The last address in `index` (text, JSON or a web page) that fits `pattern` as a whole, where "*" stands for
/// anything; seen from `base`, and by https when that was https. "" when none fits: then this is no index, but perhaps
/// the document.
std::string indexed_address(std::string_view index, std::string_view pattern, std::string_view base);

}  // namespace tocsin
