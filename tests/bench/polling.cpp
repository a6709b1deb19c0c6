// The HTTP client against bare curl multi: the same polls, 1,000 hosts at a time, a new connection each, a 45 KB feed,
// against a server of our own in another process.
// usage: bench_polling POLLS
// Out: SECONDS of CPU bare <tab> SECONDS of CPU through HttpClient (each the best of three)
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "host/loop.hpp"
#include "net/http_client.hpp"

namespace {

constexpr int kAtOnce = 1000;
constexpr std::size_t kFeedBytes = 45'575;

double cpu_seconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

/// Answers whatever arrives with the same feed, for as long as its parent lives.
[[noreturn]] void serve(int listener) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: ";
  const std::string answer = head + std::to_string(kFeedBytes) + "\r\n\r\n" + std::string(kFeedBytes, 'x');
  const int poll = epoll_create1(0);
  const auto watch = [&](int socket) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
    epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
  };
  watch(listener);
  std::array<epoll_event, 256> events;
  std::array<char, 4096> request;
  for (;;) {
    const int ready = epoll_wait(poll, events.data(), events.size(), -1);
    for (int i = 0; i < ready; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      if (socket == listener) {
        if (const int peer = ::accept(listener, nullptr, nullptr); peer >= 0) watch(peer);
      } else if (::recv(socket, request.data(), request.size(), 0) <= 0) {
        ::close(socket);
      } else {
        (void)::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);  // blocks when the client is behind: fair
      }
    }
  }
}

int start_server() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in any{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_ANY)}, .sin_zero = {}};
  ::bind(listener, reinterpret_cast<sockaddr*>(&any), sizeof any);
  ::listen(listener, 4096);
  socklen_t size = sizeof any;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&any), &size);
  if (::fork() == 0) serve(listener);
  ::close(listener);
  return ntohs(any.sin_port);
}

/// A thousand hosts, all of them this machine.
std::string url(int n, int port) {
  const int host = n % kAtOnce;
  return "http://127.0." + std::to_string(1 + host / 250) + "." + std::to_string(1 + host % 250) + ":" +
         std::to_string(port) + "/feed";
}

/// curl's multi_socket interface on epoll, and nothing else.
class Bare {
 public:
  Bare(int polls, int port) : left_(polls), port_(port), multi_(curl_multi_init()), epoll_(epoll_create1(0)) {
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Bare::on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Bare::on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 8L);
  }
  ~Bare() {
    for (auto& transfer : transfers_) curl_easy_cleanup(transfer.easy);
    curl_multi_cleanup(multi_);
    ::close(epoll_);
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  int run() {
    transfers_.resize(kAtOnce);
    for (auto& transfer : transfers_) {
      transfer.easy = curl_easy_init();
      start(transfer);
    }
    std::array<epoll_event, 256> events;
    while (running_ > 0) {
      const int ready = epoll_wait(epoll_, events.data(), events.size(), static_cast<int>(timeout_));
      int still = 0;
      if (ready == 0) curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &still);
      for (int i = 0; i < ready; ++i) act(events[static_cast<std::size_t>(i)]);
      reap();
    }
    return good_;
  }

 private:
  struct Transfer {
    CURL* easy = nullptr;
    std::string body;
  };

  static std::size_t on_body(char* bytes, std::size_t, std::size_t count, void* transfer) {
    static_cast<Transfer*>(transfer)->body.append(bytes, count);
    return count;
  }
  static int on_timer(CURLM*, long ms, void* self) {
    static_cast<Bare*>(self)->timeout_ = ms < 0 ? 1000 : ms;
    return 0;
  }
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
    Bare& bare = *static_cast<Bare*>(self);
    epoll_event event{.events = 0, .data = {.fd = socket}};
    if (what & CURL_POLL_IN) event.events |= EPOLLIN;
    if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
    epoll_ctl(bare.epoll_,
              what == CURL_POLL_REMOVE ? EPOLL_CTL_DEL
              : known                  ? EPOLL_CTL_MOD
                                       : EPOLL_CTL_ADD,
              socket, &event);
    curl_multi_assign(bare.multi_, socket, what == CURL_POLL_REMOVE ? nullptr : self);
    return 0;
  }
  void act(const epoll_event& event) {
    int still = 0;
    const int events = ((event.events & EPOLLIN) ? CURL_CSELECT_IN : 0) |
                       ((event.events & EPOLLOUT) ? CURL_CSELECT_OUT : 0) |
                       ((event.events & (EPOLLERR | EPOLLHUP)) ? CURL_CSELECT_ERR : 0);
    curl_multi_socket_action(multi_, event.data.fd, events, &still);
  }
  void reap() {
    int more = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &more)) {
      CURL* const easy = message->easy_handle;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
      good_ += message->data.result == CURLE_OK && transfer->body.size() == kFeedBytes;
      curl_multi_remove_handle(multi_, easy);
      --running_;
      start(*transfer);
    }
  }
  void start(Transfer& transfer) {
    if (left_ == 0) return;
    transfer.body.clear();
    curl_easy_reset(transfer.easy);
    curl_easy_setopt(transfer.easy, CURLOPT_URL, url(--left_, port_).c_str());
    curl_easy_setopt(transfer.easy, CURLOPT_PRIVATE, &transfer);
    curl_easy_setopt(transfer.easy, CURLOPT_WRITEFUNCTION, &Bare::on_body);
    curl_easy_setopt(transfer.easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(transfer.easy, CURLOPT_NOSIGNAL, 1L);
    ++running_;
    curl_multi_add_handle(multi_, transfer.easy);
  }

  int left_, port_, running_ = 0, good_ = 0;
  long timeout_ = 0;
  CURLM* multi_;
  int epoll_;
  std::vector<Transfer> transfers_;
};

int through_client(int polls, int port) {
  tocsin::Loop loop;
  tocsin::CurlMulti multi(loop.context());
  tocsin::HttpOptions options;
  options.user_agent = "bench";
  options.parallel = kAtOnce;
  options.max_buffered = 256U << 20;
  tocsin::HttpClient client(multi, options);
  int good = 0, answered = 0;
  for (int n = 0; n < polls; ++n)
    client.send({.url = url(n, port), .allow_private_address = true}, [&](const tocsin::HttpResponse& response) {
      good += response.status == 200 && response.body.size() == kFeedBytes;
      if (++answered == polls) loop.stop();
    });
  loop.run();
  return good;
}

double measured(int polls, int (*run)(int, int), int port) {
  const double before = cpu_seconds();
  if (const int good = run(polls, port); good != polls) {
    std::fprintf(stderr, "only %d of %d polls were answered\n", good, polls);
    std::exit(1);
  }
  return cpu_seconds() - before;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const int polls = std::atoi(words[1]), port = start_server();
  double bare = 1e9, ours = 1e9;
  for (int round = 0; round < 3; ++round) {
    bare = std::min(bare, measured(
                              polls, [](int n, int to) { return Bare(n, to).run(); }, port));
    ours = std::min(ours, measured(polls, &through_client, port));
  }
  std::printf("%.3f\t%.3f\n", bare, ours);
}
