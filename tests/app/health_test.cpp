#include "app/health.hpp"

#include <gtest/gtest.h>

#include "app/watch.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

constexpr Millis kNow = 1'800'000'000'000;

class HealthTest : public testing::Test {
 protected:
  void feed(const std::string& id, FeedState state) {
    Feed feed;
    feed.id = state.feed = id;
    feeds.push_back(feed);
    state.last_poll = kNow - kMinute;
    ASSERT_TRUE(store->commit({.feed_state = state}));
  }
  Health health(bool running = true) { return *health_of(*store, feeds, running, kNow); }
  FeedHealthReport report(std::size_t feed = 0) { return health().feeds.at(feed); }
  /// An alert to one recipient, with its delivery as it stands.
  void message(DeliveryState state, Millis created, const std::string& error) {
    Alert alert;
    alert.key = alert.code = "k" + std::to_string(++messages);
    Delivery d;
    d.key = d.alert_key = alert.key;
    d.created = created;
    ASSERT_TRUE(store->commit({.alerts = {alert}, .deliveries = {d}}));
    d.state = state;
    d.last_error = error;
    ASSERT_TRUE(store->update(d));
  }
  static bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

  std::unique_ptr<Store> store = open_sqlite(":memory:").value();
  std::vector<Feed> feeds;
  int messages = 0;
};

TEST_F(HealthTest, with_nothing_wrong_it_is_well) {
  feed("radio", {.last_success = kNow, .since = kNow - kDay});
  const Health h = health();
  EXPECT_TRUE(h.problems.empty());
  EXPECT_EQ(h.last_poll, kNow - kMinute);
  EXPECT_EQ(h.feeds[0].standing, FeedStanding::ok);
  EXPECT_TRUE(has(in_words(h), ", well\n"));
  EXPECT_TRUE(has(to_json(h), R"("well":true,"problems":[])"));
  EXPECT_TRUE(has(to_json(h), R"("last_canary":null)"));
}

