#include "net/http_server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <utility>  // before Asio: its headers forget it

#include <algorithm>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cerrno>
#include <chrono>
#include <list>

#include "base/text.hpp"

namespace tocsin {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using Protocol = asio::generic::stream_protocol;  // TCP and Unix sockets alike
using Acceptor = asio::basic_socket_acceptor<Protocol>;

constexpr std::uint32_t kLargestHead = 8 << 10;
constexpr std::size_t kMostDrained = 1 << 20;
constexpr Millis kDrainTime = 2 * kSecond;
constexpr mode_t kSocketMode = 0660;

ServedAnswer refusal(int status, const std::string& what) {
  return {status, "application/json", "{\"error\":\"" + what + "\"}\n", {}};
}

/// What the parser found wrong, to the client; nothing when there is nobody to talk to.
std::optional<ServedAnswer> answer_to(const error_code& failed, std::size_t max_body) {
  if (failed == http::error::body_limit)
    return refusal(413, "the body is larger than " + std::to_string(max_body) + " bytes; send less at a time");
  if (failed == http::error::header_limit) return refusal(431, "the head of the request is larger than 8 KiB");
  if (failed == http::error::end_of_stream || failed == http::error::partial_message) return std::nullopt;
  if (failed.category() == make_error_code(http::error::bad_method).category())
    return refusal(400, "this is no HTTP/1.1 request");
  return std::nullopt;
}

ServedRequest head_of(const http::request<http::string_body>& message) {
  ServedRequest request;
  request.method = std::string(message.method_string());
  const auto target = message.target();
  request.path = std::string(target.substr(0, target.find('?')));
  for (const auto& field : message) {
    const auto name = field.name_string(), value = field.value();
    request.headers.emplace(lower_ascii({name.data(), name.size()}), std::string(value));
  }
  return request;
}

}  // namespace

class HttpServer::Core : public std::enable_shared_from_this<Core> {
 public:
  class Session;

  Core(asio::io_context& io, HttpService& service) : io_(io), acceptor_(io), service_(service) {}

  Result<void> listen(const ListenAddress& at, HttpServerLimits limits);
  void stop_listening();
  void close();
  void left(Session* session);
  [[nodiscard]] bool is_listening() const { return acceptor_.is_open(); }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::size_t connections() const { return sessions_.size(); }
  [[nodiscard]] HttpService& service() const { return service_; }
  [[nodiscard]] const HttpServerLimits& limits() const { return limits_; }

 private:
  void accept();
  void accepted(Protocol::socket socket);
  bool make_room();

  asio::io_context& io_;
  Acceptor acceptor_;
  HttpService& service_;
  HttpServerLimits limits_;
  std::string path_;  // of our Unix socket
  std::uint16_t port_ = 0;
  std::uint64_t generation_ = 0;  // of the listener: an accept of a former one is void
  std::list<Session*> sessions_;  // in order of arrival; each takes itself out
};

/// One connection: a request, its answer, the end.
class HttpServer::Core::Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Protocol::socket socket, std::weak_ptr<Core> core, const HttpServerLimits& limits)
      : stream_(std::move(socket)), core_(std::move(core)), limits_(limits) {
    parser_.header_limit(kLargestHead);
    parser_.body_limit(limits.max_body);
  }
  ~Session() {
    if (const auto core = core_.lock()) core->left(this);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void read_head();
  void cut() { stream_.close(); }
  [[nodiscard]] bool may_give_way() const { return !answering_; }

 private:
  void head_read(error_code failed);
  void invite();
  void read_body();
  void answer(ServedAnswer with);
  void answered(error_code failed);
  void drain();
  void expire_in(Millis span) { stream_.expires_after(std::chrono::milliseconds(span)); }

  beast::basic_stream<Protocol> stream_;
  beast::flat_buffer buffer_{16 << 10};
  http::request_parser<http::string_body> parser_;
  http::response<http::string_body> response_;
  std::weak_ptr<Core> core_;
  HttpServerLimits limits_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  bool answering_ = false;
  std::size_t drained_ = 0;
};

void HttpServer::Core::Session::read_head() {
  expire_in(limits_.head_time);  // for the whole head, however it drips in
  http::async_read_header(stream_, buffer_, parser_,
                          [self = shared_from_this()](error_code failed, std::size_t) { self->head_read(failed); });
}

void HttpServer::Core::Session::head_read(error_code failed) {
  const auto core = core_.lock();
  if (!core) return;
  if (failed) {
    if (auto words = answer_to(failed, limits_.max_body)) answer(std::move(*words));
    return;
  }
  if (auto refused = core->service().refuse(head_of(parser_.get()))) return answer(std::move(*refused));
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun_);
  expire_in(std::max<Millis>(1, limits_.request_time - took.count()));
  if (beast::iequals(parser_.get()[http::field::expect], "100-continue"))
    invite();
  else
    read_body();
}

void HttpServer::Core::Session::invite() {
  static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(stream_, asio::buffer(kGoOn.data(), kGoOn.size()),
                    [self = shared_from_this()](error_code failed, std::size_t) {
                      if (!failed) self->read_body();
                    });
}

void HttpServer::Core::Session::read_body() {
  http::async_read(stream_, buffer_, parser_, [self = shared_from_this()](error_code failed, std::size_t) {
    const auto core = self->core_.lock();
    if (!core) return;
    if (failed) {
      if (auto words = answer_to(failed, self->limits_.max_body)) self->answer(std::move(*words));
      return;
    }
    ServedRequest request = head_of(self->parser_.get());
    request.body = std::move(self->parser_.get().body());
    self->answer(core->service().answer(request));
  });
}

