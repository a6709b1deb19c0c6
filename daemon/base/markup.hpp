// Text as the content of XML or HTML. For every room that writes a document of its own.
#pragma once
#include <string>
#include <string_view>

namespace tocsin {

/// `utf8` with "&", "<", ">" and the double quote as references: between tags and in an attribute in double quotes it
/// stands for itself. Controls are the caller's: see printable() and one_line().
std::string escaped_markup(std::string_view utf8);

}  // namespace tocsin
