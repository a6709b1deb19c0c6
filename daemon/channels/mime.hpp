// The text formats of mail, built so that no text can end a line, a header or the message. Pure. For channels/ only.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

/// RFC 2045, section 6.7: lines of at most 76 characters ending in CRLF. Line ends of the text become CRLF; a dot or
/// "From " at the start of a line is encoded, so that neither SMTP nor a mailbox file can take it for its own.
std::string quoted_printable(std::string_view utf8);

/// The value of an unstructured header, "Name: value" CRLF: folded below 78 characters, RFC 2047 encoded-words where it
/// is not plain ASCII. Controls become blanks.
std::string header(std::string_view name, std::string_view value);

/// "Name <local@domain>" or "local@domain" (RFC 5322, section 3.4, ASCII dot-atoms only).
struct Mailbox {
  std::string name, address;
};
std::optional<Mailbox> parse_mailbox(std::string_view text);
/// With the name as quoted string or encoded-words; safe in an address header.
std::string mailbox_text(const Mailbox& mailbox);

}  // namespace tocsin
