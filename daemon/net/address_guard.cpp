#include "net/address_guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace tocsin {
namespace {

struct Block4 {
  std::uint32_t network;
  int bits;
  AddressKind kind;
};

constexpr std::uint32_t ip(unsigned a, unsigned b, unsigned c, unsigned d) {
  return a << 24 | b << 16 | c << 8 | d;
}

// First match decides.
constexpr std::array kBlocks4 = {
    Block4{ip(169, 254, 169, 254), 32, AddressKind::metadata},  // AWS, Google, Azure, and most others
    Block4{ip(169, 254, 170, 0), 24, AddressKind::metadata},    // AWS container credentials
    Block4{ip(100, 100, 100, 200), 32, AddressKind::metadata},  // Alibaba
    Block4{ip(168, 63, 129, 16), 32, AddressKind::metadata},    // Azure host agent, a public address
    Block4{ip(192, 0, 0, 192), 32, AddressKind::metadata},      // Oracle
    Block4{ip(0, 0, 0, 0), 8, AddressKind::unspecified},        // RFC 1122
    Block4{ip(127, 0, 0, 0), 8, AddressKind::loopback},         // RFC 1122
    Block4{ip(10, 0, 0, 0), 8, AddressKind::private_use},       // RFC 1918
    Block4{ip(172, 16, 0, 0), 12, AddressKind::private_use},
    Block4{ip(192, 168, 0, 0), 16, AddressKind::private_use},
    Block4{ip(100, 64, 0, 0), 10, AddressKind::private_use},     // RFC 6598, behind carrier NAT
    Block4{ip(169, 254, 0, 0), 16, AddressKind::link_local},     // RFC 3927
    Block4{ip(192, 0, 0, 0), 24, AddressKind::reserved},         // RFC 6890
    Block4{ip(192, 0, 2, 0), 24, AddressKind::reserved},         // documentation, RFC 5737
    Block4{ip(198, 51, 100, 0), 24, AddressKind::reserved},      // documentation
    Block4{ip(203, 0, 113, 0), 24, AddressKind::reserved},       // documentation
    Block4{ip(198, 18, 0, 0), 15, AddressKind::reserved},        // benchmarks, RFC 2544
    Block4{ip(192, 88, 99, 0), 24, AddressKind::tunnel},         // 6to4 relays, RFC 7526
    Block4{ip(224, 0, 0, 0), 4, AddressKind::multicast},         // RFC 5771
    Block4{ip(255, 255, 255, 255), 32, AddressKind::multicast},  // broadcast
    Block4{ip(240, 0, 0, 0), 4, AddressKind::reserved},          // RFC 1112
};

using Bytes6 = std::array<std::uint8_t, 16>;

struct Block6 {
  Bytes6 network;
  int bits;
  AddressKind kind;
};

// First match decides; what matches nothing and is not in 2000::/3 is not handed out.
constexpr std::array kBlocks6 = {
    Block6{{0xfd, 0x00, 0x0e, 0xc2}, 32, AddressKind::metadata},  // AWS
    Block6{{0xfd, 0x20, 0x00, 0xce}, 32, AddressKind::metadata},  // Google
    Block6{{}, 128, AddressKind::unspecified},
    Block6{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, AddressKind::loopback},
    Block6{{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, AddressKind::tunnel},  // local-use NAT64, RFC 8215
    Block6{{0xfc}, 7, AddressKind::private_use},                            // RFC 4193
    Block6{{0xfe, 0x80}, 10, AddressKind::link_local},
    Block6{{0xfe, 0xc0}, 10, AddressKind::private_use},  // site-local, RFC 3879
    Block6{{0xff}, 8, AddressKind::multicast},
    Block6{{0x20, 0x02}, 16, AddressKind::tunnel},                // 6to4, RFC 3056
    Block6{{0x20, 0x01, 0x00, 0x00}, 32, AddressKind::tunnel},    // Teredo, RFC 4380
    Block6{{0x20, 0x01, 0x00}, 23, AddressKind::reserved},        // IETF protocols, RFC 2928
    Block6{{0x20, 0x01, 0x0d, 0xb8}, 32, AddressKind::reserved},  // documentation, RFC 3849
    Block6{{0x3f, 0xff, 0x00}, 20, AddressKind::reserved},        // documentation, RFC 9637
    Block6{{0x20}, 3, AddressKind::global},
};

constexpr Bytes6 kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr Bytes6 kNat64 = {0x00, 0x64, 0xff, 0x9b};

bool within(const Bytes6& address, const Bytes6& network, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (std::memcmp(address.data(), network.data(), whole) != 0) return false;
  if (bits % 8 == 0) return true;
  const int mask = 0xff << (8 - bits % 8) & 0xff;
  return (address[whole] & mask) == (network[whole] & mask);
}

AddressKind kind4(std::uint32_t address) {
  for (const Block4& block : kBlocks4)
    if ((address ^ block.network) >> (32 - block.bits) == 0) return block.kind;
  return AddressKind::global;
}

AddressKind kind6(const Bytes6& address) {
  if (within(address, kMapped, 96) || within(address, kNat64, 96))
    return kind4(ip(address[12], address[13], address[14], address[15]));
  for (const Block6& block : kBlocks6)
    if (within(address, block.network, block.bits)) return block.kind;
  return AddressKind::reserved;
}

}  // namespace

AddressKind address_kind(const sockaddr& address) {
  if (address.sa_family == AF_INET) return kind4(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
  if (address.sa_family != AF_INET6) return AddressKind::not_internet;
  Bytes6 bytes;
  std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, bytes.size());
  return kind6(bytes);
}

std::optional<AddressKind> kind_of_host(const std::string& host) {
  const std::string name = host.substr(0, host.find_last_not_of('.') + 1);
  if (name == "localhost" || name.ends_with(".localhost")) return AddressKind::loopback;
  sockaddr_storage storage{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, name.c_str(), &v4.sin_addr) == 1)
    storage.ss_family = AF_INET;
  else if (name.starts_with('[') &&
           inet_pton(AF_INET6, name.substr(1, name.find_first_of("%]") - 1).c_str(), &v6.sin6_addr) == 1)
    storage.ss_family = AF_INET6;
  else
    return std::nullopt;
  return address_kind(reinterpret_cast<const sockaddr&>(storage));
}

bool may_connect(AddressKind kind, bool allow_private) {
  switch (kind) {
    case AddressKind::global:
      return true;
    case AddressKind::loopback:
    case AddressKind::private_use:
    case AddressKind::link_local:
      return allow_private;
    default:
      return false;
  }
}

std::string_view words(AddressKind kind) {
  switch (kind) {
    case AddressKind::global:
      return "a public address";
    case AddressKind::loopback:
      return "a loopback address";
    case AddressKind::private_use:
      return "a private address";
    case AddressKind::link_local:
      return "a link-local address";
    case AddressKind::metadata:
      return "a cloud metadata service";
    case AddressKind::unspecified:
      return "the unspecified address";
    case AddressKind::multicast:
      return "a multicast address";
    case AddressKind::tunnel:
      return "an IPv4 address in a tunnel address";
    case AddressKind::reserved:
      return "a reserved address";
    case AddressKind::not_internet:
      return "no Internet address";
  }
  return "an unknown address";
}

}  // namespace tocsin
