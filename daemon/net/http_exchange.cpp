#include "net/http_exchange.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"

namespace tocsin {
namespace {

constexpr std::size_t kMostHeaderBytes = 64 << 10;
constexpr std::size_t kRatioFrom = 1 << 20;  // small documents may repeat themselves
constexpr std::size_t kMostRatio = 100;
constexpr long kFirstByteSeconds = 20, kSlowSeconds = 10, kSlowBytes = 100;

std::size_t cut_off(HttpExchange& exchange, std::string why) {
  exchange.cut = std::move(why);
  return 0;  // curl ends the transfer when a callback takes less than it was given
}

std::size_t on_body(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& exchange = *static_cast<HttpExchange*>(data);
  const std::size_t size = exchange.body.size() + count;
  if (size > exchange.request.max_body)
    return cut_off(exchange,
                   "the answer is larger than " + std::to_string(exchange.request.max_body) + " bytes, cut off");
  curl_off_t received = 0;
  curl_easy_getinfo(exchange.easy, CURLINFO_SIZE_DOWNLOAD_T, &received);
  if (size > kRatioFrom && size / kMostRatio > static_cast<std::size_t>(received))
    return cut_off(exchange,
                   "the answer unpacks to more than 100 times what was sent, cut off (a decompression bomb?)");
  if (*exchange.buffered + count > exchange.most_buffered)
    return cut_off(exchange, "too many large answers at the same time, cut off");
  exchange.body.append(bytes, count);
  *exchange.buffered += count;
  return count;
}

/// Room for the body at once: growing step by step copies it several times.
void reserve_body(HttpExchange& exchange) {
  constexpr curl_off_t kMostReserved = 256 << 10;  // what a server announces is no promise
  curl_off_t length = -1;
  curl_easy_getinfo(exchange.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (length > 0 && length <= kMostReserved) exchange.body.reserve(static_cast<std::size_t>(length));
}

std::size_t on_header(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& exchange = *static_cast<HttpExchange*>(data);
  exchange.header_bytes += count;
  if (exchange.header_bytes > kMostHeaderBytes)
    return cut_off(exchange, "the answer has more than 64 KiB of headers, cut off");
  const std::string_view line = trim({bytes, count});
  if (line.starts_with("HTTP/")) {
    exchange.headers.clear();  // of a "100 Continue" before
    curl_easy_setopt(exchange.easy, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
  }
  if (line.empty()) reserve_body(exchange);
  if (const std::size_t colon = line.find(':'); colon != std::string_view::npos)
    exchange.headers.emplace(lower_ascii(trim(line.substr(0, colon))), trim(line.substr(colon + 1)));
  return count;
}

bool is_validator(std::string_view name) {
  return name == "if-none-match" || name == "if-modified-since";
}

bool is_for_everybody(std::string_view name) {
  return name == "accept" || name == "accept-language" || name == "user-agent";
}

/// Whether the present hop is the address that the validators belong to.
bool gave_the_validators(const HttpExchange& exchange) {
  const std::string& named = exchange.request.validators_for;
  if (named.empty() || named == exchange.request.url) return exchange.url.shown == exchange.first.shown;
  const auto url = parse_url(named);
  return url && url->shown == exchange.url.shown;
}

// Tokens in headers belong to the host that the admin named, not to where it sends us.
bool goes_along(const HttpExchange& exchange, const std::string& header) {
  const std::string name = lower_ascii(header);
  if (is_validator(name)) return gave_the_validators(exchange);
  return lane(exchange.url) == lane(exchange.first) || is_for_everybody(name);
}

void set_headers(HttpExchange& exchange) {
  bool typed = false;
  exchange.header_lines.clear();
  for (const auto& [name, value] : exchange.request.headers) {
    if (!goes_along(exchange, name)) continue;
    typed |= equal_ascii_nocase(name, "content-type");
    exchange.header_lines.add(value.empty() ? name + ";" : name + ": " + value);
  }
  exchange.header_lines.add("Expect:");  // no round trip before a body
  if (!typed) exchange.header_lines.add("Content-Type:");
  curl_easy_setopt(exchange.easy, CURLOPT_HTTPHEADER, exchange.header_lines.get());
}

void set_method(HttpExchange& exchange) {
  CURL* const easy = exchange.easy;
  const HttpRequest& request = exchange.request;
  if (request.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (request.method != "GET" || !request.body.empty()) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

void set_limits(HttpExchange& exchange) {
  CURL* const easy = exchange.easy;
  const Millis left = std::max<Millis>(1, exchange.request.timeout - exchange.spent);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(left));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, kSlowBytes);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, kFirstByteSeconds);  // on_header() makes it shorter
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
}

void set_resolve(HttpExchange& exchange, const HttpOptions& options) {
  exchange.resolve.clear();
  for (const std::string& entry : options.resolve) exchange.resolve.add(entry);
  if (exchange.resolve.get() != nullptr) curl_easy_setopt(exchange.easy, CURLOPT_RESOLVE, exchange.resolve.get());
}

void set_proxy(HttpExchange& exchange) {
  if (exchange.request.proxy.empty()) return;
  curl_easy_setopt(exchange.easy, CURLOPT_PROXY, exchange.request.proxy.c_str());
  curl_easy_setopt(exchange.easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  exchange.guard.allow_private = true;  // the guard sees the proxy, which an admin named
}

/// The key stands in for everything else in the certificate, at the host that it was given for only.
void set_pin(HttpExchange& exchange) {
  const bool its_host = exchange.url.scheme == "https" && lane(exchange.url) == lane(exchange.first);
  if (exchange.request.pin.empty() || !its_host) return;
  curl_easy_setopt(exchange.easy, CURLOPT_PINNEDPUBLICKEY, exchange.request.pin.c_str());
  curl_easy_setopt(exchange.easy, CURLOPT_SSL_VERIFYPEER, 0L);
  curl_easy_setopt(exchange.easy, CURLOPT_SSL_VERIFYHOST, 0L);
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

bool is_token(std::string_view name) {
  const auto bad = [](unsigned char c) { return c <= ' ' || c >= 127 || c == ':' || c == ';' || c == ','; };
  return !name.empty() && std::none_of(name.begin(), name.end(), bad);
}

}  // namespace

void prepare(HttpExchange& exchange, const HttpOptions& options) {
  CURL* const easy = exchange.easy;
  exchange.headers.clear();
  exchange.header_bytes = 0;
  exchange.body.clear();
  exchange.most_buffered = options.max_buffered;
  exchange.guard.allow_private = exchange.request.allow_private_address && exchange.url.host == exchange.first.host;
  set_common(easy, exchange.guard, options.ca_file, exchange.error.data());
  set_limits(exchange);
  set_method(exchange);
  set_headers(exchange);
  set_resolve(exchange, options);
  set_proxy(exchange);
  set_pin(exchange);
  curl_easy_setopt(easy, CURLOPT_URL, exchange.url.text.c_str());
  const std::string& agent = exchange.request.user_agent;
  curl_easy_setopt(easy, CURLOPT_USERAGENT, (agent.empty() ? options.user_agent : agent).c_str());
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");  // all that this curl can unpack
  // One request a connection most of the time: HTTP/2 would bring its buffers and nothing else.
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
}

std::string fault(const HttpRequest& request) {
  if (!is_token(request.method)) return "the method is no word";
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name)) return "the header name \"" + one_line(name) + "\" is no word";
    if (has_line_break(value)) return "the header " + name + " has a line break or NUL in its value";
  }
  if (has_line_break(request.user_agent)) return "the user agent has a line break or NUL in it";
  if (!request.pin.empty() && !request.pin.starts_with("sha256//")) return "the pin does not begin with sha256//";
  return "";
}

std::string refusal_behind_proxy(const HttpExchange& exchange) {
  if (exchange.request.proxy.empty()) return "";
  const bool named = exchange.request.allow_private_address && exchange.url.host == exchange.first.host;
  const auto kind = kind_of_host(exchange.url.host);
  if (!kind || may_connect(*kind, named)) return "";
  return "refused to ask the proxy for " + exchange.url.host + ", " + std::string(words(*kind));
}

std::optional<std::string> redirect_target(const HttpExchange& exchange, int status) {
  const bool keeps_method = status == 307 || status == 308;
  const bool redirect = keeps_method || status == 301 || status == 302 || status == 303;
  const bool reads = exchange.request.method == "GET" || exchange.request.method == "HEAD";
  if (!redirect || !exchange.request.follow_redirects || !(reads || keeps_method)) return std::nullopt;
  const auto location = exchange.headers.find("location");
  if (location == exchange.headers.end()) return std::nullopt;
  return location->second;
}

}  // namespace tocsin
