// HttpClient against tests/fakes/http_server.py on loopback. What is slow or needs a network of its own is in
// tests/system.
#include "net/http_client.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <chrono>

#include "fake_server.hpp"

namespace tocsin {
namespace {

class Http : public ::testing::Test {
 protected:
  explicit Http(const HttpOptions& options = {.user_agent = "Tocsin/test"}) : multi(io), client(multi, options) {}

  static HttpRequest get(const std::string& url) {
    return {.url = url, .timeout = 10 * kSecond, .allow_private_address = true};
  }

  HttpResponse sent(HttpRequest request) {
    HttpResponse response;
    bool answered = false;
    client.send(std::move(request), [&](HttpResponse got) {
      EXPECT_FALSE(std::exchange(answered, true));
      response = std::move(got);
    });
    EXPECT_FALSE(answered) << "never from inside send()";
    run_until([&] { return answered; });
    EXPECT_EQ(client.pending(), 0u);
    return response;
  }

  template <class Condition>
  void run_until(Condition done) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    io.restart();
    while (!done() && std::chrono::steady_clock::now() < limit) io.run_one_for(std::chrono::seconds(1));
    ASSERT_TRUE(done()) << "no answer within 30 s";
  }

  boost::asio::io_context io{1};
  CurlMulti multi;
  HttpClient client;
  FakeServer server{"http_server.py"};
};

bool has(const HttpResponse& response, const std::string& part) {
  return response.body.find(part) != std::string::npos;
}

}  // namespace

TEST_F(Http, fetches_a_feed_with_its_headers) {
  const HttpResponse response = sent(get(server.at("/feed")));
  EXPECT_EQ(response.status, 200) << response.error;
  EXPECT_EQ(response.error, "");
  EXPECT_TRUE(has(response, "Loopback news"));
  EXPECT_EQ(response.headers.find("etag")->second, "\"v1\"");
  EXPECT_EQ(response.final_url, server.at("/feed"));
  EXPECT_FALSE(response.redirected_permanently);
  EXPECT_EQ(client.sockets().opened, 1u);
}

