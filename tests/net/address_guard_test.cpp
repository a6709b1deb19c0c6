#include "net/address_guard.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <string>

namespace tocsin {
namespace {

AddressKind kind(const std::string& text) {
  sockaddr_storage storage{};
  if (inet_pton(AF_INET, text.c_str(), &reinterpret_cast<sockaddr_in&>(storage).sin_addr) == 1)
    storage.ss_family = AF_INET;
  else if (inet_pton(AF_INET6, text.c_str(), &reinterpret_cast<sockaddr_in6&>(storage).sin6_addr) == 1)
    storage.ss_family = AF_INET6;
  else
    ADD_FAILURE() << text << " is no address";
  return address_kind(reinterpret_cast<const sockaddr&>(storage));
}

struct Row {
  AddressKind kind;
  const char* addresses[13];  // up to a null
};

constexpr Row kRows[] = {
    {AddressKind::global,
     {"1.1.1.1", "8.8.8.8", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
      "198.17.255.255", "198.20.0.0", "223.255.255.255", "192.0.1.0"}},
    {AddressKind::global,
     {"2600::1", "2001:4860:4860::8888", "2a00::1", "2001:200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"}},
    {AddressKind::loopback, {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"}},
    {AddressKind::private_use,
     {"10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255",
      "::ffff:192.168.1.1", "64:ff9b::a00:1", "fc00::1", "fdff::1", "fec0::1"}},
    {AddressKind::link_local, {"169.254.0.1", "169.254.255.255", "fe80::1", "febf::1", "::ffff:169.254.1.1"}},
    {AddressKind::metadata,
     {"169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "169.254.170.2", "100.100.100.200",
      "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"}},
    {AddressKind::unspecified, {"0.0.0.0", "0.255.255.255", "::", "::ffff:0.0.0.0"}},
    {AddressKind::multicast, {"255.255.255.255", "224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"}},
    {AddressKind::tunnel,
     {"2002:7f00:1::", "2002:808:808::1", "2001::1", "2001:0:808:808::1", "64:ff9b:1::7f00:1", "192.88.99.1"}},
    {AddressKind::reserved,
     {"192.0.0.1", "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "198.19.255.255", "240.0.0.1",
      "2001:db8::1", "2001:2::1", "3fff::1", "::127.0.0.1"}},
    {AddressKind::reserved,
     {"100::1", "5f00::1", "4000::1", "::2", "fe00::1", "64:ff9a::1", "1::", "::ffff:0:7f00:1", "2001:10::1"}},
};

}  // namespace

TEST(AddressGuard, knows_the_kind_of_each_address_at_the_edges_of_its_block) {
  for (const Row& row : kRows)
    for (const char* const* address = row.addresses; *address != nullptr; ++address)
      EXPECT_EQ(words(kind(*address)), words(row.kind)) << *address;
}

TEST(AddressGuard, only_public_addresses_may_be_connected_to_unless_an_admin_named_the_host) {
  EXPECT_TRUE(may_connect(AddressKind::global, false));
  for (const auto lan : {AddressKind::loopback, AddressKind::private_use, AddressKind::link_local}) {
    EXPECT_FALSE(may_connect(lan, false));
    EXPECT_TRUE(may_connect(lan, true));
  }
}

TEST(AddressGuard, nobody_may_name_metadata_services_tunnels_or_what_is_no_host) {
  for (const auto never : {AddressKind::metadata, AddressKind::unspecified, AddressKind::multicast, AddressKind::tunnel,
                           AddressKind::reserved, AddressKind::not_internet})
    EXPECT_FALSE(may_connect(never, true)) << words(never);
}

TEST(AddressGuard, a_unix_socket_is_no_internet_address) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  EXPECT_EQ(address_kind(reinterpret_cast<const sockaddr&>(address)), AddressKind::not_internet);
}

}  // namespace tocsin