TEST_F(HealthTest, a_shut_door_of_peoples_reports_is_a_problem) {
  ASSERT_TRUE(store->leave({kReportsNote, "the mailbox imaps://mail.example.org/ cannot be read: timed out", kNow}));
  const Health h = health();
  EXPECT_EQ(h.problems, std::vector<std::string>{"the mailbox imaps://mail.example.org/ cannot be read: timed out"});
  EXPECT_TRUE(has(to_json(h), R"("reports_trouble":{"at":")"));
  ASSERT_TRUE(store->leave({kReportsNote, "", kNow}));
  EXPECT_TRUE(health().problems.empty());
  EXPECT_TRUE(has(to_json(health()), R"("reports_trouble":null)"));
}

TEST_F(HealthTest, each_feed_has_the_gravest_thing_that_is_true_of_it) {
  feed("failing", {.failures = 3, .last_error = "HTTP 503", .since = kNow - 3 * kHour});
  feed("gone", {.failures = 1, .last_error = "HTTP 410", .gone = true, .since = kNow - kDay});
  feed("drift", {.since = 1, .norm = {.newest = kNow, .drift = "its items carry no dates any more"}});
  feed("stale", {.since = 1, .norm = {.newest = kNow - 9 * kDay, .gap = 2 * kDay}});
  feed("ok", {.since = 1, .norm = {.newest = kNow - 7 * kDay, .gap = 2 * kDay}});
  feeds.emplace_back().id = "new";
  const Health h = health();
  std::string standings;
  for (const auto& f : h.feeds) standings += std::string(kFeedStandings(f.standing)) + " ";
  EXPECT_EQ(standings, "failing gone drift stale ok waiting ");
  EXPECT_EQ(h.feeds[0].reason, "HTTP 503");
  EXPECT_EQ(h.feeds[0].since, kNow - 3 * kHour);
  EXPECT_EQ(h.feeds[3].reason, "nothing new for 9d, usually within 2d");
  EXPECT_TRUE(h.problems.empty()) << "some feed always fails";
  const std::string words = in_words(h);
  EXPECT_TRUE(has(words, "feeds   1 of 6 ok, 1 failing, 1 gone, 1 drift, 1 stale, 1 waiting\n")) << words;
  EXPECT_TRUE(has(words, "  failing: failing 3 h: HTTP 503\n")) << words;
}

TEST_F(HealthTest, without_a_daemon_it_is_not_well) {
  EXPECT_EQ(health(false).problems, std::vector<std::string>{"no daemon runs"});
  EXPECT_TRUE(has(in_words(health(false)), "daemon  does not run\n"));
}

TEST_F(HealthTest, a_blind_country_is_one_until_the_all_clear) {
  Alert alert;
  alert.key = "b-1";
  alert.status = AlertStatus::System;
  alert.rule = kBlindRule;
  alert.system = SystemNotice{"blind", {"ML", "NE"}, {"radio"}, kNow - kHour};
  alert.sent = kNow - 2;
  ASSERT_TRUE(store->commit({.alerts = {alert}}));
  EXPECT_EQ(health().problems, std::vector<std::string>{"blind for ML, NE"});
  EXPECT_TRUE(has(to_json(health()), R"("blind_countries":["ML","NE"],"blind_since":"2027-01-15T07:00:00Z")"))
      << to_json(health());
  alert.key = "b-2";
  alert.msg_type = MsgType::Cancel;
  alert.sent = kNow - 1;
  ASSERT_TRUE(store->commit({.alerts = {alert}}));
  EXPECT_TRUE(health().problems.empty());
  EXPECT_TRUE(has(to_json(health()), R"("blind_countries":[],"blind_since":null)"));
}

TEST_F(HealthTest, a_message_that_waits_too_long_or_was_given_up_is_a_problem) {
  message(DeliveryState::queued, kNow - kMinute, "refused");
  EXPECT_TRUE(health().problems.empty()) << "it has not waited long";
  message(DeliveryState::queued, kNow - kHour, "refused");
  message(DeliveryState::failed, kNow - kHour, "no such mailbox");
  message(DeliveryState::failed, kNow - 3 * kDay, "of old");
  EXPECT_EQ(health().problems, (std::vector<std::string>{"2 messages wait: refused",
                                                         "1 of the last day could not be delivered: no such mailbox"}));
  EXPECT_TRUE(has(to_json(health()), R"("queue":{"depth":2,"oldest":"2027-01-15T07:00:00Z","waits_for":"refused",)"));
}

TEST_F(HealthTest, a_refused_reload_is_a_problem_and_says_where) {
  ASSERT_TRUE(store->leave({kReloadNote, "rules.yaml:4:5: unknown word", kNow - kHour}));
  EXPECT_EQ(health().problems, std::vector<std::string>{"the last reload was refused"});
  EXPECT_TRUE(has(in_words(health()), "reload  refused 60 min ago: rules.yaml:4:5: unknown word\n"))
      << in_words(health());
  EXPECT_TRUE(has(to_json(health()), R"("last_reload_error":{"at":"2027-01-15T07:00:00Z","message":)"));
}

TEST_F(HealthTest, a_canary_that_fell_silent_or_does_not_come_is_a_problem) {
  EXPECT_EQ(in_words(health()).find("canary"), std::string::npos) << "a daemon that has only started";
  ASSERT_TRUE(store->leave({kCanaryNote, kCanaryCame, kNow - 3 * kMinute}));
  EXPECT_TRUE(health().problems.empty());
  EXPECT_TRUE(has(in_words(health()), "canary  came through 3 min ago\n"));
  EXPECT_TRUE(has(to_json(health()), R"("last_canary":{"at":"2027-01-15T07:57:00Z","message":"came through"})"));
  ASSERT_TRUE(store->leave({kCanaryNote, kCanaryCame, kNow - kHour}));
  EXPECT_EQ(health().problems, std::vector<std::string>{"no canary for 1h: the daemon hangs"});
  EXPECT_EQ(health(false).problems, std::vector<std::string>{"no daemon runs"});
  ASSERT_TRUE(store->leave({kCanaryNote, "rules: no alert came of it", kNow}));
  EXPECT_EQ(health().problems, std::vector<std::string>{"the canary fell silent: rules: no alert came of it"});
}

TEST_F(HealthTest, what_a_server_wrote_cannot_steer_the_terminal_and_many_feeds_do_not_fill_it) {
  for (int i = 0; i < 50; ++i)
    feed("feed-" + std::to_string(i), {.failures = 1, .last_error = "a\x1b[31m\nb", .since = kNow});
  const std::string words = in_words(health());
  EXPECT_EQ(words.find('\x1b'), words.npos);
  EXPECT_LT(std::count(words.begin(), words.end(), '\n'), 32);
  EXPECT_TRUE(has(words, "and 30 more; --json lists all"));
}

TEST_F(HealthTest, when_nothing_answers_every_feed_is_blind) {
  Health h = health();
  h.blind = SystemNotice{.kind = "blind", .since = kNow, .no_network = true};
  EXPECT_TRUE(has(in_words(h), "\nblind   every feed since 20")) << in_words(h);
}

}  // namespace
}  // namespace tocsin
