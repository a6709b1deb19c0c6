#include "app/poller.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/hash.hpp"
#include "fakes/fake_clock.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

constexpr Millis kStart = 1726531200000;  // 2024-09-17T00:00:00Z

std::string rss(const std::string& items) {
  return "<rss version='2.0'><channel><title>t</title>" + items + "</channel></rss>";
}

HttpResponse ok(const std::string& body, std::multimap<std::string, std::string> headers = {}) {
  HttpResponse response;
  response.status = 200;
  response.body = body;
  response.headers = std::move(headers);
  response.wire_bytes = static_cast<std::int64_t>(body.size());
  return response;
}

HttpResponse status(int code, std::multimap<std::string, std::string> headers = {}) {
  HttpResponse response;
  response.status = code;
  response.headers = std::move(headers);
  return response;
}

/// Answers as the test says; the answers arrive when the timers are through.
class ScriptedHttp : public HttpTransport {
 public:
  void send(HttpRequest request, std::function<void(HttpResponse)> done) override {
    sent.push_back(request);
    waiting.push_back([this, request = std::move(request), done = std::move(done)] {
      HttpResponse response = answer(request);
      if (response.final_url.empty()) response.final_url = request.url;
      done(response);
    });
  }
  std::function<HttpResponse(const HttpRequest&)> answer;
  std::vector<HttpRequest> sent;
  std::vector<std::function<void()>> waiting;
};

/// A poller on a loop whose clock the test moves.
class PollerTest : public testing::Test {
 protected:
  PollerTest() : clock(kStart) {
    http.answer = [](const HttpRequest&) { return ok(rss("")); };
  }

  static Feed feed(const char* name, const std::string& url) {
    Feed f;
    f.id = f.publisher = name;
    f.url = url;
    f.language = "en";
    return f;
  }

  void use(std::vector<Feed> given, PollLimits limits = {}) {
    const auto old = std::exchange(feeds, std::make_unique<std::vector<Feed>>(std::move(given)));
    poller->use(*feeds, std::move(limits), false);
  }

  void start(std::vector<Feed> given, const PollLimits& limits = {}) {
    poller.emplace(Poller::Surroundings{
        *store, intake, http, clock,
        [this](Millis wait, std::function<void()> call) { timers.emplace(clock.now() + wait, std::move(call)); },
        [] { return 0.5; }, [](const Taken&) {}, [](const std::string&) {}});
    use(std::move(given), limits);
  }

  void run_for(Millis span) {
    const Millis end = clock.now() + span;
    while (!timers.empty() && timers.begin()->first <= end) {
      clock.advance(timers.begin()->first - clock.now());
      auto timer = timers.extract(timers.begin());
      timer.mapped()();
      for (auto& answer : std::exchange(http.waiting, {})) answer();
    }
    clock.advance(end - clock.now());
  }

  std::size_t polls_within(Millis span) {
    const std::size_t before = http.sent.size();
    run_for(span);
    return http.sent.size() - before;
  }

  static std::string header(const HttpRequest& request, const std::string& name) {
    for (const auto& [key, value] : request.headers)
      if (key == name) return value;
    return "";
  }

  FeedState state(const char* name) {
    FeedState found;
    poller->each([&](const Feed& f, const FeedState& s, bool) {
      if (f.id == name) found = s;
    });
    return found;
  }

  FakeClock clock;
  ScriptedHttp http;
  std::multimap<Millis, std::function<void()>> timers;
  std::unique_ptr<Store> store = std::move(*open_sqlite(":memory:"));
  Understander understander = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image").value();
  Organisation organisation;
  RuleSet rules;
  Pipeline pipeline{understander, rules, organisation};
  Intake intake{*store, pipeline};
  std::unique_ptr<std::vector<Feed>> feeds;
  std::optional<Poller> poller;
};

}  // namespace

