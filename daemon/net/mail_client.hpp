// SMTP submission (RFC 5321, 6409) with STARTTLS or implicit TLS and AUTH, through libcurl. app/ creates it; channels
// see ports/transport.hpp.
#pragma once
#include <memory>
#include <string>

#include "net/curl_multi.hpp"
#include "ports/transport.hpp"

namespace tocsin {

class MailClient : public MailTransport {
 public:
  /// `multi` must outlive this object; `helo_name` is what we call ourselves, "" = the machine's name.
  explicit MailClient(CurlMulti& multi, std::string helo_name = "");
  /// Messages in progress end without their callbacks. Not from inside a callback.
  ~MailClient() override;

  /// ok = 250 after the final dot. `code` is the last SMTP reply, `detail` its words (or what failed) without our
  /// password. `ambiguous`: the message was handed over and the connection died before the reply. Line ends become
  /// CRLF whatever they were (a bare LF smuggles a second message through some relays, CVE-2023-51764). Addresses
  /// with control characters, blanks or angle brackets are refused. Messages go one after the other per server.
  void send(MailRequest request, std::function<void(SendResult)> done) override;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace tocsin
