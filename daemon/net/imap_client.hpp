// A mailbox over IMAP (RFC 9051) with TLS or STARTTLS, through libcurl. app/ creates it; everybody else sees
// ports/mailbox.hpp.
//
// libcurl reads a mail with FETCH BODY[], which marks it as read; BODY.PEEK[] would need a custom command, whose
// literals libcurl takes for lines of the server, so that a mail could speak in the server's name. Therefore a mail
// that is not ours gets its mark taken off again.
#pragma once
#include <memory>

#include "net/curl_multi.hpp"
#include "ports/mailbox.hpp"

namespace tocsin {

class ImapClient : public MailboxTransport {
 public:
  /// `multi` must outlive this object.
  explicit ImapClient(CurlMulti& multi);
  /// Work in progress ends without its callbacks. Not from inside a callback.
  ~ImapClient() override;

  void look(const MailboxAccess& access, std::uint32_t after, Millis since,
            std::function<void(MailboxLook)> done) override;
  void fetch(const MailboxAccess& access, std::uint32_t validity, std::uint32_t uid,
             std::function<void(MailboxMail)> done) override;
  void mark_unread(const MailboxAccess& access, std::uint32_t validity, std::uint32_t uid,
                   std::function<void(std::string)> done) override;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace tocsin