TEST_F(PollerTest, sends_back_the_validators_of_the_address_that_gave_them) {
  http.answer = [](const HttpRequest&) { return ok(rss(""), {{"etag", "W/\"1\""}, {"last-modified", "yesterday"}}); };
  start({feed("radio", "https://a.example/f")});
  run_for(kHour);
  ASSERT_GE(http.sent.size(), 2u);
  EXPECT_TRUE(http.sent[0].headers.empty()) << "If-Modified-Since is never invented";
  EXPECT_EQ(header(http.sent[1], "If-None-Match"), "W/\"1\"");
  EXPECT_EQ(header(http.sent[1], "If-Modified-Since"), "yesterday");
  EXPECT_EQ(http.sent[1].validators_for, "https://a.example/f");
}

TEST_F(PollerTest, a_304_refreshes_the_validators_and_keeps_the_wish_of_the_document) {
  http.answer = [](const HttpRequest& request) {
    return request.headers.empty() ? ok(rss("<ttl>30</ttl>"), {{"etag", "\"1\""}}) : status(304, {{"etag", "\"2\""}});
  };
  start({feed("radio", "https://a.example/f")});
  EXPECT_LE(polls_within(3 * kHour), 7u) << "the ttl of 30 minutes holds though a 304 does not repeat it";
  EXPECT_EQ(header(http.sent.at(2), "If-None-Match"), "\"2\"");
  EXPECT_EQ(state("radio").failures, 0);
}

TEST_F(PollerTest, the_same_bytes_again_are_no_document_even_under_a_new_etag) {
  int answers = 0;
  http.answer = [&](const HttpRequest&) {
    return ok(rss("<item><title>x</title><guid>1</guid></item>"), {{"etag", std::to_string(++answers)}});
  };
  start({feed("radio", "https://a.example/f")});
  run_for(kHour);
  EXPECT_EQ(state("radio").documents, 1);
  EXPECT_EQ(header(http.sent.back(), "If-None-Match"), std::to_string(answers - 1));
}

TEST_F(PollerTest, two_feeds_of_one_host_are_never_asked_at_the_same_moment) {
  std::vector<Millis> times;
  http.answer = [&](const HttpRequest&) {
    times.push_back(clock.now());
    return ok(rss(""));
  };
  std::vector<Feed> many;
  for (const char* name : {"a", "b", "c", "d", "e"})
    many.push_back(feed(name, "https://News.example/" + std::string(name)));
  start(many);
  run_for(kHour);
  std::sort(times.begin(), times.end());
  ASSERT_GE(times.size(), 50u);
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_GE(times[i] - times[i - 1], 2 * kSecond);
}

TEST_F(PollerTest, a_429_to_one_feed_rests_its_whole_host) {
  http.answer = [](const HttpRequest& request) {
    return request.url.ends_with("/a") ? status(429, {{"retry-after", "1800"}}) : ok(rss(""));
  };
  start(
      {feed("a", "https://news.example/a"), feed("b", "https://news.example/b"), feed("c", "https://other.example/c")});
  run_for(kMinute);
  const auto asked_b = [&] {
    return std::count_if(http.sent.begin(), http.sent.end(), [](const auto& r) { return r.url.ends_with("/b"); });
  };
  const auto before = asked_b();
  run_for(28 * kMinute);
  EXPECT_EQ(asked_b(), before);
  run_for(30 * kMinute);
  EXPECT_GT(asked_b(), before);
}

TEST_F(PollerTest, a_410_is_asked_again_only_after_a_reload) {
  http.answer = [](const HttpRequest&) { return status(410); };
  start({feed("radio", "https://a.example/f")});
  EXPECT_EQ(polls_within(3 * kDay), 1u);
  EXPECT_EQ(poller->health().gone, 1u);
  use({feed("radio", "https://a.example/f")});
  EXPECT_EQ(polls_within(kDay), 1u);
}

