#include "net/curl_multi.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <utility>  // before Asio: its headers forget it

#include <curl/curl.h>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>
#include <unordered_map>
#include <vector>

namespace tocsin {

namespace asio = boost::asio;
using boost::system::error_code;
using Moment = std::chrono::steady_clock::time_point;

// All of curl's sockets stand in an epoll set of our own, and Asio waits for that one descriptor: an Asio object, a
// dup() and three epoll_ctl() for each of a thousand short connections cost a quarter of the whole transfer.
class CurlMulti::Core : public std::enable_shared_from_this<Core> {
 public:
  explicit Core(asio::io_context& io)
      : io_(io), timer_(io), sockets_(io), multi_(curl_multi_init()), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    error_code failed;
    sockets_.assign(epoll_, failed);  // out of descriptors at the start: transfers run into their deadlines
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Core::on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Core::on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 8L);
  }
  ~Core() { curl_multi_cleanup(multi_); }
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  /// Handlers that are still queued hold this object weakly; nothing of curl may run after this.
  void close();
  void add(CURL* easy, Done done);
  void remove(CURL* easy);
  void post(std::function<void()> work);

 private:
  struct Transfer {
    Done done;
    std::uint64_t serial = 0;  // a later handle may get the address of a freed one
  };
  struct Finished {
    CURL* easy;
    std::uint64_t serial;
    CURLcode code;
  };

  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known);
  static int on_timer(CURLM*, long ms, void* self);
  void wait_for_sockets();
  void act_on_sockets();
  void arm_timer();
  void timer_fired();
  void reap();
  void finish(const Finished& finished);

  asio::io_context& io_;
  asio::steady_timer timer_;
  asio::posix::stream_descriptor sockets_;  // owns epoll_
  CURLM* multi_;
  int epoll_;
  bool closed_ = false, waiting_ = false;
  std::optional<Moment> due_;    // when curl wants to be called though no socket is ready
  std::optional<Moment> armed_;  // when timer_ fires: not after due_, but it may be earlier
  std::uint64_t last_serial_ = 0;
  std::unordered_map<CURL*, Transfer> transfers_;
};

void CurlMulti::Core::close() {
  closed_ = true;
  timer_.cancel();
  for (auto& [easy, transfer] : transfers_) curl_multi_remove_handle(multi_, easy);
  transfers_.clear();
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
  error_code ignored;
  sockets_.close(ignored);
}

void CurlMulti::Core::add(CURL* easy, Done done) {
  transfers_[easy] = {std::move(done), ++last_serial_};
  curl_multi_add_handle(multi_, easy);
}

void CurlMulti::Core::remove(CURL* easy) {
  if (transfers_.erase(easy) > 0) curl_multi_remove_handle(multi_, easy);
}

void CurlMulti::Core::post(std::function<void()> work) {
  asio::post(io_, [weak = weak_from_this(), work = std::move(work)] {
    if (const auto self = weak.lock(); self && !self->closed_) work();
  });
}

/// A socket that curl has closed has left the set by itself; its number may be that of another one by now.
int CurlMulti::Core::on_socket(CURL*, curl_socket_t socket, int what, void* data, void* known) {
  auto& self = *static_cast<Core*>(data);
  epoll_event event{.events = 0, .data = {.fd = socket}};
  if (what & CURL_POLL_IN) event.events |= EPOLLIN;
  if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
  if (what == CURL_POLL_REMOVE) {
    ::epoll_ctl(self.epoll_, EPOLL_CTL_DEL, socket, &event);
    return 0;
  }
  if (known == nullptr || ::epoll_ctl(self.epoll_, EPOLL_CTL_MOD, socket, &event) != 0)
    ::epoll_ctl(self.epoll_, EPOLL_CTL_ADD, socket, &event);
  curl_multi_assign(self.multi_, socket, data);
  self.wait_for_sockets();
  return 0;
}

void CurlMulti::Core::wait_for_sockets() {
  if (waiting_) return;
  waiting_ = true;
  sockets_.async_wait(asio::posix::stream_descriptor::wait_read, [weak = weak_from_this()](error_code failed) {
    const auto self = weak.lock();
    if (failed || !self || self->closed_) return;
    self->waiting_ = false;
    self->act_on_sockets();
    if (!self->closed_) self->wait_for_sockets();
  });
}

void CurlMulti::Core::act_on_sockets() {
  std::array<epoll_event, 256> events;
  const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < ready; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const int bits = ((event.events & EPOLLIN) ? CURL_CSELECT_IN : 0) |
                     ((event.events & EPOLLOUT) ? CURL_CSELECT_OUT : 0) |
                     ((event.events & (EPOLLERR | EPOLLHUP)) ? CURL_CSELECT_ERR : 0);
    int running = 0;
    curl_multi_socket_action(multi_, event.data.fd, bits, &running);
  }
  reap();
}

int CurlMulti::Core::on_timer(CURLM*, long ms, void* data) {
  auto& self = *static_cast<Core*>(data);
  self.due_ = ms < 0 ? std::nullopt : std::optional(std::chrono::steady_clock::now() + std::chrono::milliseconds(ms));
  self.arm_timer();
  return 0;
}

/// curl changes its mind many times a transfer: a timer that fires too early costs less than one that is set anew.
void CurlMulti::Core::arm_timer() {
  if (!due_ || (armed_ && *armed_ <= *due_)) return;
  armed_ = due_;
  timer_.expires_at(*due_);  // now, too: curl forbids acting from inside its callback
  timer_.async_wait([weak = weak_from_this()](error_code failed) {
    const auto self = weak.lock();
    if (!failed && self && !self->closed_) self->timer_fired();
  });
}

void CurlMulti::Core::timer_fired() {
  const Moment now = std::chrono::steady_clock::now();
  if (armed_ && *armed_ > now) return;  // set to a later time while this call was queued
  armed_.reset();
  if (!due_ || *due_ > now) return arm_timer();
  due_.reset();
  int running = 0;
  curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
  reap();
}

/// First all messages, then the callbacks: those add and remove transfers.
void CurlMulti::Core::reap() {
  std::vector<Finished> finished;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    const auto transfer = transfers_.find(message->easy_handle);
    if (message->msg == CURLMSG_DONE && transfer != transfers_.end())
      finished.push_back({message->easy_handle, transfer->second.serial, message->data.result});
  }
  for (const Finished& one : finished) finish(one);
}

void CurlMulti::Core::finish(const Finished& finished) {
  const auto transfer = transfers_.find(finished.easy);
  if (transfer == transfers_.end() || transfer->second.serial != finished.serial) return;  // removed meanwhile
  const Done done = std::move(transfer->second.done);
  transfers_.erase(transfer);
  curl_multi_remove_handle(multi_, finished.easy);
  done(finished.code);
}

CurlMulti::CurlMulti(asio::io_context& io) {
  static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)once;
  core_ = std::make_shared<Core>(io);
}
CurlMulti::~CurlMulti() {
  core_->close();
}
void CurlMulti::add(void* easy, Done done) {
  core_->add(easy, std::move(done));
}
void CurlMulti::remove(void* easy) {
  core_->remove(easy);
}
void CurlMulti::post(std::function<void()> work) {
  core_->post(std::move(work));
}

}  // namespace tocsin
