#include "net/http_client.hpp"

#include <unordered_map>
#include <utility>

#include "base/inflate.hpp"
#include "base/text.hpp"
#include "net/http_exchange.hpp"
#include "net/lanes.hpp"

namespace tocsin {
namespace {

constexpr int kMostHops = 5;

Millis took(CURL* easy) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &microseconds);
  return microseconds / 1000;
}

int status_of(CURL* easy) {
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

/// CURLINFO_SIZE_* and *_SIZE count what was sent: packed bodies, all header lines.
std::int64_t on_the_wire(CURL* easy) {
  curl_off_t down = 0, up = 0;
  long request = 0, headers = 0;
  curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
  curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &up);
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request);
  curl_easy_getinfo(easy, CURLINFO_HEADER_SIZE, &headers);
  return down + up + request + headers;
}

/// As the caller wrote it where nothing led elsewhere, so that it can be compared; but never with a password.
std::string final_url(const HttpExchange& exchange) {
  const bool has_login = exchange.url.text != exchange.url.shown;
  const bool as_written = exchange.hops == 0 && !has_login && !exchange.url.text.empty();
  return as_written ? exchange.request.url : exchange.url.shown;
}

bool is_permanent(int status) {
  return status == 301 || status == 308;
}

}  // namespace

class HttpClient::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(CurlMulti& multi, HttpOptions options)
      : multi_(multi), options_(std::move(options)), handles_(options_.parallel), waiting_(options_.parallel) {}
  ~Core() {
    for (auto& [key, exchange] : active_) {
      multi_.remove(exchange->easy);
      curl_easy_cleanup(exchange->easy);
    }
  }
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  void send(HttpRequest request, std::function<void(HttpResponse)> done);
  void use(HttpOptions options);
  [[nodiscard]] Sockets sockets() const { return sockets_; }
  [[nodiscard]] std::size_t pending() const { return pending_; }

 private:
  using Owned = std::unique_ptr<HttpExchange>;

  void enter(Owned exchange);
  void start_waiting();
  void start(Owned exchange);
  void hop_done(HttpExchange* key, int code);
  void answer(Owned exchange, HttpResponse response);
  void fail(Owned exchange, std::string why);
  void follow(Owned exchange, int status, const std::string& location);

  CurlMulti& multi_;
  HttpOptions options_;
  EasyPool handles_;
  Lanes<Owned> waiting_;
  std::unordered_map<HttpExchange*, Owned> active_;
  Sockets sockets_;
  std::size_t pending_ = 0;
  std::size_t buffered_ = 0;
};

void HttpClient::Core::send(HttpRequest request, std::function<void(HttpResponse)> done) {
  ++pending_;
  auto exchange = std::make_unique<HttpExchange>();
  exchange->request = std::move(request);
  exchange->done = std::move(done);
  exchange->buffered = &buffered_;
  std::string wrong = fault(exchange->request);
  auto url = parse_url(exchange->request.url);
  if (wrong.empty() && !url) wrong = url.error().message;
  if (wrong.empty() && url->scheme != "http" && url->scheme != "https")
    wrong = "a " + one_line(url->scheme) + ": address is refused (only http and https)";
  if (url) exchange->url = exchange->first = std::move(*url);
  if (wrong.empty()) wrong = refusal_behind_proxy(*exchange);
  if (!wrong.empty()) {
    multi_.post([weak = weak_from_this(), held = std::make_shared<Owned>(std::move(exchange)), wrong] {
      if (const auto self = weak.lock()) self->fail(std::move(*held), wrong);
    });
    return;
  }
  enter(std::move(exchange));
  start_waiting();
}

void HttpClient::Core::use(HttpOptions options) {
  options_ = std::move(options);
  handles_.keep(options_.parallel);
  waiting_.allow(options_.parallel);
  start_waiting();
}

void HttpClient::Core::enter(Owned exchange) {
  const std::string key = lane(exchange->url);
  waiting_.push(key, std::move(exchange));
}

void HttpClient::Core::start_waiting() {
  while (auto exchange = waiting_.take()) start(std::move(*exchange));
}