void HttpServer::Core::Session::answer(ServedAnswer with) {
  answering_ = true;
  response_.version(11);
  response_.result(static_cast<unsigned>(with.status));
  response_.set(http::field::content_type, with.content_type);
  response_.set(http::field::cache_control, "no-store");
  response_.set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : with.headers) response_.set(name, value);
  response_.body() = std::move(with.body);
  response_.keep_alive(false);
  response_.prepare_payload();
  if (parser_.get().method() == http::verb::head) response_.body().clear();
  expire_in(limits_.answer_time);
  http::async_write(stream_, response_,
                    [self = shared_from_this()](error_code failed, std::size_t) { self->answered(failed); });
}

/// Cutting the line while the client still sends would take our answer from it (RFC 9112, 9.6).
void HttpServer::Core::Session::answered(error_code failed) {
  if (failed) return;
  answering_ = false;
  error_code ignored;
  stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
  expire_in(kDrainTime);
  drain();
}

void HttpServer::Core::Session::drain() {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(4 << 10), [self = shared_from_this()](error_code failed, std::size_t got) {
    self->drained_ += got;
    if (!failed && self->drained_ < kMostDrained) self->drain();
  });
}

namespace {

/// Whether nobody listens behind the socket file, so that it may be replaced. Never waits: somebody may listen there
/// and take no one in.
bool is_left_behind(const std::string& path) {
  struct stat state {};
  if (::lstat(path.c_str(), &state) != 0 || !S_ISSOCK(state.st_mode)) return false;
  const asio::local::stream_protocol::endpoint to(path);
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const bool refused = ::connect(probe, to.data(), static_cast<socklen_t>(to.size())) != 0 && errno == ECONNREFUSED;
  ::close(probe);
  return refused;
}

void open(Acceptor& acceptor, const Protocol::endpoint& at, error_code& failed) {
  const int family = at.protocol().family();
  acceptor.open(Protocol(family, family == AF_UNIX ? 0 : IPPROTO_TCP), failed);
  if (!failed && family != AF_UNIX) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) acceptor.bind(at, failed);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
}

std::string shown(const ListenAddress& at) {
  if (!at.path.empty()) return "unix:" + at.path;
  return (at.host.find(':') == std::string::npos ? at.host : "[" + at.host + "]") + ":" + std::to_string(at.port);
}

}  // namespace

Result<void> HttpServer::Core::listen(const ListenAddress& at, HttpServerLimits limits) {
  error_code failed;
  Acceptor acceptor(io_);
  stop_listening();
  if (at.path.empty()) {
    const auto address = asio::ip::make_address(at.host, failed);
    if (!failed) open(acceptor, asio::ip::tcp::endpoint(address, at.port), failed);
  } else {
    if (is_left_behind(at.path)) ::unlink(at.path.c_str());
    const auto before = ::umask(0777 & ~kSocketMode);
    open(acceptor, asio::local::stream_protocol::endpoint(at.path), failed);
    ::umask(before);
  }
  if (failed) return failure("cannot listen on " + shown(at) + ": " + failed.message());
  limits_ = limits;
  path_ = at.path;
  port_ = at.port;
  if (path_.empty() && port_ == 0) {
    asio::ip::tcp::endpoint got;
    const auto local = acceptor.local_endpoint();
    got.resize(local.size());
    std::copy_n(static_cast<const char*>(static_cast<const void*>(local.data())), local.size(),
                static_cast<char*>(static_cast<void*>(got.data())));
    port_ = got.port();
  }
  acceptor_ = std::move(acceptor);
  accept();
  return {};
}

void HttpServer::Core::stop_listening() {
  ++generation_;
  error_code ignored;
  acceptor_.close(ignored);
  if (!path_.empty()) ::unlink(path_.c_str());
  path_.clear();
  port_ = 0;
}

void HttpServer::Core::close() {
  stop_listening();
  for (Session* session : sessions_) session->cut();
  sessions_.clear();
}

void HttpServer::Core::accept() {
  acceptor_.async_accept(
      [weak = weak_from_this(), generation = generation_](error_code failed, Protocol::socket socket) {
        const auto self = weak.lock();
        if (!self || generation != self->generation_) return;
        if (!failed) self->accepted(std::move(socket));
        // Out of descriptors: taking up the next one at once would spin.
        if (failed && failed != asio::error::connection_aborted) return self->stop_listening();
        self->accept();
      });
}

void HttpServer::Core::accepted(Protocol::socket socket) {
  if (!make_room()) return;  // closed at once
  auto session = std::make_shared<Session>(std::move(socket), weak_from_this(), limits_);
  sessions_.push_back(session.get());
  session->read_head();
}

bool HttpServer::Core::make_room() {
  if (sessions_.size() < limits_.connections) return true;
  const auto waiting =
      std::find_if(sessions_.begin(), sessions_.end(), [](const Session* s) { return s->may_give_way(); });
  if (waiting == sessions_.end()) return false;
  (*waiting)->cut();
  sessions_.erase(waiting);
  return true;
}

void HttpServer::Core::left(Session* session) {
  sessions_.remove(session);
}

HttpServer::HttpServer(asio::io_context& io, HttpService& service) : core_(std::make_shared<Core>(io, service)) {}
HttpServer::~HttpServer() {
  core_->close();
}
Result<void> HttpServer::listen(const ListenAddress& at, HttpServerLimits limits) {
  return core_->listen(at, limits);
}
void HttpServer::stop_listening() {
  core_->stop_listening();
}
bool HttpServer::is_listening() const {
  return core_->is_listening();
}
std::uint16_t HttpServer::port() const {
  return core_->port();
}
std::size_t HttpServer::connections() const {
  return core_->connections();
}

}  // namespace tocsin
