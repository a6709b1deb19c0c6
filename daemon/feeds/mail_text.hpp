// The words that the writer of a mail wrote: of its MIME parts the readable one, without what was quoted or is the same
// in every mail. Pure, bounded, safe on any bytes. For the mail readers in feeds/.
#pragma once
#include <string>
#include <string_view>

#include "feeds/mail_headers.hpp"

namespace tocsin {

/// text/plain before text/html; attachments are left alone. "" when there is nothing to read. RFC 2046, 3676.
std::string readable_text(const MailHeaders& headers, std::string_view body);

/// Without quotes of an earlier mail, the lines that introduce them, the signature and what phones add. A mail that
/// holds nothing else keeps its words. What was forwarded is kept: it is the report.
std::string own_words(std::string_view text);

/// Without "Re:", "TR :", "Fwd:" before it, however many.
std::string bare_subject(std::string_view subject);

}  // namespace tocsin
