#include "app/indexed_poll.hpp"

#include "base/text.hpp"
#include "feeds/mapped_index.hpp"
#include "feeds/urls.hpp"

namespace tocsin {

namespace {
/// What the admin permitted of the host of the feed holds for no other.
HttpRequest request_for_document(HttpRequest request, std::string address) {
  if (host_of(address) != host_of(request.url)) {
    request.allow_private_address = false;
    request.pin.clear();
  }
  request.url = std::move(address);
  request.headers.clear();
  request.validators_for.clear();
  return request;
}

/// What the host of the document says of it (gone, too many requests) is not said of the feed, whose list is alive.
HttpResponse with_document(HttpResponse index, HttpResponse document, const std::string& address) {
  const auto bytes = index.wire_bytes + document.wire_bytes;
  const Millis elapsed = index.elapsed + document.elapsed;
  if (document.status == 200) {
    index.body = std::move(document.body);
    index.headers.erase("content-type");
    if (const auto type = document.headers.find("content-type"); type != document.headers.end())
      index.headers.insert(*type);
  } else {
    const std::string why = document.status == 0 ? document.error : "HTTP " + std::to_string(document.status);
    index.error = "the index names " + one_line(address) + ": " + why;
    index.status = 0;
    index.body.clear();
  }
  index.wire_bytes = bytes;
  index.elapsed = elapsed;
  return index;
}
}  // namespace

void send_poll(HttpTransport& http, const Feed& feed, HttpRequest request, std::function<void(HttpResponse)> done) {
  const std::string pattern = feed.mapping ? index_pattern(*feed.mapping) : std::string();
  if (pattern.empty()) return http.send(std::move(request), std::move(done));
  HttpRequest again = request;
  http.send(std::move(request), [&http, pattern, again = std::move(again),
                                 done = std::move(done)](HttpResponse index) mutable {
    const auto address = index.status == 200 ? indexed_address(index.body, pattern, index.final_url) : std::string();
    if (address.empty()) return done(std::move(index));
    HttpRequest next = request_for_document(std::move(again), address);
    http.send(std::move(next), [index = std::move(index), address, done = std::move(done)](HttpResponse document) {
      done(with_document(index, std::move(document), address));
    });
  });
}

}  // namespace tocsin
