#include "app/poll_once.hpp"

#include "app/indexed_poll.hpp"
#include "host/loop.hpp"
#include "net/http_client.hpp"

namespace tocsin {

std::string proxy_of(const Feed& feed, const std::string& of_all) {
  if (feed.proxy == "none") return "";
  if (!feed.proxy.empty()) return feed.proxy.text();
  return feed.allow_private_address ? "" : of_all;
}

HttpRequest poll_request(const Feed& feed, const Settings& settings) {
  HttpRequest request;
  request.url = feed.url;
  request.allow_private_address = feed.allow_private_address;
  request.timeout = settings.poll_timeout;
  request.max_body = static_cast<std::size_t>(settings.poll_max_size);
  request.user_agent = feed.user_agent;
  request.pin = feed.pin;
  request.proxy = proxy_of(feed, settings.poll_proxy);
  return request;
}

HttpResponse poll_once(const Feed& feed, const Settings& settings) {
  Loop loop;
  CurlMulti transfers(loop.context());
  HttpOptions options;
  options.user_agent = user_agent(TOCSIN_VERSION, settings.contact);
  HttpClient client(transfers, options);
  HttpResponse answer;
  send_poll(client, feed, poll_request(feed, settings), [&](HttpResponse response) {
    answer = std::move(response);
    loop.stop();
  });
  loop.run();
  return answer;
}

}  // namespace tocsin
