// A mail (RFC 5322) as the report of a person: who wrote it, whether our mail server vouches for that, and what it
// says. Pure and total: any bytes give a MailReport. For app/.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/feed.hpp"

namespace tocsin {

struct MailReport {
  std::string from;            // address in lower case; "" when the mail names none or several
  std::string authentication;  // the topmost Authentication-Results header
  std::string automatic;       // why no person wrote this: an absence note, a bounce, an alert of Tocsin; "" = one did
  Item item;                   // id from Message-ID, else a hash; `published` from Date:
};

/// Subject and text in UTF-8; of the parts the readable one, without quotes and signature; attachments are not read.
MailReport read_mail(std::string_view bytes);

/// Whether the mail server `host` says that the address in From: is true: DMARC passed, or DKIM or SPF passed for its
/// domain, or the writer logged in as this address (RFC 8601). Only the topmost header counts: those below it may have
/// come with the mail. The error says what is missing.
Result<void> vouched_for(const MailReport& mail, std::string_view host);

}  // namespace tocsin
