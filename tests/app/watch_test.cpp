#include "app/watch.hpp"

#include <gtest/gtest.h>

#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

Millis at(const char* clock) {
  return *parse_rfc3339(std::string("2026-11-22T") + clock + ":00Z");
}

/// Two feeds of Mali, one of them with a silence rule; each poll goes through note_condition() as in the daemon.
class WatchTest : public testing::Test {
 protected:
  void SetUp() override {
    organisation.channels = {{.name = "screen", .kind = "terminal"}};
    organisation.recipients = {{.id = "duty", .duty = true, .channels = {"screen"}},
                               {.id = "director", .channels = {"screen"}}};
    RuleWorld names;
    names.organisation = organisation;
    names.feed_tags = {"mali"};
    LoadedRules loaded = load_rules({{"rules.yaml",
                                      "rules: [{rule: quiet, silence: 12h of feeds tagged mali, severity: Minor, "
                                      "notify: [director]}]"}},
                                    names);
    ASSERT_FALSE(loaded.findings.has_errors());
    rules = loaded.rules;
    feeds.resize(2);
    states.resize(2);
    for (std::size_t i = 0; i < 2; ++i) {
      feeds[i].id = states[i].feed = i == 0 ? "radio" : "paper";
      feeds[i].countries = {"ML"};
    }
    feeds[0].tags = {"mali"};
    watch.emplace(begun("00:00"));
  }

  Watch begun(const char* started) {
    Watch fresh(rules, organisation, kHour, at(started));
    fresh.codes_from([](const std::string&) { return "4F3K"; });
    return fresh;
  }

  void polled(std::size_t feed, bool works, const char* clock, bool news = false) {
    FeedState& state = states[feed];
    note_condition(state, works, true, at(clock));
    state.failures = works ? 0 : state.failures + 1;
    state.last_error = works ? "" : "HTTP 503";
    if (works) state.last_success = at(clock);
    if (news) state.last_new_item = at(clock);
  }
  void both(bool works, const char* clock) {
    for (std::size_t i = 0; i < 2; ++i) polled(i, works, clock);
  }

  std::vector<FeedInView> view() { return {{feeds.data(), states.data()}, {&feeds[1], &states[1]}}; }
  /// "Alert system:blind" for each message, then how many deliveries.
  std::string looks(const char* clock) {
    const Commit change = watch->look(view(), at(clock));
    EXPECT_TRUE(store->commit(change));
    std::string out;
    for (const Alert& a : change.alerts) out += std::string(kMsgTypes(a.msg_type)) + " " + a.rule + " ";
    return out.empty() ? out : out + std::to_string(change.deliveries.size());
  }

  Organisation organisation;
  RuleSet rules;
  std::vector<Feed> feeds;
  std::vector<FeedState> states;
  std::optional<Watch> watch;
  std::unique_ptr<Store> store = open_sqlite(":memory:").value();
};

TEST_F(WatchTest, a_blind_country_is_an_alert_with_its_deliveries_and_every_reason) {
  both(true, "01:00");
  both(false, "02:00");
  EXPECT_EQ(looks("03:30"), "") << "one lost answer each";
  both(false, "03:31");
  EXPECT_EQ(looks("03:31"), "Alert system:blind 1");
  EXPECT_EQ(watch->blind(), std::vector<std::string>{"ML"});
  const Alert alert = store->alerts({.rule = "system:blind"})->at(0);
  EXPECT_EQ(alert.why, (std::vector<std::string>{"radio: HTTP 503, since 2026-11-22T02:00:00Z",
                                                 "paper: HTTP 503, since 2026-11-22T02:00:00Z"}));
  EXPECT_FALSE(alert.action.at("fr").empty());
}

TEST_F(WatchTest, after_a_restart_it_knows_what_people_were_told) {
  both(false, "01:00");
  both(false, "02:00");
  EXPECT_EQ(looks("02:00"), "Alert system:blind 1");
  watch.emplace(begun("02:05"));
  ASSERT_TRUE(watch->recall(*store));
  EXPECT_EQ(looks("02:30"), "");
  polled(0, true, "02:31", true);
  polled(0, true, "02:36");
  EXPECT_EQ(looks("02:36"), "Cancel system:blind 1");
  watch.emplace(begun("02:40"));
  ASSERT_TRUE(watch->recall(*store));
  EXPECT_EQ(looks("02:50"), "") << "the all-clear is remembered, too";
}

TEST_F(WatchTest, a_machine_that_has_just_come_up_is_given_time_to_find_its_network) {
  both(false, "01:00");
  both(false, "01:05");
  watch.emplace(begun("06:00"));
  EXPECT_EQ(looks("06:01"), "");
  EXPECT_EQ(looks("06:10"), "Alert system:blind 1");
}

TEST_F(WatchTest, a_silence_rule_tells_its_recipients_and_the_first_news_ends_it) {
  both(true, "01:00");
  polled(0, true, "02:00", true);
  EXPECT_EQ(looks("13:59"), "");
  EXPECT_EQ(watch->next(view(), at("13:59")), at("14:00"));
  EXPECT_EQ(looks("14:00"), "Alert quiet 1");
  const Alert alert = store->alerts({.rule = "quiet"})->at(0);
  EXPECT_EQ(alert.status, AlertStatus::System);
  EXPECT_FALSE(alert.incident);
  EXPECT_EQ(alert.system->kind, "silence");
  EXPECT_EQ(alert.system->feeds, std::vector<std::string>{"radio"});
  EXPECT_EQ(alert.recipients, std::vector<std::string>{"director"});
  EXPECT_EQ(looks("20:00"), "");
  polled(0, true, "20:05", true);
  EXPECT_EQ(looks("20:06"), "Cancel quiet 1");
}

TEST_F(WatchTest, a_silence_rule_that_is_removed_while_in_force_sends_its_all_clear) {
  both(true, "01:00");
  EXPECT_EQ(looks("14:00"), "Alert quiet 1");
  const RuleSet none;
  watch->use(none, organisation, kHour);
  EXPECT_EQ(looks("14:10"), "Cancel quiet 1");
  EXPECT_EQ(looks("14:20"), "");
}

TEST_F(WatchTest, a_silence_rule_that_is_removed_during_a_restart_sends_its_all_clear) {
  both(true, "01:00");
  EXPECT_EQ(looks("14:00"), "Alert quiet 1");
  rules = {};
  watch.emplace(begun("14:05"));
  ASSERT_TRUE(watch->recall(*store));
  EXPECT_EQ(looks("14:20"), "Cancel quiet 1");
}

TEST_F(WatchTest, a_feed_that_never_brought_anything_is_silent_since_it_was_first_asked) {
  both(true, "03:00");
  EXPECT_EQ(looks("14:59"), "");
  EXPECT_EQ(looks("15:00"), "Alert quiet 1");
}

TEST_F(WatchTest, feeds_that_were_never_asked_are_neither_blind_nor_silent) {
  EXPECT_EQ(looks("23:00"), "");
  EXPECT_EQ(watch->next(view(), at("23:00")), std::nullopt);
}

TEST(Condition, begins_with_the_first_poll_and_changes_only_when_it_turns) {
  FeedState state;
  EXPECT_TRUE(note_condition(state, true, true, 100));
  EXPECT_FALSE(note_condition(state, true, true, 200));
  EXPECT_TRUE(note_condition(state, false, false, 300));
  EXPECT_TRUE(state.unanswered);
  state.failures = 1;
  EXPECT_FALSE(note_condition(state, false, true, 400));
  EXPECT_EQ(state.since, 300);
}

}  // namespace
}  // namespace tocsin
