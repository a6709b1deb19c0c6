// Who may tell us things by hand, and over which doors. Values only; read by settings/.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace tocsin {

/// Where we listen: an address with a port, or the path of a Unix socket.
struct ListenAddress {
  std::string host;  // "127.0.0.1" or "::1", never a name; "" for a Unix socket
  std::uint16_t port = 0;
  std::string path;  // absolute
  bool operator==(const ListenAddress&) const = default;
};

/// The door for programs: POST /reports.
struct HttpDoor {
  std::string listen;                   // as written
  ListenAddress address;                // as understood
  std::int64_t max_size = 64 << 10;     // bytes of one request's body
  std::int64_t requests_per_hour = 60;  // of one sender
};

/// The door for people: a mailbox that is read over IMAP.
struct MailDoor {
  std::string url;  // imaps://host/MAILBOX or imap://
  std::string user, password;
  std::string ca_file;      // "" = the system's store
  bool require_tls = true;  // STARTTLS on imap://
  Millis interval = kMinute;
  std::int64_t max_size = 256 << 10;   // bytes of one mail that are read
  std::string authentication_results;  // the host whose header of that name is believed (RFC 8601); "none" = nobody's
};

/// A role that reports, with the Admiralty letter that its reports carry.
struct Sender {
  std::string id;
  std::string title;
  std::string language;
  std::string publisher;  // family: reports of one family never confirm each other
  char reliability = 'F';
  std::vector<std::string> countries, tags;
  std::vector<std::string> addresses;  // of mails, in lower case
  std::string token_hash;              // SHA-256 of the token in hexadecimal, "" = may not post
};

struct Inbound {
  std::optional<HttpDoor> http;
  std::optional<MailDoor> mail;
  std::vector<Sender> senders;
};

}  // namespace tocsin
