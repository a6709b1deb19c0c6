#include "net/curl_multi.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <utility>  // before Asio: its headers forget it

#include <curl/curl.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <unordered_map>

namespace tocsin {

namespace asio = boost::asio;
using boost::system::error_code;

class CurlMulti::Core : public std::enable_shared_from_this<Core> {
 public:
  explicit Core(asio::io_context& io) : io_(io), timer_(io), multi_(curl_multi_init()) {
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
  struct Watch;
  struct Transfer {
    Done done;
    std::uint64_t serial = 0;  // a later handle may get the address of a freed one
  };

  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*);
  static int on_timer(CURLM*, long ms, void* self);
  void act(curl_socket_t socket, int events);
  void reap();
  void finish(CURL* easy, std::uint64_t serial, CURLcode code);
  void arm(const std::shared_ptr<Watch>& watch);
  void ready(const std::shared_ptr<Watch>& watch, error_code failed, int event);

  asio::io_context& io_;
  asio::steady_timer timer_;
  CURLM* multi_;
  bool closed_ = false;
  std::uint64_t timer_generation_ = 0;
  std::uint64_t last_serial_ = 0;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches_;
  std::unordered_map<CURL*, Transfer> transfers_;
};

// A dup() of curl's socket: curl may close its own before it says CURL_POLL_REMOVE, and epoll must not see a foreign
// descriptor that got the same number.
struct CurlMulti::Core::Watch {
  Watch(asio::io_context& io, curl_socket_t of) : socket(of), descriptor(io) {
    error_code failed;
    const int copy = ::fcntl(of, F_DUPFD_CLOEXEC, 0);
    if (copy >= 0) descriptor.assign(copy, failed);
    if (copy >= 0 && failed) ::close(copy);  // out of descriptors: this transfer runs into its deadline
  }
  curl_socket_t socket;
  asio::posix::stream_descriptor descriptor;
  int wanted = 0;
  bool reading = false, writing = false;
};

void CurlMulti::Core::close() {
  closed_ = true;
  timer_.cancel();
  for (auto& [easy, transfer] : transfers_) curl_multi_remove_handle(multi_, easy);
  transfers_.clear();
  error_code ignored;
  for (auto& [socket, watch] : watches_) watch->descriptor.close(ignored);
  watches_.clear();
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
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

int CurlMulti::Core::on_socket(CURL*, curl_socket_t socket, int what, void* data, void*) {
  auto& self = *static_cast<Core*>(data);
  if (what == CURL_POLL_REMOVE) {
    if (const auto it = self.watches_.find(socket); it != self.watches_.end()) {
      error_code ignored;
      it->second->descriptor.close(ignored);
      self.watches_.erase(it);
    }
    return 0;
  }
  auto& watch = self.watches_[socket];
  if (!watch) watch = std::make_shared<Watch>(self.io_, socket);
  watch->wanted = what;
  self.arm(watch);
  return 0;
}

int CurlMulti::Core::on_timer(CURLM*, long ms, void* data) {
  auto& self = *static_cast<Core*>(data);
  // cancel() cannot recall a handler that is already queued; the generation can.
  const std::uint64_t generation = ++self.timer_generation_;
  if (ms < 0) {
    self.timer_.cancel();
    return 0;
  }
  self.timer_.expires_after(std::chrono::milliseconds(ms));  // 0 too: curl forbids acting from inside its callback
  self.timer_.async_wait([weak = self.weak_from_this(), generation](error_code failed) {
    const auto core = weak.lock();
    if (!failed && core && !core->closed_ && generation == core->timer_generation_) core->act(CURL_SOCKET_TIMEOUT, 0);
  });
  return 0;
}

void CurlMulti::Core::arm(const std::shared_ptr<Watch>& watch) {
  const auto wait = [&](int poll, int event, asio::posix::stream_descriptor::wait_type type, bool Watch::*busy) {
    if (!(watch->wanted & poll) || watch.get()->*busy || !watch->descriptor.is_open()) return;
    watch.get()->*busy = true;
    watch->descriptor.async_wait(type, [weak = weak_from_this(), watch, event, busy](error_code failed) {
      watch.get()->*busy = false;
      if (const auto self = weak.lock(); self && !self->closed_) self->ready(watch, failed, event);
    });
  };
  wait(CURL_POLL_IN, CURL_CSELECT_IN, asio::posix::stream_descriptor::wait_read, &Watch::reading);
  wait(CURL_POLL_OUT, CURL_CSELECT_OUT, asio::posix::stream_descriptor::wait_write, &Watch::writing);
}

void CurlMulti::Core::ready(const std::shared_ptr<Watch>& watch, error_code failed, int event) {
  if (!watch->descriptor.is_open()) return;
  const int poll = event == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT;
  if (!(watch->wanted & poll)) return;
  act(watch->socket, failed ? CURL_CSELECT_ERR : event);
  if (watch->descriptor.is_open())
    arm(watch);  // a wait is for one event; curl says nothing when it wants the same again
}

void CurlMulti::Core::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
  reap();
}

void CurlMulti::Core::reap() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* const easy = message->easy_handle;
    const CURLcode code = message->data.result;
    const auto transfer = transfers_.find(easy);
    if (transfer == transfers_.end()) continue;
    post([this, easy, serial = transfer->second.serial, code] { finish(easy, serial, code); });
  }
}

void CurlMulti::Core::finish(CURL* easy, std::uint64_t serial, CURLcode code) {
  const auto transfer = transfers_.find(easy);
  if (transfer == transfers_.end() || transfer->second.serial != serial) return;  // removed meanwhile
  const Done done = std::move(transfer->second.done);
  transfers_.erase(transfer);
  curl_multi_remove_handle(multi_, easy);
  done(code);
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
