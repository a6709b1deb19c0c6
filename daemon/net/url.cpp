#include "net/url.hpp"

#include <curl/curl.h>

#include <memory>

#include "base/text.hpp"

namespace tocsin {
namespace {

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Schemes that curl does not speak are read too: the refusal then names them.
constexpr unsigned kFlags = CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

Url read(CURLU* url) {
  Url out;
  out.scheme = lower_ascii(part(url, CURLUPART_SCHEME));
  out.host = lower_ascii(part(url, CURLUPART_HOST));
  curl_url_set(url, CURLUPART_HOST, out.host.c_str(), 0);
  curl_url_set(url, CURLUPART_FRAGMENT, nullptr, 0);
  out.text = part(url, CURLUPART_URL, CURLU_NO_DEFAULT_PORT);
  out.port = part(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
  curl_url_set(url, CURLUPART_USER, nullptr, 0);
  curl_url_set(url, CURLUPART_PASSWORD, nullptr, 0);
  out.shown = part(url, CURLUPART_URL, CURLU_NO_DEFAULT_PORT);
  return out;
}

Result<Url> set(CURLU* url, const std::string& text) {
  if (text.find('\0') != std::string::npos) return failure("the address holds a NUL character");
  const CURLUcode code = curl_url_set(url, CURLUPART_URL, text.c_str(), kFlags);
  if (code != CURLUE_OK) return failure(std::string("the address cannot be read: ") + curl_url_strerror(code));
  return read(url);
}

}  // namespace

Result<Url> parse_url(const std::string& text) {
  const Handle url(curl_url(), &curl_url_cleanup);
  return set(url.get(), text);
}

Result<Url> resolve(const Url& base, const std::string& location) {
  const Handle url(curl_url(), &curl_url_cleanup);
  curl_url_set(url.get(), CURLUPART_URL, base.text.c_str(), kFlags);
  return set(url.get(), location);
}

std::string lane(const Url& url) {
  return url.port.empty() ? url.host : url.host + ":" + url.port;
}

Result<Url> next_hop(const Url& from, const std::string& location) {
  auto to = resolve(from, location);
  if (!to) return failure("redirected to nowhere: " + to.error().message);
  if (to->scheme != "http" && to->scheme != "https")
    return failure("redirected to a " + one_line(to->scheme) + ": address, refused (only http and https)");
  if (from.scheme == "https" && to->scheme == "http")
    return failure("redirected from https to http, refused: " + one_line(to->shown));
  return to;
}

}  // namespace tocsin
