// Feeds that are not quite XML, made well-formed without losing words. Only called when the strict parser gave up.
#pragma once
#include <string>
#include <string_view>

#include "feeds/notes.hpp"

namespace tocsin {

/// A balanced document: stray and missing end tags, unquoted attributes, a bare "<", an unclosed CDATA section or
/// comment, HTML void elements, a cut-off end. Elements deeper than `max_depth` lose their tags, not their text. Linear
/// in the input.
std::string mended_xml(std::string_view xml, std::size_t max_depth, Notes& notes);

}  // namespace tocsin
