#include "rules/counting.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "rule_fixture.hpp"

namespace tocsin {
namespace {

class FakeHistory : public History {
 public:
  explicit FakeHistory(Millis since) : since_(since) {}
  Millis since() const override { return since_; }
  void visit(Millis from, Millis to, const std::function<void(const Incident&)>& see) const override {
    for (const Incident& i : incidents)
      if (i.opened >= from && i.opened < to) see(i);
  }
  /// `n` attacks as in Bamako, opened this long ago.
  void add(
      int n, Millis ago, const std::function<void(Incident&)>& change = [](Incident&) {}) {
    for (; n > 0; --n) {
      Incident i = bamako_attack();
      i.id = "past-" + std::to_string(incidents.size());
      i.opened = i.updated = kNow - ago;
      i.event_time = {i.opened - kHour, i.opened, TimePrecision::hour};
      change(i);
      incidents.push_back(std::move(i));
    }
  }
  std::vector<Incident> incidents;

 private:
  Millis since_;
};

RuleVerdict verdict(const std::string& clause, const History* history, const Incident& incident = bamako_attack()) {
  const auto loaded = load(rule_file("type = attack and country = ML", "    unless: age > 48h\n    " + clause + "\n"));
  EXPECT_TRUE(errors_of(loaded.findings).empty()) << clause << join(messages_of(loaded.findings), "\n");
  return loaded.rules.explain(incident, {kNow, history, {}}).at(0);
}

TEST(Counting, three_attacks_in_a_week_in_one_region) {
  FakeHistory history(kNow - 100 * kDay);
  history.add(1, 3 * kDay);
  history.add(5, 8 * kDay);
  history.add(4, kDay, [](Incident& i) { i.place.region = "ML-7"; });
  history.add(4, kDay, [](Incident& i) { i.types = {EventType::protest}; });
  history.add(4, kDay, [](Incident& i) { i.status = IncidentStatus::merged; });
  auto v = verdict("count: \">= 3 in 7d by region\"", &history);
  EXPECT_FALSE(v.fires);
  EXPECT_EQ(v.part, "count");
  EXPECT_EQ(v.reason.condition, "count >= 3 in 7d by region");
  EXPECT_EQ(v.reason.saw, "2 in 7d in ML-BKO");
  history.add(1, 2 * kDay);
  v = verdict("count: \">= 3 in 7d by region\"", &history);
  EXPECT_TRUE(v.fires) << "age is judged as of the past incident's own time";
  EXPECT_EQ(v.why.back(), "count >= 3 in 7d by region: 3 in 7d in ML-BKO");
}

TEST(Counting, the_incident_itself_counts_once) {
  FakeHistory history(kNow - 100 * kDay);
  history.incidents.push_back(bamako_attack());
  EXPECT_FALSE(verdict("count: \">= 2 in 7d by country\"", &history).fires);
  EXPECT_TRUE(verdict("count: \"= 1 in 7d by country\"", &history).fires);
}

TEST(Counting, keys_with_several_values_fire_on_any) {
  FakeHistory history(kNow - 100 * kDay);
  history.add(2, kDay, [](Incident& i) { i.types = {EventType::attack}; });
  EXPECT_TRUE(verdict("count: \">= 3 in 7d by type\"", &history).fires);
  EXPECT_TRUE(verdict("count: \">= 3 in 7d by actor\"", &history).fires);
  EXPECT_TRUE(verdict("count: \">= 3 in 7d by place\"", &history).fires);
  EXPECT_TRUE(verdict("count: \"> 2 in 7d by target\"", &history).fires);
  EXPECT_EQ(verdict("count: \"> 2 in 7d by road\"", &history).reason.saw, "road unknown");
}

TEST(Counting, a_road_is_a_key_for_what_happens_near_it) {
  FakeHistory history(kNow - 100 * kDay);
  const auto near_the_road = [](Incident& i) { i.place.at = LatLon{15.96, 0.23}; };
  history.add(2, kDay, near_the_road);
  Incident now = bamako_attack();
  near_the_road(now);
  EXPECT_EQ(verdict("count: \">= 3 in 7d by road\"", &history, now).why.back(),
            "count >= 3 in 7d by road: 3 in 7d in gao-ansongo");
}

TEST(Counting, an_unknown_key_or_no_history_is_silence) {
  FakeHistory history(kNow - 100 * kDay);
  Incident nowhere = bamako_attack();
  nowhere.place.region.clear();
  nowhere.place.region_name.clear();
  EXPECT_EQ(verdict("count: \">= 1 in 7d by region\"", &history, nowhere).reason.saw, "region unknown");
  EXPECT_EQ(verdict("count: \">= 1 in 7d by region\"", nullptr).reason.saw, "no history at hand");
}

TEST(Counting, a_spike_is_a_day_far_above_the_days_before) {
  FakeHistory history(kNow - 100 * kDay);
  for (int day = 2; day < 28; ++day) history.add(2, day * kDay);
  history.add(4, 2 * kHour);
  auto v = verdict("spike: 3x of 28d by country", &history);
  EXPECT_FALSE(v.fires);
  EXPECT_EQ(v.reason.saw, "5 in a day, usually 1.9, in ML");
  history.add(1, 2 * kHour);
  EXPECT_TRUE(verdict("spike: 3x of 28d by country", &history).fires);
}

TEST(Counting, a_quiet_country_needs_as_many_as_the_multiple_to_spike) {
  FakeHistory history(kNow - 100 * kDay);
  history.add(1, 2 * kHour);
  EXPECT_FALSE(verdict("spike: 3x of 28d by country", &history).fires);
  history.add(1, 2 * kHour);
  EXPECT_TRUE(verdict("spike: 3x of 28d by country", &history).fires);
}

TEST(Counting, spike_and_new_wait_until_half_of_their_window_is_history) {
  FakeHistory young(kNow - 13 * kDay), old(kNow - 14 * kDay);
  young.add(9, kHour);
  old.add(9, kHour);
  EXPECT_EQ(verdict("spike: 3x of 28d by country", &young).reason.saw, "history is only 13d long");
  EXPECT_TRUE(verdict("spike: 3x of 28d by country", &old).fires);
  EXPECT_FALSE(verdict("new: actor in 90d by region", &old).fires);
}

TEST(Counting, an_actor_is_new_where_it_was_not_seen) {
  FakeHistory history(kNow - 100 * kDay);
  history.add(3, 5 * kDay, [](Incident& i) { i.place.region = "ML-7"; });
  history.add(1, 95 * kDay);
  history.add(3, 5 * kDay, [](Incident& i) { i.actors[0].id = "isgs"; });
  auto v = verdict("new: actor in 90d by region", &history);
  ASSERT_TRUE(v.fires);
  EXPECT_EQ(v.why.back(), "new actor in 90d by region: jnim is new in ML-BKO");
  history.add(1, 80 * kDay, [](Incident& i) { i.types = {EventType::protest}; });
  v = verdict("new: actor in 90d by region", &history);
  EXPECT_EQ(v.reason.saw, "jnim is known in ML-BKO");
}

TEST(Counting, armed_men_without_a_name_are_nobody_new) {
  FakeHistory history(kNow - 100 * kDay);
  Incident i = bamako_attack();
  i.actors = {{"unknown_armed_men", "gunmen", ActorGroup::unknown, ActorRole::perpetrator}};
  EXPECT_EQ(verdict("new: actor in 90d by region", &history, i).reason.saw, "actor unknown");
}

TEST(Counting, silence_fires_when_every_feed_of_a_tag_is_silent) {
  const auto loaded =
      load("rules: [{rule: s, silence: 12h of feeds tagged mali, severity: Minor, title: Mali is silent}]\n");
  ASSERT_TRUE(loaded.findings.all().empty()) << messages_of(loaded.findings)[0];
  std::vector<FeedActivity> feeds{
      {"a", {"mali"}, kNow - 12 * kHour}, {"b", {"mali", "x"}, kNow - 11 * kHour}, {"c", {"niger"}, kNow}};
  EXPECT_TRUE(loaded.rules.silences(feeds, kNow).empty());
  feeds[1].last_item = kNow - 20 * kHour;
  const auto silent = loaded.rules.silences(feeds, kNow);
  ASSERT_EQ(silent.size(), 1u);
  EXPECT_EQ(silent[0].feeds, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(silent[0].match.rule, "s");
  EXPECT_TRUE(loaded.rules.silences({}, kNow).empty());
  EXPECT_TRUE(loaded.rules.match(bamako_attack(), {kNow, nullptr, {}}).empty()) << "it hears feeds, not incidents";
}

TEST(Counting, clauses_are_refused_at_the_wrong_word) {
  const auto places = [](const std::string& clause) {
    return errors_of(
        load("rules:\n  - rule: r\n    when: type = attack\n    severity: Minor\n    " + clause + "\n").findings);
  };
  using Places = std::vector<std::string>;
  EXPECT_EQ(places("count: \">= 3 in 7d by regin\""), Places{"a.yaml:5:27 R021"});
  EXPECT_EQ(places("count: \"<= 3 in 7d by region\""), Places{"a.yaml:5:13 R021"});
  EXPECT_EQ(places("count: \">= 3 per 7d by region\""), Places{"a.yaml:5:18 R021"});
  EXPECT_EQ(places("count: \">= 3 in 7 by region\""), Places{"a.yaml:5:21 R021"});
  EXPECT_EQ(places("spike: 3 of 28d by country"), Places{"a.yaml:5:12 R021"});
  EXPECT_EQ(places("spike: 3x of 2d by country"), Places{"a.yaml:5:18 R021"});
  EXPECT_EQ(places("spike: 3x of 28d by country now"), Places{"a.yaml:5:33 R021"});
  EXPECT_EQ(places("new: actr in 90d by region"), Places{"a.yaml:5:10 R021"});
  EXPECT_EQ(places("silence: 12h of feeds tagged mli"), (Places{"a.yaml:3:11 R021", "a.yaml:5:34 R021"}));
  EXPECT_EQ(errors_of(load("rules: [{rule: r, severity: Minor, silence: 12h of feeds tagged mli}]\n").findings),
            Places{"a.yaml:1:65 R021"});
}

}  // namespace
}  // namespace tocsin
