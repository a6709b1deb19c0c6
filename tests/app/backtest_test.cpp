#include "app/backtest.hpp"

#include <gtest/gtest.h>

#include "app/backtest_command.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

Millis at(const char* when) {
  return *parse_rfc3339(when);
}

/// A history of a few incidents, and two sets of rules over it.
class BacktestTest : public testing::Test {
 protected:
  BacktestTest() {
    organisation.channels = {{"phone", "exec", {{"price", "0.10 EUR"}}, {"/bin/true"}}, {"mail", "mail", {}, {}}};
    organisation.recipients = {{"duty", "", "en", true, {"phone"}, ""}, {"director", "", "fr", false, {"mail"}, ""}};
  }

  RuleSet rules(const std::string& text) {
    RuleWorld names;
    names.organisation = organisation;
    LoadedRules loaded = load_rules({{"rules.yaml", "rules:\n" + text}}, names);
    EXPECT_FALSE(loaded.findings.has_errors()) << loaded.findings.all().front().message;
    return loaded.rules;
  }

  Incident happens(const std::string& id, const char* when, const std::string& country = "ML",
                   EventType type = EventType::attack) {
    Incident i;
    i.id = id;
    i.revision = 1;
    i.type = type;
    i.types = {type};
    i.place.name = i.place.city = "Town";
    i.place.country = country;
    i.place.region = country + "-1";
    i.place.precision = Precision::place;
    i.opened = i.updated = at(when);
    i.publishers = 1;
    store(i);
    return i;
  }
  Incident goes_on(Incident i, const char* when) {
    ++i.revision;
    i.updated = at(when);
    i.killed.min = i.killed.best = i.killed.min.value_or(0) + 20;
    store(i);
    return i;
  }
  void store(const Incident& i) { ASSERT_TRUE(store_->commit({.incidents = {i}})); }

  BacktestResult result(const std::string& tried, const std::string& in_force,
                        const char* since = "2026-01-01T00:00:00Z") {
    const RuleSet a = rules(tried), b = rules(in_force);
    Backtest backtest(a, b, organisation, at(since));
    return backtest.run(*store_).value();
  }

  static constexpr const char* kAttacks = "  - {rule: attacks, when: type = attack, severity: Severe}\n";
  static constexpr const char* kFloods =
      "  - {rule: floods, when: type = flood, severity: Minor, notify: [director]}\n";

  Organisation organisation;
  std::unique_ptr<Store> store_ = open_sqlite(":memory:").value();
};

TEST_F(BacktestTest, alerts_and_updates_are_counted_by_rule_and_channel) {
  const Incident first = happens("i1", "2026-03-01T10:00:00Z");
  happens("i2", "2026-03-01T11:00:00Z", "NE", EventType::flood);
  goes_on(first, "2026-03-01T12:00:00Z");
  const BacktestResult r = result(kAttacks + std::string(kFloods), kAttacks);
  EXPECT_EQ(r.incidents, 2u);
  EXPECT_EQ(r.revisions, 3u);
  EXPECT_EQ(r.tried.alerts, 2u);
  EXPECT_EQ(r.tried.updates, 1u);
  EXPECT_EQ(r.tried.rules.at("attacks").alerts, 1u);
  EXPECT_EQ(r.tried.rules.at("attacks").updates, 1u);
  EXPECT_EQ(r.tried.rules.at("floods").alerts, 1u);
  EXPECT_EQ(r.tried.channels.at("phone").messages, 2u);
  EXPECT_EQ(r.tried.channels.at("mail").messages, 1u);
  EXPECT_EQ(r.in_force.alerts, 1u);
  EXPECT_EQ(cost_words(r.tried.channels.at("phone"), find_channel(organisation, "phone")), "0.20 EUR");
  EXPECT_EQ(cost_words(r.tried.channels.at("mail"), find_channel(organisation, "mail")), "") << "no price, no cost";
}

TEST_F(BacktestTest, what_is_gained_and_lost_is_named) {
  happens("i1", "2026-03-01T10:00:00Z");
  happens("i2", "2026-03-01T11:00:00Z", "NE", EventType::flood);
  happens("i3", "2026-03-01T12:00:00Z", "NE", EventType::protest);
  const BacktestResult r = result(kFloods, kAttacks);
  EXPECT_EQ(r.both, 0u);
  ASSERT_EQ(r.gained.count(), 1u);
  EXPECT_EQ(r.gained.all()[0].incident, "i2");
  EXPECT_EQ(r.gained.all()[0].rule, "floods");
  ASSERT_EQ(r.lost.count(), 1u);
  EXPECT_EQ(r.lost.all()[0].incident, "i1");
}

TEST_F(BacktestTest, one_incident_that_both_tell_at_different_revisions_is_no_difference) {
  const Incident first = happens("i1", "2026-03-01T10:00:00Z");
  goes_on(first, "2026-03-01T12:00:00Z");
  const BacktestResult r = result("  - {rule: deadly, when: killed >= 10, severity: Severe}\n", kAttacks);
  EXPECT_EQ(r.both, 1u);
  EXPECT_EQ(r.gained.count() + r.lost.count(), 0u);
}

