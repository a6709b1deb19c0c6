// HTTP/1.1 for those who call us: one listener, one request a connection, carried to an HttpService. app/ creates it.
//
// What a slow or hostile client can do is bounded: 10 s for the head and 20 s for the whole request, 8 KiB of head, the
// given size of body, one answer and then the line is cut, so many connections at a time. When all are taken the one
// that came first and is not being answered gives way, so that many slow ones cannot keep a quick one out.
#pragma once
#include <memory>

#include "base/result.hpp"
#include "model/inbound.hpp"
#include "ports/http_service.hpp"

namespace boost::asio {
class io_context;
}

namespace tocsin {

struct HttpServerLimits {
  std::size_t max_body = 64 << 10;
  std::size_t connections = 32;
  Millis head_time = 10 * kSecond;  // from the first byte of the connection
  Millis request_time = 20 * kSecond;
  Millis answer_time = 10 * kSecond;
};

class HttpServer {
 public:
  /// Both must outlive this object; `io` is run by one thread.
  HttpServer(boost::asio::io_context& io, HttpService& service);
  /// Connections end where they are. Not from inside the service.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Listens there instead of where it did; the error says why that cannot be. Port 0 takes any. A Unix socket is open
  /// to its owner and group; one that a dead process left behind is replaced.
  Result<void> listen(const ListenAddress& at, HttpServerLimits limits);
  /// Requests in progress are answered.
  void stop_listening();
  /// False also when the machine ran out of descriptors; then listen() again, later.
  [[nodiscard]] bool is_listening() const;
  /// The port that it got; 0 of a Unix socket.
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::size_t connections() const;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace tocsin
