// Freshness through the whole intake: first polls, and what an outage leaves to be read.
#include <gtest/gtest.h>

#include "app/intake.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

constexpr const char* kRules = R"(
rules:
  - rule: attack-on-capital
    when: type in armed_violence and place is capital
    unless: modality != reported or age > 48h
    severity: Extreme
    notify: [duty]
)";
constexpr Millis kNow = 1726574400000;  // 2024-09-17T12:00:00Z, a Tuesday

std::string item(const std::string& id, const std::string& title, const std::string& text, const std::string& time) {
  return "<item><guid isPermaLink='false'>" + id + "</guid><title>" + title + "</title><description>" + text +
         "</description><pubDate>" + time + "</pubDate></item>";
}

const std::string kAttack = item("attack", "Gunmen attack police station in Mali's capital",
                                 "Gunmen attacked a police station in Bamako before dawn on Tuesday, residents said.",
                                 "Tue, 17 Sep 2024 05:40:00 GMT");
const std::string kFive = item("five", "Five killed in attack on Bamako police station",
                               "Five people were killed in Tuesday's attack on a police station in Bamako, Mali.",
                               "Tue, 17 Sep 2024 07:00:00 GMT");
const std::string kNine = item("nine", "Death toll of Bamako police station attack rises to nine",
                               "Nine people were killed in Tuesday's attack on a police station in Bamako, Mali.",
                               "Tue, 17 Sep 2024 10:40:00 GMT");

class CatchUp : public testing::Test {
 protected:
  void SetUp() override {
    organisation.channels = {{.name = "screen", .kind = "terminal"}};
    organisation.recipients = {{.id = "duty", .duty = true, .channels = {"screen"}}};
    RuleWorld names;
    names.organisation = organisation;
    LoadedRules loaded = load_rules({{"rules.yaml", kRules}}, names);
    ASSERT_FALSE(loaded.findings.has_errors());
    rules = loaded.rules;
    pipeline.emplace(understander, rules, organisation);
    intake.emplace(*store, *pipeline);
  }

  /// `last_success` 0: never polled before.
  Taken reads(const char* name, const std::string& items, Millis last_success, Millis now = kNow) {
    Feed feed;
    feed.id = feed.publisher = name;
    feed.language = "en";
    feed.reliability = 'B';
    FeedState state{.feed = name};
    state.last_success = last_success;
    state.documents = last_success > 0;
    const std::string bytes = "<rss version='2.0'><channel><title>t</title>" + items + "</channel></rss>";
    return intake->take(feed, {bytes, "", "https://x.example/feed", "", ""}, state, now).value();
  }

  [[nodiscard]] Incident only_incident() const {
    const auto all = store->incidents({}).value();
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? Incident{} : all.front();
  }

  std::unique_ptr<Store> store = std::move(*open_sqlite(":memory:"));
  Understander understander = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image").value();
  Organisation organisation;
  RuleSet rules;
  std::optional<Pipeline> pipeline;
  std::optional<Intake> intake;
};

}  // namespace

TEST_F(CatchUp, the_first_poll_of_a_feed_is_silent_about_what_is_older_than_six_hours) {
  const Taken taken = reads("wire", kAttack, 0);
  EXPECT_EQ(taken.new_items, 1u);
  EXPECT_TRUE(taken.change.alerts.empty());
  EXPECT_EQ(store->incidents({}).value().size(), 1u) << "known all the same, for what will be told of it";
}

TEST_F(CatchUp, the_first_poll_of_a_feed_alerts_for_what_is_young) {
  EXPECT_EQ(reads("wire", kNine, 0).change.alerts.size(), 1u);
}

TEST_F(CatchUp, after_an_outage_a_document_in_the_wrong_order_makes_one_alert_with_the_last_toll) {
  const Taken taken = reads("wire", kNine + kFive + kAttack, kNow - kDay);
  ASSERT_EQ(taken.change.alerts.size(), 1u);
  EXPECT_EQ(taken.change.alerts[0].incident->killed.best, 9);
}

TEST_F(CatchUp, after_an_outage_an_older_toll_that_is_read_later_does_not_take_back_the_newer_one) {
  EXPECT_EQ(reads("wire", kNine, kNow - kDay).change.alerts.size(), 1u);
  const Taken late = reads("radio", kFive, kNow - kDay, kNow + kMinute);
  for (const Alert& alert : late.change.alerts) EXPECT_EQ(alert.incident->killed.best, 9);
  EXPECT_EQ(only_incident().killed.best, 9);
}

TEST_F(CatchUp, after_an_outage_of_days_a_rule_decides_by_its_own_age) {
  const Taken taken = reads("wire", kAttack, kNow - 5 * kDay, kNow + 2 * kDay);
  EXPECT_TRUE(taken.change.alerts.empty()) << "unless: age > 48h";
}

TEST_F(CatchUp, a_feed_that_appears_anew_alarms_nobody_again) {
  EXPECT_EQ(reads("wire", kAttack, kNow - kDay, kNow - 6 * kHour).change.alerts.size(), 1u);
  std::string anew;
  for (int n = 0; n < 8; ++n)
    anew += item("moved-" + std::to_string(n),
                 "Gunmen attack police station number " + std::to_string(n) + " in Mali's capital",
                 "Gunmen attacked a police station in Bamako before dawn on Tuesday, residents said.",
                 "Tue, 17 Sep 2024 05:40:00 GMT");
  EXPECT_TRUE(reads("wire", anew, kNow - kHour).change.alerts.empty());
}

}  // namespace tocsin
