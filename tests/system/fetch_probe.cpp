// The daemon's loop and HTTP client as a program, so that a test can put them in a network of its own.
//
// In, one request a line: TAG <tab> URL <tab> TIMEOUT_MS <tab> 0|1 (private addresses allowed)
// Out, one answer a line: TAG <tab> STATUS <tab> MS <tab> BYTES <tab> OPENED <tab> REFUSED <tab> PEAK_KIB <tab> WORDS
// MS counts from reading the line; OPENED and REFUSED are the sockets of all requests so far. Ends after the last
// answer.
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "base/text.hpp"
#include "host/clock.hpp"
#include "host/loop.hpp"
#include "net/http_client.hpp"

namespace tocsin {
namespace {

namespace asio = boost::asio;

class Probe {
 public:
  Probe() : input_(loop_.context(), ::dup(STDIN_FILENO)), multi_(loop_.context()), client_(multi_, options()) {}

  void run() {
    listen();
    loop_.run();
  }

 private:
  static HttpOptions options() { return {.user_agent = user_agent("probe", "")}; }

  void listen() {
    input_.async_read_some(asio::buffer(piece_), [this](boost::system::error_code failed, std::size_t count) {
      if (failed) {
        ended_ = true;
        return stop_when_done();
      }
      text_.append(piece_, count);
      for (std::size_t end = 0; (end = text_.find('\n')) != std::string::npos; text_.erase(0, end + 1))
        ask(text_.substr(0, end));
      listen();
    });
  }

  void ask(const std::string& line) {
    const auto fields = split(line, '\t');
    if (fields.size() != 4) std::abort();
    const Millis start = clock_.monotonic();
    client_.send({.url = std::string(fields[1]),
                  .timeout = std::strtoll(std::string(fields[2]).c_str(), nullptr, 10),
                  .allow_private_address = fields[3] == "1"},
                 [this, start, tag = std::string(fields[0])](const HttpResponse& got) {
                   tell(tag, got, clock_.monotonic() - start);
                   stop_when_done();
                 });
  }

  void tell(const std::string& tag, const HttpResponse& got, Millis took) const {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    const auto sockets = client_.sockets();
    std::printf("%s\t%d\t%lld\t%zu\t%llu\t%llu\t%ld\t%s\n", tag.c_str(), got.status, static_cast<long long>(took),
                got.body.size(), static_cast<unsigned long long>(sockets.opened),
                static_cast<unsigned long long>(sockets.refused), use.ru_maxrss, got.error.c_str());
    std::fflush(stdout);
  }

  void stop_when_done() {
    if (ended_ && client_.pending() == 0) loop_.stop();
  }

  Loop loop_;
  MachineClock clock_;
  asio::posix::stream_descriptor input_;
  CurlMulti multi_;
  HttpClient client_;
  char piece_[4096] = {};
  std::string text_;
  bool ended_ = false;
};

}  // namespace
}  // namespace tocsin

int main() {
  tocsin::Probe().run();
}
