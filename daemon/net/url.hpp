// Addresses of the web as curl reads them, so that what we judge is what it connects to. net/ only. Pure.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tocsin {

struct Url {
  std::string text;    // complete and encoded, with user name and password if it had them, without fragment
  std::string shown;   // the same without user name and password: for messages, logs and final_url
  std::string scheme;  // lower case
  std::string host;    // lower case; numeric IPv4 in any spelling becomes dotted decimal; IPv6 in brackets
  std::string port;    // "" when it is the scheme's own
};

/// The error never repeats `text`, which may hold a password.
Result<Url> parse_url(const std::string& text);
/// Where `location` (absolute or relative, RFC 3986 section 5) leads from `base`.
Result<Url> resolve(const Url& base, const std::string& location);

/// One politeness lane: the host, and the port when it is unusual.
std::string lane(const Url& url);

/// The next hop of a redirect, or why we do not go: another scheme than http and https, or from https down to http.
Result<Url> next_hop(const Url& from, const std::string& location);

}  // namespace tocsin
