// One HTTP request on its way over its hops: what curl's callbacks write to. Private to net/http_client.cpp.
#pragma once
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "net/easy.hpp"
#include "net/http_client.hpp"
#include "net/url.hpp"

namespace tocsin {

struct HttpExchange {
  HttpRequest request;
  std::function<void(HttpResponse)> done;

  Url first;  // what was asked for: tokens and allow_private_address are meant for this host
  Url url;    // of the present hop
  int hops = 0;
  bool permanent = true;  // all hops so far
  Millis spent = 0;       // by the hops before this one
  std::int64_t wire_bytes = 0;

  CURL* easy = nullptr;
  StringList header_lines, resolve;
  ConnectionGuard guard;
  std::array<char, CURL_ERROR_SIZE> error{};
  std::multimap<std::string, std::string> headers;
  std::size_t header_bytes = 0;
  std::string body;
  std::size_t* buffered = nullptr;  // bytes in the bodies of all exchanges of the client
  std::size_t most_buffered = 0;
  std::string cut;  // why our own callback ended the transfer, "" when it did not
};

/// Sets the handle up for the present hop and forgets what the hop before received.
void prepare(HttpExchange& exchange, const HttpOptions& options);

/// "" when the request can be sent, else what is wrong with it.
std::string fault(const HttpRequest& request);

/// A proxy connects in our place, so an address that it must not reach is judged by its spelling; names are the proxy's
/// own affair. "" when the present hop may go, else the refusal.
std::string refusal_behind_proxy(const HttpExchange& exchange);

/// Where the answer in `exchange` sends us: nullopt = nowhere, it is the answer.
std::optional<std::string> redirect_target(const HttpExchange& exchange, int status);

}  // namespace tocsin
