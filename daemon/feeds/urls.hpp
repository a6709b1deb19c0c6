// Addresses inside feeds: made absolute for people, made canonical for identity. Pure. For feeds/; app/ asks for the
// host of a feed and whether an address is known.
#pragma once
#include <string>
#include <string_view>

namespace tocsin {

/// `reference` seen from `base` (RFC 3986, section 5.2). Returned as it is when it is absolute already or `base` is
/// not.
std::string resolve_url(std::string_view base, std::string_view reference);

/// The same page under one spelling: no scheme, "www.", tracking parameters (utm_*, at_*, xtor, fbclid ...), revision
/// numbers in the fragment ("#3"), trailing slash or upper case in the host. A key for comparison, not an address to
/// open.
std::string canonical_link(std::string_view url);

/// Whether this is an http or https address with a host.
bool is_web_address(std::string_view url);

/// The host in lower case, without user and port; an IPv6 address keeps its brackets. "" where there is none.
std::string host_of(std::string_view url);

}  // namespace tocsin