TEST_F(BacktestTest, nights_are_counted_once_each_by_the_clock_of_the_country) {
  happens("i1", "2026-03-01T22:30:00Z");        // 22:30 in Mali
  happens("i2", "2026-03-02T01:00:00Z");        // the same night
  happens("i3", "2026-03-02T12:00:00Z");        // noon
  happens("i4", "2026-03-03T03:00:00Z");        // the next night
  happens("i5", "2026-03-03T18:00:00Z", "BD");  // midnight in Bangladesh
  const BacktestResult r = result(kAttacks, kFloods);
  EXPECT_EQ(r.tried.nights.at("duty").size(), 3u);
  EXPECT_EQ(r.tried.nights.count("director"), 0u);
  EXPECT_EQ(r.tried.hours[22], 1u);
  EXPECT_EQ(r.tried.hours[0], 1u);
}

TEST_F(BacktestTest, what_was_told_before_the_time_asked_for_is_not_told_anew) {
  const Incident first = happens("i1", "2026-03-01T10:00:00Z");
  goes_on(first, "2026-03-03T12:00:00Z");
  const BacktestResult r = result(kAttacks, kFloods, "2026-03-02T00:00:00Z");
  EXPECT_EQ(r.tried.alerts, 0u);
  EXPECT_EQ(r.tried.updates, 1u);
}

TEST_F(BacktestTest, rules_that_count_count_the_past_of_that_time) {
  for (const char* when : {"2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z", "2026-03-03T10:00:00Z"})
    happens(std::string("i") + when, when);
  happens("late", "2026-04-03T10:00:00Z");
  const BacktestResult r =
      result("  - {rule: often, when: type = attack, count: '>= 3 in 7d by region', severity: Severe}\n", kFloods);
  EXPECT_EQ(r.tried.alerts, 1u);
}

TEST_F(BacktestTest, a_rule_that_asks_for_words_reads_the_items) {
  StoredItem item;
  item.feed = item.publisher = "radio";
  item.item.id = "1";
  item.item.title = "Gunmen strike";
  item.item.text = "They came by boat.";
  item.received = at("2026-03-01T10:00:00Z");
  item.incident = "i1";
  ASSERT_TRUE(store_->commit({.items = {item}}));
  happens("i1", "2026-03-01T10:00:00Z");
  EXPECT_EQ(result("  - {rule: boats, when: text contains \"by boat\", severity: Severe}\n", kFloods).tried.alerts, 1u);
}

TEST_F(BacktestTest, the_sample_keeps_the_gravest_and_says_how_many_there_were) {
  for (int n = 0; n < 15; ++n) happens("i" + std::to_string(n), "2026-03-01T10:00:00Z");
  happens("flood", "2026-03-01T11:00:00Z", "NE", EventType::flood);
  const BacktestResult r = result(std::string(kAttacks) + "  - {rule: grave, when: type = flood, severity: Extreme}\n",
                                  "  - {rule: none, when: type = protest, severity: Minor}\n");
  EXPECT_EQ(r.gained.count(), 16u);
  EXPECT_EQ(r.gained.all().size(), Sample::kSample);
  EXPECT_EQ(r.gained.all()[0].rule, "grave");
  EXPECT_NE(in_words(r, organisation).find("and 6 more"), std::string::npos);
}

TEST_F(BacktestTest, an_empty_history_says_so_and_its_object_has_every_key) {
  const BacktestResult r = result(kAttacks, kFloods);
  EXPECT_EQ(in_words(r, organisation), "The history holds no incident of this time.\n");
  const std::string json = to_json(r, organisation);
  for (const char* key : {R"("since":null)", R"("rules":[{"rule":"attacks","alerts":0)", R"("nights_woken":{"duty":0)",
                          R"("hours":[0,)", R"("new":{"incidents":0,"sample":[]})"})
    EXPECT_NE(json.find(key), std::string::npos) << key << " in " << json;
}

TEST(SmsParts, are_of_160_characters_of_the_gsm_alphabet_else_of_70) {
  EXPECT_EQ(sms_parts(""), 1u);
  EXPECT_EQ(sms_parts(std::string(160, 'a')), 1u);
  EXPECT_EQ(sms_parts(std::string(161, 'a')), 2u);
  EXPECT_EQ(sms_parts(std::string(306, 'a')), 2u);
  EXPECT_EQ(sms_parts(std::string(307, 'a')), 3u);
  EXPECT_EQ(sms_parts(std::string(81, '[')), 2u) << "an escape counts two";
  EXPECT_EQ(sms_parts("é" + std::string(159, 'a')), 1u);
  EXPECT_EQ(sms_parts("ê" + std::string(69, 'a')), 1u);
  EXPECT_EQ(sms_parts("ê" + std::string(70, 'a')), 2u) << "ê is not in the alphabet";
}

}  // namespace
}  // namespace tocsin
