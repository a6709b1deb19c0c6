// Which addresses the daemon may connect to. A feed, a redirect or a name server of somebody else chooses where we
// connect, so every address is judged after the name was resolved and before the socket exists. Pure; net/ asks it for
// every connection. Sources: the IANA special-purpose registries (RFC 6890) and the documents named at each row.
#pragma once
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace tocsin {

enum class AddressKind {
  global,        // the public Internet
  loopback,      // this machine
  private_use,   // RFC 1918, carrier-grade NAT (RFC 6598), unique local (RFC 4193)
  link_local,    // RFC 3927, RFC 4291
  metadata,      // cloud services that hand out credentials
  unspecified,   // 0.0.0.0/8 and ::, which Linux connects to itself
  multicast,     // also broadcast
  tunnel,        // 6to4, Teredo, local-use NAT64: an IPv4 address hides inside
  reserved,      // documentation, benchmarks, everything not handed out
  not_internet,  // unix sockets and other families
};

/// The kind of the address itself. IPv4 inside ::ffff:0:0/96 (mapped) or 64:ff9b::/96 (NAT64, RFC 6052) is judged as
/// IPv4.
[[nodiscard]] AddressKind address_kind(const sockaddr& address);

/// Of a host as net/url.hpp spells it: a numeric address, or a name that is always this machine (RFC 6761). nullopt for
/// other names, which must be resolved first.
[[nodiscard]] std::optional<AddressKind> kind_of_host(const std::string& host);

/// Global always; loopback, private and link-local only when an admin named the host; the rest never.
[[nodiscard]] bool may_connect(AddressKind kind, bool allow_private);

/// "a loopback address", for messages.
[[nodiscard]] std::string_view words(AddressKind kind);

}  // namespace tocsin
