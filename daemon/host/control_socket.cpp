#include "host/control_socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <utility>  // before Asio: its headers forget it

#include <array>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "host/asio.hpp"
#include "host/clock.hpp"

namespace tocsin {

namespace asio = boost::asio;
using boost::system::error_code;
using Local = asio::local::stream_protocol;

namespace {

constexpr std::size_t kLongestRequest = 256, kClients = 8, kLongestAnswer = 4 << 20;
constexpr Millis kRequestTime = 10 * kSecond;

/// A socket's address has room for 107 bytes and folders may be deeper; through an open folder every name is short.
class Address {
 public:
  explicit Address(const std::string& path) {
    const std::filesystem::path whole(path);
    const std::string parent = whole.parent_path().empty() ? "." : whole.parent_path().string();
    folder_ = ::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    name_ = "/proc/self/fd/" + std::to_string(folder_) + "/" + whole.filename().string();
  }
  ~Address() {
    if (folder_ >= 0) ::close(folder_);
  }
  Address(const Address&) = delete;
  Address& operator=(const Address&) = delete;

  [[nodiscard]] bool usable() const { return folder_ >= 0 && name_.size() < sizeof(sockaddr_un::sun_path); }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  int folder_ = -1;
  std::string name_;
};

class Client : public std::enable_shared_from_this<Client> {
 public:
  explicit Client(Local::socket socket) : socket_(std::move(socket)) {}

  void listen(std::function<void(std::string)> heard) {
    asio::async_read_until(socket_, buffer_, '\n',
                           [self = shared_from_this(), heard = std::move(heard)](error_code failed, std::size_t size) {
                             if (failed) return self->cut();
                             const auto* line = static_cast<const char*>(self->buffer_.data().data());
                             heard(std::string(line, size - 1));
                           });
  }
  void answer(std::string words) {
    words_ = std::move(words);
    asio::async_write(socket_, asio::buffer(words_),
                      [self = shared_from_this()](error_code, std::size_t) { self->cut(); });
  }
  void cut() {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  Local::socket socket_;
  asio::streambuf buffer_{kLongestRequest};
  std::string words_;
};

}  // namespace

class ControlSocket::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Loop& loop, Handler handler) : loop_(loop), handler_(std::move(handler)), acceptor_(loop.context()) {}

  Result<void> listen(const std::string& path);
  void close();

 private:
  void accept();
  void serve(Local::socket socket);

  Loop& loop_;
  Handler handler_;
  asio::basic_socket_acceptor<Local> acceptor_;
  std::string path_;
  std::vector<std::weak_ptr<Client>> clients_;
};

Result<void> ControlSocket::Core::listen(const std::string& path) {
  const Address at(path);
  if (!at.usable()) return failure("cannot open the folder of " + path + ": " + std::strerror(errno));
  struct stat state {};
  if (::lstat(path.c_str(), &state) == 0 && S_ISSOCK(state.st_mode)) ::unlink(path.c_str());
  error_code failed;
  acceptor_.open(Local(), failed);
  const auto before = ::umask(0177);
  if (!failed) acceptor_.bind(Local::endpoint(at.name()), failed);
  ::umask(before);
  if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
  if (failed) return failure("cannot listen on " + path + ": " + failed.message());
  path_ = path;
  accept();
  return {};
}

void ControlSocket::Core::close() {
  error_code ignored;
  acceptor_.close(ignored);
  if (!path_.empty()) ::unlink(path_.c_str());
  for (const auto& weak : clients_)
    if (const auto client = weak.lock()) client->cut();
}

void ControlSocket::Core::accept() {
  acceptor_.async_accept([weak = weak_from_this()](error_code failed, Local::socket socket) {
    const auto self = weak.lock();
    if (!self || !self->acceptor_.is_open()) return;
    if (!failed) self->serve(std::move(socket));
    // Out of descriptors: taking up the next one at once would spin.
    self->loop_.after(failed ? kSecond : 0, [weak] {
      if (const auto later = weak.lock(); later && later->acceptor_.is_open()) later->accept();
    });
  });
}

void ControlSocket::Core::serve(Local::socket socket) {
  std::erase_if(clients_, [](const auto& client) { return client.expired(); });
  if (clients_.size() >= kClients) return;  // closed at once
  auto client = std::make_shared<Client>(std::move(socket));
  clients_.push_back(client);
  const auto late = loop_.after(kRequestTime, [weak = std::weak_ptr(client)] {
    if (const auto slow = weak.lock()) slow->cut();
  });
  client->listen([this, client, late](const std::string& request) {
    loop_.cancel(late);
    handler_(request, [client](std::string answer) { client->answer(std::move(answer)); });
  });
}

ControlSocket::ControlSocket(Loop& loop, Handler handler) : core_(std::make_shared<Core>(loop, std::move(handler))) {}
ControlSocket::~ControlSocket() {
  core_->close();
}
Result<void> ControlSocket::listen(const std::string& path) {
  return core_->listen(path);
}

namespace {

class Line {
 public:
  Line() : file_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Line() {
    if (file_ >= 0) ::close(file_);
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  [[nodiscard]] int connect(const Address& to, Millis timeout) const {
    // connect(2) waits while the daemon's queue is full; unix(7) lets it end at the time limit of sending.
    const timeval limit{timeout / 1000, timeout % 1000 * 1000};
    ::setsockopt(file_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    to.name().copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    return ::connect(file_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
  }
  [[nodiscard]] bool send(std::string_view words) const {
    return ::send(file_, words.data(), words.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(words.size());
  }
  /// False at the end of the answer or of the time.
  bool receive(std::string& into, Millis until) const {
    pollfd ready{file_, POLLIN, 0};
    const Millis left = until - MachineClock().monotonic();
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0) return false;
    std::array<char, 4096> piece;
    const ssize_t got = ::recv(file_, piece.data(), piece.size(), 0);
    if (got <= 0) return false;
    into.append(piece.data(), static_cast<std::size_t>(got));
    return into.size() < kLongestAnswer;
  }

 private:
  int file_;
};

std::string why_not(int code, const std::string& path) {
  if (code == ENOENT || code == ENOTDIR || code == ECONNREFUSED)
    return "no daemon listens on " + path + "; start `tocsin run`, or name its configuration with -c";
  if (code == EACCES || code == EPERM)
    return "this user may not speak to the daemon (" + path + "); do it as root or as the user that runs tocsin";
  if (code == EAGAIN) return "the daemon takes no one in; look at `tocsin status`";
  return "cannot reach the daemon at " + path + ": " + std::strerror(code);
}

}  // namespace

Result<std::string> ask_daemon(const std::string& path, std::string_view request, Millis timeout) {
  const Millis until = MachineClock().monotonic() + timeout;
  const Address at(path);
  if (!at.usable()) return failure(why_not(errno, path));
  const Line line;
  if (const int code = line.connect(at, timeout); code != 0) return failure(why_not(code, path));
  if (!line.send(std::string(request) + "\n")) return failure("the daemon went away before it could be asked");
  std::string answer;
  while (line.receive(answer, until)) continue;
  if (!answer.empty()) return answer;
  if (MachineClock().monotonic() >= until)
    return failure("the daemon did not answer within " + duration_text(timeout) + "; look at `tocsin status`");
  return failure("the daemon ended before it answered; look at its log");
}

}  // namespace tocsin
