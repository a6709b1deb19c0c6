// How mail carries bytes and foreign letters in seven bits (RFC 2045, 2047). Pure, linear, safe on any bytes. For the
// mail readers in feeds/.
#pragma once
#include <string>
#include <string_view>

namespace tocsin {

/// RFC 2045, 6.8; what is no digit of it is skipped, as the RFC demands.
std::string from_base64(std::string_view text);
/// RFC 2045, 6.7; an escape that is none stays as it is. `underscore_is_blank` is the variant of headers.
std::string from_quoted_printable(std::string_view text, bool underscore_is_blank = false);
/// The bytes of one label ("iso-8859-1", "utf-8*fr") as UTF-8; an unknown label is guessed, as in feeds.
std::string in_utf8(std::string_view bytes, std::string_view charset);
/// A header's value with its encoded words decoded (RFC 2047), on one line, in UTF-8. A letter that a mailer cut in two
/// between words of one charset is put together again.
std::string decoded_words(std::string_view value);

}  // namespace tocsin