TEST_F(Http, says_who_we_are_and_what_we_can_unpack) {
  const HttpResponse response = sent(get(server.at("/echo")));
  EXPECT_TRUE(has(response, R"("user-agent": "Tocsin/test")"));
  EXPECT_TRUE(has(response, R"("accept-encoding": "deflate, gzip)"));
}

TEST_F(Http, takes_up_other_options_for_later_requests) {
  client.use({.user_agent = "Tocsin/other", .parallel = 1});
  EXPECT_TRUE(has(sent(get(server.at("/echo"))), R"("user-agent": "Tocsin/other")"));
}

TEST_F(Http, a_feed_may_have_a_user_agent_of_its_own) {
  HttpRequest request = get(server.at("/echo"));
  request.user_agent = "Mozilla/5.0 (Tocsin)";
  EXPECT_TRUE(has(sent(request), R"x("user-agent": "Mozilla/5.0 (Tocsin)")x"));
  request.user_agent = "x\r\nCookie: y";
  EXPECT_EQ(sent(request).error, "the user agent has a line break or NUL in it");
}

TEST_F(Http, counts_what_goes_over_the_wire_both_ways_and_over_all_hops) {
  const HttpResponse plain = sent(get(server.at("/feed")));
  const auto body = static_cast<std::int64_t>(plain.body.size());
  EXPECT_GT(plain.wire_bytes, body + 200) << "headers count";
  EXPECT_LT(plain.wire_bytes, body + 1000);
  EXPECT_GT(sent(get(server.at("/redirect?to=/feed"))).wire_bytes, plain.wire_bytes + 200);
  HttpRequest bomb = get(server.at("/bomb?mb=4"));
  EXPECT_GT(sent(bomb).wire_bytes, 1000) << "what was cut off was paid for";
  EXPECT_LT(sent(bomb).wire_bytes, 100'000) << "counted as packed";
}

TEST_F(Http, a_proxy_is_asked_in_the_place_of_the_host) {
  HttpRequest request = get("http://feeds.example/echo");
  request.allow_private_address = false;
  request.proxy = server.at("");
  const HttpResponse response = sent(request);
  EXPECT_TRUE(has(response, R"("path": "http://feeds.example/echo")")) << response.error;
  EXPECT_EQ(client.sockets().opened, 1u) << "the proxy may be on the own network";
}

TEST_F(Http, a_proxy_is_never_asked_for_a_forbidden_address) {
  for (const char* host : {"127.0.0.1", "localhost", "localhost.", "x.localhost", "2130706433", "0x7f.1", "10.1.2.3",
                           "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "[fe80::1%25eth0]", "0"}) {
    HttpRequest request = get("http://" + std::string(host) + "/echo");
    request.allow_private_address = false;
    request.proxy = server.at("");
    EXPECT_TRUE(sent(request).error.starts_with("refused to ask the proxy for")) << host;
    request.url = "http://feeds.example/redirect?to=" + request.url;
    EXPECT_TRUE(sent(request).error.starts_with("refused to ask the proxy for")) << "redirected to " << host;
  }
}

TEST_F(Http, unpacks_every_coding_that_it_offers) {
  const std::string offered = sent(get(server.at("/echo"))).body;
  for (const std::string coding : {"gzip", "deflate", "br", "zstd"}) {
    if (offered.find(coding) == std::string::npos) continue;  // this libcurl was built without
    EXPECT_EQ(sent(get(server.at("/packed/" + coding))).body, "hello") << coding;
  }
}

TEST_F(Http, unpacks_gzip_that_nobody_announced) {
  EXPECT_EQ(sent(get(server.at("/unasked-gzip"))).body, "hello ");
}

TEST_F(Http, torn_gzip_is_an_error_and_no_half_document) {
  const HttpResponse response = sent(get(server.at("/torn-gzip")));
  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(response.error, "the gzip body is cut short");
  EXPECT_EQ(response.body, "");
}

TEST_F(Http, every_http_status_is_an_answer) {
  for (const int status : {304, 404, 429, 503}) {
    const HttpResponse response = sent(get(server.at("/status/" + std::to_string(status))));
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.error, "");
    EXPECT_EQ(response.headers.find("retry-after")->second, "120");
  }
}

TEST_F(Http, posts_a_body_with_its_headers) {
  HttpRequest request = get(server.at("/echo"));
  request.method = "POST";
  request.body = std::string("{\"a\":\0}", 7);
  request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}, {"User-Agent", "Other/1"}};
  const HttpResponse response = sent(std::move(request));
  EXPECT_TRUE(has(response, R"("method": "POST")"));
  EXPECT_TRUE(has(response, R"("body": "{\"a\":\u0000}")")) << response.body;
  EXPECT_TRUE(has(response, R"("content-type": "application/json")"));
  EXPECT_TRUE(has(response, R"("x-empty": "")"));
  EXPECT_TRUE(has(response, R"("user-agent": "Other/1")"));
  EXPECT_FALSE(has(response, "expect"));
}

TEST_F(Http, knows_head_put_and_delete) {
  for (const std::string method : {"PUT", "DELETE"}) {
    HttpRequest request = get(server.at("/echo"));
    request.method = method;
    EXPECT_TRUE(has(sent(std::move(request)), "\"method\": \"" + method + "\""));
  }
  HttpRequest head = get(server.at("/feed"));
  head.method = "HEAD";
  const HttpResponse response = sent(std::move(head));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

TEST_F(Http, a_line_break_in_a_header_is_refused) {
  HttpRequest request = get(server.at("/echo"));
  request.headers = {{"X-Title", "a\r\nX-Evil: b"}};
  const HttpResponse response = sent(std::move(request));
  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(response.error, "the header X-Title has a line break or NUL in its value");
}

TEST_F(Http, follows_redirects_and_tells_where_it_came_out) {
  const HttpResponse once = sent(get(server.at("/redirect?code=301&to=/feed")));
  EXPECT_EQ(once.status, 200);
  EXPECT_EQ(once.final_url, server.at("/feed"));
  EXPECT_TRUE(once.redirected_permanently);
  EXPECT_EQ(once.headers.count("location"), 0u) << "headers of the last hop only";
  const HttpResponse mixed = sent(get(server.at("/redirect?code=308&to=/redirect%3Fcode%3D302%26to%3D/feed")));
  EXPECT_EQ(mixed.status, 200);
  EXPECT_FALSE(mixed.redirected_permanently);
}

TEST_F(Http, an_address_without_a_redirect_comes_back_as_it_was_written) {
  const std::string url = "HTTP://127.0.0.1:" + server.port() + "/feed?q=flux à#top";
  EXPECT_EQ(sent(get(url)).final_url, url);
}

TEST_F(Http, a_redirect_is_the_answer_when_nobody_asked_to_follow) {
  HttpRequest request = get(server.at("/redirect?to=/feed"));
  request.follow_redirects = false;
  const HttpResponse response = sent(std::move(request));
  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(response.headers.find("location")->second, "/feed");
}

TEST_F(Http, a_post_is_never_turned_into_a_get) {
  HttpRequest request = get(server.at("/redirect?code=302&to=/echo"));
  request.method = "POST";
  request.body = "x";
  EXPECT_EQ(sent(request).status, 302) << "a portal that redirects must not look like a delivery";
  request.url = server.at("/redirect?code=307&to=/echo");
  const HttpResponse kept = sent(request);
  EXPECT_TRUE(has(kept, R"("method": "POST")") && has(kept, R"("body": "x")"));
}

TEST_F(Http, a_redirect_loop_ends_after_five_hops) {
  const HttpResponse response = sent(get(server.at("/loop")));
  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(response.error, "redirected more than 5 times");
}

TEST_F(Http, tokens_stay_with_the_host_they_were_meant_for) {
  const FakeServer other("http_server.py");
  HttpRequest request = get(server.at("/redirect?to=" + other.at("/echo")));
  request.headers = {{"Authorization", "Bearer canary"}, {"X-Api-Key", "canary"}, {"Accept-Language", "fr"}};
  const HttpResponse abroad = sent(request);
  EXPECT_FALSE(has(abroad, "canary")) << abroad.body;
  EXPECT_TRUE(has(abroad, R"("accept-language": "fr")"));
  request.url = server.at("/redirect?to=/echo");
  EXPECT_TRUE(has(sent(request), R"("authorization": "Bearer canary")"));
}

TEST_F(Http, validators_go_to_the_address_that_gave_them) {
  HttpRequest request = get(server.at("/redirect?to=/echo"));
  request.headers = {{"If-None-Match", "\"v1\""}};
  EXPECT_FALSE(has(sent(request), "if-none-match"));
  request.validators_for = server.at("/echo");
  EXPECT_TRUE(has(sent(request), R"("if-none-match": "\"v1\"")"));
  request.validators_for.clear();
  request.url = server.at("/echo");
  EXPECT_TRUE(has(sent(request), "if-none-match"));
}

TEST_F(Http, a_login_in_the_address_is_used_and_never_shown) {
  const std::string url = "http://ann:s3cret@127.0.0.1:" + server.port();
  const HttpResponse fine = sent(get(url + "/echo"));
  EXPECT_TRUE(has(fine, "Basic YW5uOnMzY3JldA=="));
  EXPECT_EQ(fine.final_url, server.at("/echo"));
  for (const std::string path : {"/reset", "/short", "/redirect?to=file:///x", "/loop"}) {
    const HttpResponse failed = sent(get(url + path));
    EXPECT_EQ(failed.status, 0);
    EXPECT_EQ((failed.error + failed.final_url).find("s3cret"), std::string::npos);
  }
}

TEST_F(Http, an_unreadable_address_is_not_repeated) {
  const HttpResponse response = sent(get("http://ann:s3cret@[::1/feed"));
  EXPECT_EQ(response.status, 0);
  EXPECT_NE(response.error, "");
  EXPECT_EQ((response.error + response.final_url).find("s3cret"), std::string::npos);
}

TEST_F(Http, an_answer_larger_than_the_limit_is_cut_off) {
  HttpRequest request = get(server.at("/endless"));
  request.max_body = 200'000;
  const HttpResponse response = sent(std::move(request));
  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(response.error, "the answer is larger than 200000 bytes, cut off");
  EXPECT_EQ(response.body, "");
}

TEST_F(Http, many_large_answers_at_a_time_do_not_fill_the_memory) {
  HttpClient narrow(multi, {.max_buffered = 300'000});
  const FakeServer other("http_server.py");
  std::vector<std::string> errors;
  for (const FakeServer* from : {&std::as_const(server), &other})
    narrow.send(get(from->at("/endless")), [&](const HttpResponse& response) { errors.push_back(response.error); });
  run_until([&] { return errors.size() == 2; });
  for (const std::string& error : errors) EXPECT_EQ(error, "too many large answers at the same time, cut off");
  bool small = false;
  narrow.send(get(server.at("/feed")), [&](const HttpResponse& response) { small = response.status == 200; });
  run_until([&] { return small; });
}

TEST_F(Http, a_decompression_bomb_is_cut_off_by_its_ratio_or_its_size) {
  EXPECT_NE(sent(get(server.at("/bomb?mb=64"))).error.find("more than 100 times"), std::string::npos);
  EXPECT_EQ(sent(get(server.at("/unasked-bomb?mb=64"))).error, "the gzip body unpacks to more than 8388608 bytes");
}

TEST_F(Http, a_flood_of_headers_is_cut_off) {
  EXPECT_EQ(sent(get(server.at("/headers"))).error, "the answer has more than 64 KiB of headers, cut off");
  EXPECT_EQ(sent(get(server.at("/long-header"))).status, 0);
}

TEST_F(Http, half_an_answer_is_no_answer) {
  const HttpResponse response = sent(get(server.at("/short")));
  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(response.body, "");
  EXPECT_NE(response.error, "");
}

TEST_F(Http, a_request_ends_at_its_time_limit) {
  HttpRequest request = get(server.at("/silent"));
  request.timeout = 200;
  const HttpResponse response = sent(std::move(request));
  EXPECT_EQ(response.status, 0);
  EXPECT_NE(response.error.find("timed out"), std::string::npos) << response.error;
  EXPECT_GE(response.elapsed, 200);
}

TEST_F(Http, the_hops_of_a_redirect_share_one_time_limit) {
  HttpRequest request = get(server.at("/slow-redirect?ms=150&to=/slow-redirect%3Fms%3D150%26to%3D/silent"));
  request.timeout = 400;
  const HttpResponse response = sent(std::move(request));
  EXPECT_EQ(response.status, 0);
  EXPECT_GE(response.elapsed, 390);
  EXPECT_LT(response.elapsed, 1500);
}

TEST_F(Http, loopback_is_refused_unless_it_was_named) {
  HttpRequest request = get(server.at("/feed"));
  request.allow_private_address = false;
  const HttpResponse response = sent(std::move(request));
  EXPECT_EQ(
      response.error,
      "refused to connect to 127.0.0.1, a loopback address (a host of your own network needs allow_private_address)");
  EXPECT_EQ(client.sockets().opened, 0u);
  EXPECT_EQ(client.sockets().refused, 1u);
}

TEST_F(Http, a_kept_connection_of_a_laxer_request_does_not_carry_a_stricter_one) {
  ASSERT_EQ(sent(get(server.at("/feed"))).status, 200);
  HttpRequest strict = get(server.at("/feed"));
  strict.allow_private_address = false;
  const HttpResponse response = sent(std::move(strict));
  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(client.sockets().opened, 1u);
  EXPECT_GE(client.sockets().refused, 1u);
}

TEST_F(Http, the_permission_for_a_named_host_does_not_pass_to_where_it_redirects) {
  const HttpResponse response = sent(get(server.at("/redirect?to=http://127.0.0.2:" + server.port() + "/feed")));
  EXPECT_EQ(response.status, 0);
  EXPECT_TRUE(response.error.starts_with("refused to connect to 127.0.0.2, a loopback address")) << response.error;
}

TEST_F(Http, only_http_and_https_are_spoken) {
  for (const std::string url :
       {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "dict://127.0.0.1/x"}) {
    const HttpResponse response = sent(get(url));
    EXPECT_EQ(response.status, 0);
    EXPECT_NE(response.error.find("(only http and https)"), std::string::npos);
  }
  EXPECT_EQ(client.sockets().opened, 0u);
}

TEST_F(Http, one_request_per_host_at_a_time_and_all_are_answered) {
  int answers = 0;
  for (int i = 0; i < 10; ++i)
    client.send(get(server.at("/feed")), [&](const HttpResponse& r) { answers += r.status == 200; });
  EXPECT_EQ(client.pending(), 10u);
  run_until([&] { return answers == 10; });
  EXPECT_EQ(client.sockets().opened, 1u) << "one connection served them all";
}

TEST_F(Http, a_callback_may_send_the_next_request) {
  int rounds = 0;
  std::function<void(HttpResponse)> again = [&](const HttpResponse& response) {
    EXPECT_EQ(response.status, 200);
    if (++rounds < 20) client.send(get(server.at("/feed")), again);
  };
  client.send(get(server.at("/feed")), again);
  run_until([&] { return rounds == 20; });
}

TEST_F(Http, its_end_abandons_what_is_under_way) {
  {
    HttpClient brief(multi, {});
    brief.send(get(server.at("/silent")), [](const HttpResponse&) { FAIL(); });
    io.run_for(std::chrono::milliseconds(20));
    brief.send(get(server.at("/silent")), [](const HttpResponse&) { FAIL(); });
    brief.send(get("nonsense:"), [](const HttpResponse&) { FAIL(); });
  }
  EXPECT_EQ(sent(get(server.at("/feed"))).status, 200);
}

TEST_F(Http, a_closed_port_is_told_in_words) {
  EXPECT_NE(sent(get("http://127.0.0.1:1/")).error.find("127.0.0.1 port 1"), std::string::npos);
}

namespace {

class Https : public Http {
 protected:
  static std::string folder() {
    static std::string made = [] {
      std::string name = "/tmp/tocsin-tls-XXXXXX";
      return std::string(::mkdtemp(name.data()));
    }();
    ::mkdir(made.c_str(), 0700);  // gone with the test before
    return made;
  }
  Https() : Http({.ca_file = folder() + "/localhost.pem"}) {}
  ~Https() override { EXPECT_EQ(std::system(("rm -r " + folder()).c_str()), 0); }
  FakeServer secure{"http_server.py", {"--tls", folder()}};
  std::string at(const std::string& path) const { return "https://localhost:" + secure.port() + path; }
};

}  // namespace

TEST_F(Https, speaks_tls_checks_names_and_never_steps_down) {
  EXPECT_EQ(sent(get(at("/feed"))).status, 200);
  const HttpResponse down = sent(get(at("/redirect?to=" + server.at("/feed"))));
  EXPECT_TRUE(down.error.starts_with("redirected from https to http, refused")) << down.error;
  HttpClient stranger(multi, {});  // trusts the system's certificates only
  HttpResponse untrusted;
  bool answered = false;
  stranger.send(get(at("/feed")), [&](HttpResponse got) { answered = true, untrusted = std::move(got); });
  run_until([&] { return answered; });
  EXPECT_EQ(untrusted.status, 0);
  EXPECT_NE(untrusted.error.find("certificate"), std::string::npos) << untrusted.error;
}

namespace {

/// The hash that an admin would put into the configuration, by the commands that docs/operations.md names.
std::string pin_of(const std::string& certificate) {
  const std::string command =
      "openssl x509 -in " + certificate +
      " -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  std::array<char, 128> line{};
  const std::size_t count = std::fread(line.data(), 1, line.size(), pipe);
  ::pclose(pipe);
  return "sha256//" + std::string(line.data(), count).substr(0, 44);
}

}  // namespace

TEST_F(Https, a_pinned_key_stands_in_for_a_certificate_that_nobody_vouches_for) {
  HttpClient stranger(multi, {});  // does not know the certificate
  const auto fetched = [&](const std::string& url, const std::string& pin) {
    HttpRequest request = get(url);
    request.pin = pin;
    HttpResponse response;
    bool answered = false;
    stranger.send(std::move(request), [&](HttpResponse got) { answered = true, response = std::move(got); });
    run_until([&] { return answered; });
    return response;
  };
  const std::string pin = pin_of(folder() + "/localhost.pem");
  EXPECT_EQ(fetched(at("/feed"), pin).status, 200);
  EXPECT_EQ(fetched(at("/feed"), "").status, 0) << "a kept connection does not carry a request without the pin";
  const std::string other = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  EXPECT_NE(fetched(at("/feed"), other).error.find("pinned"), std::string::npos) << fetched(at("/feed"), other).error;
  EXPECT_EQ(fetched(at("/feed"), "md5//x").error, "the pin does not begin with sha256//");
}

TEST_F(Https, a_pin_is_not_that_of_where_its_host_redirects) {
  HttpRequest request = get(at("/redirect?to=https://127.0.0.1:" + secure.port() + "/feed"));
  request.pin = pin_of(folder() + "/localhost.pem");
  HttpClient stranger(multi, {});
  HttpResponse response;
  bool answered = false;
  stranger.send(std::move(request), [&](HttpResponse got) { answered = true, response = std::move(got); });
  run_until([&] { return answered; });
  EXPECT_EQ(response.status, 0);
  EXPECT_NE(response.error, "");
}

}  // namespace tocsin
