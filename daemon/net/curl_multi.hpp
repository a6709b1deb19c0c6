// libcurl's multi_socket interface on the daemon's one Asio io_context. HttpClient and MailClient put their transfers
// here; nobody else does. Connections, names and TLS sessions are shared by all transfers of one CurlMulti.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace tocsin {

class CurlMulti {
 public:
  using Done = std::function<void(int curl_code)>;

  /// `io` must outlive this object and be run by one thread.
  explicit CurlMulti(boost::asio::io_context& io);
  ~CurlMulti();
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;

  /// Starts a transfer of this CURL* handle. `done` is called from the event loop once curl has let go of the handle:
  /// it may start another transfer or free the handle, but not destroy the CurlMulti.
  void add(void* easy, Done done);
  /// Takes the handle out at once; its `done` is never called.
  void remove(void* easy);
  /// Calls `work` later from the event loop, unless this object is gone by then.
  void post(std::function<void()> work);

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace tocsin
