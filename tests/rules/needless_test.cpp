#include "rules/needless.hpp"

#include <gtest/gtest.h>

#include <random>

#include "rule_fixture.hpp"
#include "rules/implication.hpp"

namespace tocsin {
namespace {

Condition condition(const std::string& text) {
  const auto loaded = load(rule_file(text));
  EXPECT_FALSE(loaded.findings.has_errors()) << text;
  return loaded.rules.all().empty() ? Condition{} : loaded.rules.all()[0].when;
}

bool follows(const std::string& first, const std::string& second) {
  return implies(condition(first), condition(second));
}

TEST(Implication, sees_what_follows) {
  EXPECT_TRUE(follows("country = ML", "country in [ML, NE]"));
  EXPECT_TRUE(follows("country = ML", "country != FR"));
  EXPECT_TRUE(follows("country = ML", "not country = FR"));
  EXPECT_TRUE(follows("type = attack", "type in armed_violence"));
  EXPECT_TRUE(follows("killed >= 10", "killed > 5"));
  EXPECT_TRUE(follows("killed > 10", "killed >= 10"));
  EXPECT_TRUE(follows("killed = 7", "killed < 8 and killed != 3"));
  EXPECT_TRUE(follows("hour in [1, 2]", "hour <= 2"));
  EXPECT_TRUE(follows("reliability <= B", "reliability <= C"));
  EXPECT_TRUE(follows("within 5km of office-gao", "within 10km of any office"));
  EXPECT_TRUE(follows("inside liptako-gourma and killed > 3", "inside liptako-gourma"));
  EXPECT_TRUE(follows("(country = ML or country = NE) and killed > 3", "country in [NE, ML, BF] or type = coup"));
  EXPECT_TRUE(follows("not killed > 3", "not killed > 5"));
  EXPECT_TRUE(follows("title contains 'x'", "title contains 'x'"));
}

TEST(Implication, claims_nothing_that_may_fail) {
  EXPECT_FALSE(follows("country in [ML, NE]", "country = ML"));
  EXPECT_FALSE(follows("target has airport", "not target has hotel")) << "both may be attacked";
  EXPECT_FALSE(follows("killed >= 10", "killed > 10"));
  EXPECT_FALSE(follows("killed != 3", "killed > 3"));
  EXPECT_FALSE(follows("reliability = F", "reliability <= F")) << "F cannot be judged";
  EXPECT_FALSE(follows("within 10km of any office", "within 10km of office-gao"));
  EXPECT_FALSE(follows("country = ML or killed > 3", "country = ML"));
  EXPECT_FALSE(follows("not killed > 5", "not killed > 3"));
}

/// Whatever it claims is true of incidents made at random.
TEST(Implication, gives_up_on_a_page_of_alternatives_rather_than_try_them_all) {
  std::string a = "killed > 1", b = "injured > 1";
  for (int i = 0; i < 40; ++i) {
    a = "(" + a + " and (type = attack or killed > " + std::to_string(i) + "))";
    b = "(" + b + " or (country = ML and injured > " + std::to_string(i) + "))";
  }
  EXPECT_FALSE(follows(a, b));
}

TEST(Implication, is_sound_on_random_incidents) {
  const std::vector<std::string> texts{"country = ML",
                                       "country in [ML, NE]",
                                       "country != NE",
                                       "not country = NE",
                                       "killed >= 10",
                                       "killed > 9",
                                       "killed = 10",
                                       "killed != 10",
                                       "not killed < 10",
                                       "type = attack",
                                       "type in armed_violence",
                                       "type != coup",
                                       "reliability <= B",
                                       "reliability = F",
                                       "reliability >= B",
                                       "reliability > C",
                                       "country = ML and killed > 9",
                                       "country = ML or killed > 9",
                                       "target has airport",
                                       "target in [airport, hotel]",
                                       "within 20km of any office",
                                       "inside liptako-gourma"};
  std::vector<Condition> conditions;
  for (const auto& text : texts) conditions.push_back(condition(text));
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    Incident i = bamako_attack();
    const char* const countries[] = {"ML", "NE", "FR", ""};
    i.place.country = countries[random() % 4];
    if (random() % 3 == 0) i.place.at.reset();
    i.killed.min = random() % 4 == 0 ? std::nullopt : std::optional<std::int64_t>(7 + random() % 5);
    i.types = {random() % 2 == 0 ? EventType::attack : EventType::coup};
    i.reliability = static_cast<char>('A' + random() % 6);
    if (random() % 2 == 0) i.targets.pop_back();
    const MatchContext context{kNow, nullptr, {}};
    const Facts facts(i, context);
    for (std::size_t a = 0; a < conditions.size(); ++a)
      for (std::size_t b = 0; b < conditions.size(); ++b)
        if (holds(conditions[a], facts) && !holds(conditions[b], facts))
          ASSERT_FALSE(implies(conditions[a], conditions[b])) << texts[a] << " => " << texts[b];
  }
}

std::vector<std::string> needless(const std::string& rules) {
  const auto loaded = load("rules:\n" + rules);
  EXPECT_FALSE(loaded.findings.has_errors());
  Diagnostics findings;
  warn_of_needless(loaded.rules.all().copy(), {"duty-officer"}, findings);
  return messages_of(findings);
}

TEST(Needless, a_rule_within_another_that_is_as_severe_and_tells_the_same_adds_nothing) {
  const auto found = needless(
      "  - {rule: wide, when: 'type in armed_violence and country in [ML, NE]', unless: age > 48h, severity: Severe}\n"
      "  - {rule: narrow, when: type = attack and country = ML and killed > 3, unless: age > 24h, severity: Minor}\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].find("\"narrow\" adds nothing"), std::string::npos) << found[0];
  EXPECT_NE(found[0].find("\"wide\" (a.yaml:2)"), std::string::npos) << found[0];
}