void HttpClient::Core::start(Owned exchange) {
  HttpExchange* const key = exchange.get();
  key->easy = handles_.take();
  prepare(*key, options_);
  active_.emplace(key, std::move(exchange));
  multi_.add(key->easy, [this, key](int code) { hop_done(key, code); });
}

void HttpClient::Core::hop_done(HttpExchange* key, int code) {
  const auto place = active_.find(key);
  Owned exchange = std::move(place->second);
  active_.erase(place);
  const int status = status_of(exchange->easy);
  exchange->spent += took(exchange->easy);
  exchange->wire_bytes += on_the_wire(exchange->easy);
  handles_.give_back(std::exchange(exchange->easy, nullptr));
  waiting_.release(lane(exchange->url));
  buffered_ -= exchange->body.size();
  sockets_.opened += std::exchange(exchange->guard.opened, 0);
  sockets_.refused += std::exchange(exchange->guard.refused, 0);

  const auto target = redirect_target(*exchange, status);
  if (!exchange->cut.empty())
    fail(std::move(exchange), key->cut);
  else if (code != CURLE_OK)
    fail(std::move(exchange), failure_words(static_cast<CURLcode>(code), key->guard, key->error.data()));
  else if (target)
    follow(std::move(exchange), status, *target);
  else {
    HttpResponse response;
    response.status = status;
    answer(std::move(exchange), std::move(response));
  }
  start_waiting();
}

void HttpClient::Core::follow(Owned exchange, int status, const std::string& location) {
  if (++exchange->hops > kMostHops) return fail(std::move(exchange), "redirected more than 5 times");
  auto next = next_hop(exchange->url, location);
  if (!next) return fail(std::move(exchange), next.error().message);
  const Millis limit = exchange->request.timeout;
  if (exchange->spent >= limit)
    return fail(std::move(exchange), "the redirects took longer than " + duration_text(limit));
  exchange->permanent &= is_permanent(status);
  exchange->url = std::move(*next);
  if (auto refused = refusal_behind_proxy(*exchange); !refused.empty()) return fail(std::move(exchange), refused);
  enter(std::move(exchange));
}

void HttpClient::Core::answer(Owned exchange, HttpResponse response) {
  if (looks_gzip(exchange->body)) {
    auto unpacked = gunzip(exchange->body, exchange->request.max_body);
    if (!unpacked) return fail(std::move(exchange), unpacked.error().message);
    exchange->body = std::move(*unpacked);
  }
  --pending_;
  response.final_url = final_url(*exchange);
  response.redirected_permanently = exchange->hops > 0 && exchange->permanent;
  response.headers = std::move(exchange->headers);
  response.body = std::move(exchange->body);
  response.elapsed = exchange->spent;
  response.wire_bytes = exchange->wire_bytes;
  exchange->done(std::move(response));
}

void HttpClient::Core::fail(Owned exchange, std::string why) {
  --pending_;
  HttpResponse response;
  response.error = std::move(why);
  response.final_url = final_url(*exchange);
  response.elapsed = exchange->spent;
  response.wire_bytes = exchange->wire_bytes;
  exchange->done(std::move(response));
}

std::string user_agent(std::string_view version, std::string_view contact) {
  std::string agent = "Tocsin/" + std::string(version);
  return contact.empty() ? agent + " (feed alerting)" : agent + " (+" + one_line(contact) + "; feed alerting)";
}

HttpClient::HttpClient(CurlMulti& multi, HttpOptions options)
    : core_(std::make_shared<Core>(multi, std::move(options))) {}
HttpClient::~HttpClient() = default;
void HttpClient::send(HttpRequest request, std::function<void(HttpResponse)> done) {
  core_->send(std::move(request), std::move(done));
}
void HttpClient::use(HttpOptions options) {
  core_->use(std::move(options));
}
HttpClient::Sockets HttpClient::sockets() const {
  return core_->sockets();
}
std::size_t HttpClient::pending() const {
  return core_->pending();
}

}  // namespace tocsin
