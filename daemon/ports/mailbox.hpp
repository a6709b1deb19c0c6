// A mailbox that is read. net/ implements it over IMAP; tests have a fake. Callbacks are called exactly once, later, on
// the daemon's one thread, never from inside the call that started the work.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace tocsin {

struct MailboxAccess {
  std::string url;  // imaps://host/MAILBOX or imap://
  std::string user, password;
  std::string ca_file;      // "" = the system's store
  bool require_tls = true;  // STARTTLS on imap://
  Millis timeout = kMinute;
  std::size_t max_size = 256u << 10;  // bytes of one mail; what is longer is cut
};

/// UIDs only mean something together with the UIDVALIDITY of their mailbox (RFC 9051, 2.3.1.1).
struct MailboxLook {
  std::string error;  // in words without credentials; "" = it worked
  std::uint32_t validity = 0;
  std::vector<std::uint32_t> uids;  // ascending
};

struct MailboxMail {
  std::string error;
  bool gone = false;  // deleted since
  std::string bytes;
};

class MailboxTransport {
 public:
  virtual ~MailboxTransport() = default;
  /// The mails with a higher UID than `after` that arrived since the day of `since`, UTC (0: whenever).
  virtual void look(const MailboxAccess& access, std::uint32_t after, Millis since,
                    std::function<void(MailboxLook)> done) = 0;
  /// One mail; the server marks it as read.
  virtual void fetch(const MailboxAccess& access, std::uint32_t validity, std::uint32_t uid,
                     std::function<void(MailboxMail)> done) = 0;
  /// Takes that mark off again. The error, or "".
  virtual void mark_unread(const MailboxAccess& access, std::uint32_t validity, std::uint32_t uid,
                           std::function<void(std::string)> done) = 0;
};

}  // namespace tocsin