TEST_F(PollerTest, a_403_backs_off_and_is_never_given_up) {
  http.answer = [](const HttpRequest&) { return status(403); };
  start({feed("radio", "https://a.example/f")});
  EXPECT_LT(polls_within(kDay), 30u);
  EXPECT_GE(polls_within(kDay), 12u);
  http.answer = [](const HttpRequest&) { return ok(rss("")); };
  run_for(2 * kHour);
  EXPECT_EQ(poller->health().reached, 1u);
}

TEST_F(PollerTest, a_captive_portal_is_a_failure_and_not_an_empty_feed) {
  http.answer = [](const HttpRequest&) {
    return ok("<!DOCTYPE html><html><head><title>Wi-Fi login</title></head></html>");
  };
  start({feed("radio", "https://a.example/f")});
  run_for(kMinute);
  EXPECT_EQ(poller->health().failing, 1u);
  EXPECT_EQ(state("radio").documents, 0);
  EXPECT_EQ(state("radio").last_success, 0);
}

TEST_F(PollerTest, a_move_for_good_is_followed_after_days_and_a_temporary_one_never) {
  const auto answered_from = [](const std::string& url, bool permanent) {
    HttpResponse response = ok(rss(""));
    response.final_url = url;
    response.redirected_permanently = permanent;
    return response;
  };
  http.answer = [&](const HttpRequest& request) {
    if (request.url == "https://a.example/f") return answered_from("https://new.example/f", true);
    if (request.url == "https://b.example/f") return answered_from("https://elsewhere.example/f", false);
    return ok(rss(""));
  };
  start({feed("moved", "https://a.example/f"), feed("guest", "https://b.example/f")});
  run_for(2 * kDay);
  for (const auto& request : http.sent) ASSERT_NE(request.url, "https://new.example/f");
  run_for(2 * kDay);
  http.sent.clear();
  run_for(6 * kHour);
  for (const auto& request : http.sent) EXPECT_NE(request.url, "https://a.example/f");
  for (const auto& request : http.sent) EXPECT_NE(request.url, "https://elsewhere.example/f");
}

TEST_F(PollerTest, a_followed_move_survives_a_restart_and_ends_when_the_new_address_fails) {
  FeedState before{.feed = "radio"};
  before.moved = {fnv1a("https://a.example/f"), "https://new.example/f", kStart - 9 * kDay, 5};
  ASSERT_TRUE(store->commit({.feed_state = before}));
  http.answer = [](const HttpRequest& request) {
    return request.url == "https://new.example/f" ? status(404) : ok(rss(""));
  };
  start({feed("radio", "https://a.example/f")});
  run_for(kMinute);
  EXPECT_EQ(http.sent.front().url, "https://new.example/f");
  run_for(6 * kHour);
  EXPECT_EQ(http.sent.back().url, "https://a.example/f");
}

