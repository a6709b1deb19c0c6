// HTTP for feeds, webhooks and push services. app/ creates it; everybody else sees ports/transport.hpp.
//
// What a hostile or broken server can do is bounded: connection 15 s, first byte 20 s, then at least 100 bytes/s over
// 10 s, the request's own total time and body size (counted after decompression, while it arrives, and at most 100
// times what came over the wire), 64 KiB of headers, 5 redirects, only http and https, and only addresses that
// net/address_guard.hpp permits, asked at each socket and again before each request on a kept connection.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/curl_multi.hpp"
#include "ports/transport.hpp"

namespace tocsin {

struct HttpOptions {
  std::string user_agent;                // see user_agent()
  std::string ca_file;                   // PEM; "" = the system's
  std::size_t parallel = 32;             // transfers at a time; the rest waits here, not in curl
  std::size_t max_buffered = 48u << 20;  // bytes of all answers that arrive at a time; more are cut off
  std::vector<std::string> resolve;      // "host:port:address": these names are not asked from DNS (CURLOPT_RESOLVE)
};

/// "Tocsin/0.1.0 (+CONTACT; feed alerting)". Servers such as api.weather.gov refuse clients without a contact.
std::string user_agent(std::string_view version, std::string_view contact);

class HttpClient : public HttpTransport {
 public:
  /// Connections that curl asked for.
  struct Sockets {
    std::uint64_t opened = 0;
    std::uint64_t refused = 0;  // by the address guard, before any packet left
  };

  /// `multi` must outlive this object. Give deliveries a client of their own, so that no alert waits behind a poll.
  HttpClient(CurlMulti& multi, HttpOptions options);
  /// Transfers in progress end without their callbacks. Not from inside a callback.
  ~HttpClient() override;

  /// One transfer per host at a time; more to the same host wait their turn and their time starts with it. Any failure
  /// is an answer with status 0 and `error` in words without credentials; half a body is never returned. A body that
  /// is gzip although its headers do not say so is unpacked. `final_url` is `url` as it was written when there was no
  /// redirect; it carries no user name or password.
  void send(HttpRequest request, std::function<void(HttpResponse)> done) override;

  /// For requests that start from now on.
  void use(HttpOptions options);

  [[nodiscard]] Sockets sockets() const;
  /// Requests whose callback is still to come.
  [[nodiscard]] std::size_t pending() const;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace tocsin