TEST(Needless, of_two_that_are_alike_the_later_one_is_named) {
  const auto found = needless(
      "  - {rule: one, when: type = coup, severity: Minor}\n  - {rule: two, when: type = coup, severity: Minor}\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].find("\"two\" adds nothing"), std::string::npos) << found[0];
}

TEST(Needless, whatever_a_rule_adds_is_a_reason_to_keep_it) {
  const std::string wide = "  - {rule: wide, when: type = coup, severity: Severe, confirm: publishers >= 2}\n";
  for (const char* other : {"severity: Extreme, confirm: publishers >= 2", "severity: Severe, notify: [security-lead]",
                            "severity: Severe, tlp: TLP:AMBER, confirm: publishers >= 2",
                            "severity: Severe, urgency: Immediate, confirm: publishers >= 2",
                            "severity: Severe, action: Run., confirm: publishers >= 2", "severity: Severe",
                            "severity: Severe, confirm: publishers >= 2, enabled: false"})
    EXPECT_TRUE(needless(wide + "  - {rule: r, when: type = coup and country = ML, " + other + "}\n").empty()) << other;
  EXPECT_TRUE(needless("  - {rule: wide, when: type = coup, count: '>= 2 in 7d by country', severity: Severe}\n"
                       "  - {rule: r, when: type = coup, severity: Minor}\n")
                  .empty());
  EXPECT_TRUE(needless("  - {rule: wide, when: type = coup, unless: killed > 3, severity: Severe}\n"
                       "  - {rule: r, when: type = coup, severity: Minor}\n")
                  .empty());
}

TEST(Needless, an_unless_that_always_holds_is_an_error_and_a_confirm_that_never_does_a_warning) {
  const auto never =
      load("rules:\n  - rule: r\n    when: country = ML\n    unless: country in [ML, NE]\n    severity: Minor\n");
  EXPECT_EQ(errors_of(never.findings), std::vector<std::string>{"a.yaml:2:11 R034"});
  const auto unconfirmed = load(
      "rules:\n  - rule: r\n    when: type = coup and publishers = 1\n    confirm: publishers >= 2\n    severity: "
      "Minor\n"
      "    notify: [security-lead]\n");
  EXPECT_TRUE(errors_of(unconfirmed.findings).empty());
  EXPECT_EQ(unconfirmed.findings.all().at(0).code, "R036");
  EXPECT_EQ(unconfirmed.findings.all().at(1).code, "R031");
}

}  // namespace
}  // namespace tocsin