TEST_F(PollerTest, within_a_budget_the_rest_is_slowed_down_and_what_alone_covers_a_country_is_not) {
  const std::string body = rss(std::string(10'000, ' '));
  http.answer = [&](const HttpRequest&) { return ok(body); };
  Feed alone = feed("alone", "https://a.example/"), spare = feed("spare", "https://b.example/");
  alone.countries = {"NE"};
  spare.owner = "aggregator";
  PollLimits limits;
  limits.budget = 4'000'000;
  start({alone, spare}, limits);
  run_for(kDay - kMinute);
  std::map<std::string, int> polls;
  for (const auto& request : http.sent) ++polls[request.url];
  EXPECT_GT(polls["https://a.example/"], 100);
  EXPECT_LT(polls["https://b.example/"], polls["https://a.example/"] * 2 / 3);
  EXPECT_LE(poller->health().traffic, limits.budget * 9 / 8);
}

TEST_F(PollerTest, when_the_budget_is_spent_polling_goes_on_the_next_day) {
  const std::string body = rss(std::string(10'000, ' '));
  http.answer = [&](const HttpRequest&) { return ok(body); };
  PollLimits limits;
  limits.budget = 30'000;
  start({feed("radio", "https://a.example/")}, limits);
  run_for(12 * kHour);
  EXPECT_EQ(poller->health().strain, Strain::spent);
  EXPECT_EQ(polls_within(11 * kHour), 0u);
  EXPECT_GE(polls_within(2 * kHour), 1u);
  EXPECT_EQ(poller->health().failing, 0u) << "waiting is no failure";
}

TEST_F(PollerTest, the_budget_of_one_feed_lasts_all_day) {
  const std::string body = rss(std::string(10'000, ' '));
  http.answer = [&](const HttpRequest&) { return ok(body); };
  Feed dear = feed("dear", "https://a.example/");
  dear.budget = 250'000;
  start({dear});
  EXPECT_LE(polls_within(12 * kHour), 14u);
  EXPECT_GE(polls_within(12 * kHour - kMinute), 8u) << "in the evening too";
  EXPECT_LE(poller->health().traffic, dear.budget);
}

TEST_F(PollerTest, the_traffic_of_the_day_survives_a_restart) {
  FeedState before{.feed = "radio"};
  before.traffic = {kStart / kDay, 123'456};
  ASSERT_TRUE(store->commit({.feed_state = before}));
  start({feed("radio", "https://a.example/")});
  EXPECT_EQ(poller->health().traffic, 123'456);
}

TEST_F(PollerTest, a_proxy_of_all_feeds_is_not_for_the_own_network) {
  Feed open = feed("open", "https://a.example/"), lan = feed("lan", "http://10.0.0.1/"),
       own = feed("own", "https://b.example/"), direct = feed("direct", "https://c.example/");
  lan.allow_private_address = true;
  own.proxy = "http://proxy.example:3128";
  direct.proxy = "none";
  PollLimits limits;
  limits.proxy = "socks5h://127.0.0.1:9050";
  start({open, lan, own, direct}, limits);
  run_for(kMinute);
  std::map<std::string, std::string> proxies;
  for (const auto& request : http.sent) proxies[request.url] = request.proxy;
  EXPECT_EQ(proxies, (std::map<std::string, std::string>{{"https://a.example/", "socks5h://127.0.0.1:9050"},
                                                         {"http://10.0.0.1/", ""},
                                                         {"https://b.example/", "http://proxy.example:3128"},
                                                         {"https://c.example/", ""}}));
}

TEST_F(PollerTest, a_reload_keeps_what_is_known_of_a_feed) {
  http.answer = [](const HttpRequest&) { return ok(rss(""), {{"etag", "\"1\""}}); };
  start({feed("a", "https://a.example/f"), feed("b", "https://b.example/f")});
  run_for(kMinute);
  use({feed("b", "https://b.example/f"), feed("c", "https://c.example/f")});
  http.sent.clear();
  run_for(10 * kMinute);
  ASSERT_GE(http.sent.size(), 2u);
  for (const auto& request : {http.sent[0], http.sent[1]})
    EXPECT_EQ(header(request, "If-None-Match"), request.url == "https://b.example/f" ? "\"1\"" : "") << request.url;
}

TEST_F(PollerTest, a_server_that_said_retry_after_is_left_alone_over_a_reload) {
  http.answer = [](const HttpRequest& request) {
    return request.url.ends_with("/a") ? status(503, {{"retry-after", "1800"}}) : ok(rss(""));
  };
  start({feed("a", "https://news.example/a")});
  run_for(kMinute);
  use({feed("a", "https://news.example/a"), feed("b", "https://news.example/b")});
  EXPECT_EQ(polls_within(28 * kMinute), 0u) << "neither the feed nor another one of its host";
  EXPECT_GE(polls_within(10 * kMinute), 2u);
}

TEST_F(PollerTest, a_server_that_said_retry_after_is_left_alone_over_a_restart) {
  http.answer = [](const HttpRequest&) { return status(429, {{"retry-after", "1800"}}); };
  start({feed("a", "https://news.example/a")});
  run_for(40 * kMinute);
  EXPECT_EQ(http.sent.size(), 2u);
  poller.reset();
  timers.clear();
  start({feed("a", "https://news.example/a"), feed("b", "https://news.example/b"), feed("c", "https://c.example/")});
  http.sent.clear();
  EXPECT_EQ(polls_within(15 * kMinute), 1u) << "what the second 429 asked for is remembered, too";
  EXPECT_GE(polls_within(20 * kMinute), 2u);
}

TEST_F(PollerTest, a_rest_that_a_wrong_clock_wrote_ends_within_a_day) {
  FeedState before{.feed = "radio"};
  before.failures = 1;
  before.rests_until = kStart + 900 * kDay;
  ASSERT_TRUE(store->commit({.feed_state = before}));
  start({feed("radio", "https://a.example/f")});
  EXPECT_EQ(polls_within(20 * kHour), 0u);
  EXPECT_GE(polls_within(10 * kHour), 1u);
}

TEST_F(PollerTest, a_feed_that_works_keeps_its_rhythm_over_a_reload_and_one_that_fails_is_tried_at_once) {
  http.answer = [](const HttpRequest& request) {
    return request.url.ends_with("/bad") ? status(403) : ok(rss("<ttl>60</ttl>"));
  };
  const std::vector<Feed> both{feed("good", "https://a.example/"), feed("bad", "https://b.example/bad")};
  start(both);
  run_for(20 * kMinute);
  use(both);
  http.sent.clear();
  run_for(kMinute);
  ASSERT_EQ(http.sent.size(), 1u);
  EXPECT_EQ(http.sent[0].url, "https://b.example/bad") << "the admin may have mended it";
  EXPECT_EQ(poller->health().reached, 1u);
}

TEST_F(PollerTest, a_shorter_interval_counts_from_the_reload_on) {
  Feed rare = feed("radio", "https://a.example/");
  rare.interval = 6 * kHour;
  start({rare});
  run_for(kHour);
  rare.interval = 5 * kMinute;
  use({rare});
  EXPECT_GE(polls_within(10 * kMinute), 1u);
}

TEST_F(PollerTest, a_new_address_is_a_new_feed_with_a_baseline_of_its_own) {
  http.answer = [](const HttpRequest&) { return ok(rss(""), {{"etag", "\"1\""}}); };
  start({feed("radio", "https://a.example/f")});
  run_for(kMinute);
  use({feed("radio", "https://b.example/f")});
  EXPECT_EQ(state("radio").documents, 0);
  EXPECT_EQ(state("radio").last_success, 0);
  EXPECT_GT(state("radio").traffic.bytes, 0) << "the day's budget is not new";
  http.sent.clear();
  run_for(kMinute);
  ASSERT_EQ(http.sent.size(), 1u);
  EXPECT_TRUE(http.sent[0].headers.empty());
  poller.reset();
  timers.clear();
  start({feed("radio", "https://c.example/f")});
  EXPECT_EQ(state("radio").documents, 0) << "after a restart, too";
}

TEST_F(PollerTest, an_address_that_the_admin_changes_to_where_the_feed_had_moved_is_the_same_feed) {
  http.answer = [](const HttpRequest& request) {
    HttpResponse response = ok(rss(""), {{"etag", "\"1\""}});
    if (request.url == "https://a.example/f") response.final_url = "https://new.example/f";
    return response;
  };
  start({feed("radio", "https://a.example/f")});
  run_for(kMinute);
  use({feed("radio", "https://new.example/f")});
  EXPECT_EQ(state("radio").documents, 1);
  http.sent.clear();
  run_for(10 * kMinute);
  ASSERT_FALSE(http.sent.empty());
  EXPECT_EQ(header(http.sent[0], "If-None-Match"), "\"1\"");
}

TEST_F(PollerTest, an_answer_that_was_under_way_at_a_reload_is_taken) {
  start({feed("a", "https://a.example/"), feed("b", "https://b.example/"), feed("c", "https://c.example/")});
  while (http.waiting.size() < 3) {  // asked, and nobody has answered yet
    clock.advance(timers.begin()->first - clock.now());
    timers.extract(timers.begin()).mapped()();
  }
  use({feed("x", "https://x.example/"), feed("b", "https://b.example/"), feed("c", "https://moved.example/")});
  for (auto& answer : std::exchange(http.waiting, {})) answer();
  EXPECT_EQ(state("b").documents, 1);
  EXPECT_EQ(state("c").documents, 0) << "this answer is of another address";
  EXPECT_EQ(state("x").documents, 0);
  http.sent.clear();
  run_for(kMinute);
  EXPECT_EQ(http.sent.size(), 2u) << "b goes on in its rhythm";
}

TEST_F(PollerTest, while_a_country_is_blind_its_feeds_are_asked_often_enough_to_hear_of_its_end) {
  http.answer = [](const HttpRequest&) { return status(404); };
  Feed ours = feed("radio", "https://a.example/"), other = feed("wire", "https://b.example/"),
       told = feed("told", "https://c.example/");
  ours.countries = told.countries = {"ML", "NE"};
  other.countries = {"FR"};
  http.answer = [](const HttpRequest& request) {
    return request.url == "https://c.example/" ? status(429, {{"retry-after", "86400"}}) : status(404);
  };
  start({ours, other, told});
  run_for(kDay);
  http.sent.clear();
  poller->hurry_for({"NE"});
  run_for(15 * kMinute);
  EXPECT_GE(std::count_if(http.sent.begin(), http.sent.end(), [](auto& r) { return r.url == "https://a.example/"; }),
            1);
  run_for(2 * kHour);
  std::map<std::string, int> polls;
  for (const auto& request : http.sent) ++polls[request.url];
  EXPECT_GE(polls["https://a.example/"], 11);
  EXPECT_LE(polls["https://a.example/"], 30);
  EXPECT_LE(polls["https://b.example/"], 3);
  EXPECT_LE(polls["https://c.example/"], 1) << "what a server asks for counts more";
  poller->hurry_for({});
  run_for(2 * kHour);
  EXPECT_LE(polls_within(10 * kHour), 20u);
}

TEST_F(PollerTest, the_first_failure_of_a_feed_and_its_recovery_are_told_once_each) {
  bool dead = true;
  http.answer = [&](const HttpRequest& request) {
    HttpResponse nobody;
    nobody.error = "connection refused";
    return dead && request.url == "https://a.example/" ? nobody : ok(rss(""));
  };
  start({feed("radio", "https://a.example/"), feed("b", "https://b.example/"), feed("c", "https://c.example/")});
  testing::internal::CaptureStderr();
  run_for(kHour);
  dead = false;
  run_for(kHour);
  const std::string log = testing::internal::GetCapturedStderr();
  const auto times = [&](const std::string& words) {
    int n = 0;
    for (auto at = log.find(words); at != std::string::npos; at = log.find(words, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(times("feed radio: connection refused"), 1) << log;
  EXPECT_EQ(times("feed radio answers again"), 1) << log;
}

TEST_F(PollerTest, ten_thousand_feeds_wait_for_one_timer) {
  std::vector<Feed> many;
  for (int i = 0; i < 10'000; ++i)
    many.push_back(feed(std::to_string(i).c_str(), "https://h" + std::to_string(i) + ".example/"));
  start(many);
  EXPECT_LT(timers.size(), 30u) << "an earlier wake-up leaves a later one behind";
  run_for(kMinute);
  EXPECT_EQ(http.sent.size(), 10'000u);
}

}  // namespace tocsin
