// The date as mails, feeds and lists of feeds write it. For every room that writes such a document; what others wrote
// is read in feeds/dates.hpp.
#pragma once
#include <string>

#include "base/time.hpp"

namespace tocsin {

/// "Tue, 17 Sep 2024 05:10:00 +0000" (RFC 5322, section 3.3).
std::string mail_date(Millis at);

}  // namespace tocsin
