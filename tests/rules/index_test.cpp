// The index only saves time: it never changes which rules fire.
#include "rules/rule_index.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "base/text.hpp"
#include "rule_fixture.hpp"

namespace tocsin {
namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  int roll(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  template <std::size_t N>
  std::string one_of(const char* const (&words)[N]) {
    return words[static_cast<std::size_t>(roll(static_cast<int>(N)))];
  }

 private:
  std::mt19937 random_;
};

constexpr const char* kTests[] = {"type = attack",
                                  "type in armed_violence",
                                  "type != coup",
                                  "type in [coup, riot]",
                                  "country = ML",
                                  "country in [NE, BF, ML]",
                                  "country != FR",
                                  "region = ML-7",
                                  "region = 'Gao'",
                                  "place = 'Gao'",
                                  "place in ['Bamako', 'Gao']",
                                  "place != 'Gao'",
                                  "place is capital",
                                  "place is city",
                                  "place is airport",
                                  "target has airport",
                                  "target in [hotel, police]",
                                  "actor has jnim",
                                  "actor in [isgs, fama]",
                                  "actor_group has state",
                                  "killed >= 10",
                                  "killed != 3",
                                  "injured < 5",
                                  "publishers >= 2",
                                  "reliability <= B",
                                  "credibility < 3",
                                  "confidence > 0.5",
                                  "age > 24h",
                                  "age <= 3h",
                                  "hour >= 20",
                                  "weekday in [sat, sun]",
                                  "contested = true",
                                  "modality = reported",
                                  "modality != denied",
                                  "language = fr",
                                  "feed = rfi-afrique",
                                  "feed_tag has mali",
                                  "title contains 'gun'",
                                  "text matches '[0-9]+'",
                                  "within 30km of any office",
                                  "within 5km of road gao-ansongo",
                                  "inside liptako-gourma"};

std::string random_condition(Dice& dice, int depth) {
  if (depth == 0 || dice.roll(4) == 0) return dice.one_of(kTests);
  const std::string left = random_condition(dice, depth - 1), right = random_condition(dice, depth - 1);
  switch (dice.roll(5)) {
    case 0:
      return "(" + left + " or " + right + ")";
    case 1:
      return "not (" + left + ")";
    default:
      return "(" + left + " and " + right + ")";
  }
}

/// Contradictions are errors of a rule file; here they only shrink the set.
RuleSet random_rules(Dice& dice, int n) {
  std::vector<RuleFile> files;
  for (int i = 0; i < n; ++i) {
    const std::string name = "r" + std::to_string(i);
    const std::string unless = dice.roll(3) == 0 ? ", unless: \"" + random_condition(dice, 1) + "\"" : "";
    files.push_back({name, "rules: [{rule: " + name + ", severity: Minor, when: \"" + random_condition(dice, 3) + "\"" +
                               unless + "}]"});
  }
  return load_rules(files, small_world()).rules;
}

Incident random_incident(Dice& dice) {
  constexpr const char* kCountries[] = {"ML", "NE", "BF", "FR", "US", ""};
  constexpr const char* kPlaces[] = {"Gao", "Bamako", "Paris", ""};
  Incident i = bamako_attack();
  i.types.clear();
  for (int n = dice.roll(3); n >= 0; --n) i.types.push_back(static_cast<EventType>(dice.roll(40)));
  i.type = i.types[0];
  i.place.country = dice.one_of(kCountries);
  i.place.name = i.place.city = dice.one_of(kPlaces);
  i.place.region = dice.roll(2) ? "ML-7" : "";
  i.place.region_name = i.place.region.empty() ? "" : "Gao";
  i.place.precision = static_cast<Precision>(dice.roll(4));
  if (dice.roll(3)) i.place.at = LatLon{12 + dice.roll(50) / 10.0, -8 + dice.roll(90) / 10.0};
  i.place.is_capital = dice.roll(2);
  i.place.is_city = dice.roll(2);
  i.place.is_airport = dice.roll(5) == 0;
  if (dice.roll(2)) i.targets.clear();
  if (dice.roll(2)) i.actors.clear();
  if (dice.roll(2))
    i.killed.min = dice.roll(30);
  else
    i.killed.min.reset();
  i.modality = static_cast<Modality>(dice.roll(6));
  i.reliability = static_cast<char>('A' + dice.roll(6));
  i.credibility = 1 + dice.roll(6);
  i.publishers = dice.roll(4);
  i.confidence = dice.roll(11) / 10.0;
  i.event_time.from = kNow - dice.roll(96) * kHour;
  if (dice.roll(3) == 0) i.tellings.pop_back();
  return i;
}

TEST(TheIndex, and_the_plain_evaluator_agree_on_a_million_pairs) {
  Dice dice(5);
  const RuleSet rules = random_rules(dice, 1200);
  ASSERT_GT(rules.all().size(), 1000u);
  const std::vector<Rule> all = rules.all().copy();
  std::size_t pairs = 0, fired = 0;
  while (pairs < 1'000'000) {
    const Incident incident = random_incident(dice);
    const MatchContext context{kNow, nullptr, {}};
    const Facts facts(incident, context);
    std::set<std::string> plain, indexed;
    for (const Rule& rule : all)
      if (holds(rule.when, facts) && !(rule.unless && holds(*rule.unless, facts))) plain.insert(rule.name);
    for (const Match& match : rules.match(incident, context)) indexed.insert(match.rule);
    ASSERT_EQ(indexed, plain);
    pairs += all.size();
    fired += plain.size();
  }
  EXPECT_GT(fired, 10'000u) << "a test in which nothing fires proves nothing";
}

TEST(TheIndex, explain_and_match_agree) {
  Dice dice(6);
  const RuleSet rules = random_rules(dice, 200);
  for (int n = 0; n < 200; ++n) {
    const Incident incident = random_incident(dice);
    std::set<std::string> explained, matched;
    for (const RuleVerdict& v : rules.explain(incident, {kNow, nullptr, {}})) {
      if (v.fires) explained.insert(v.rule);
      EXPECT_TRUE(v.fires || !v.reason.condition.empty());
    }
    for (const Match& m : rules.match(incident, {kNow, nullptr, {}})) matched.insert(m.rule);
    ASSERT_EQ(explained, matched);
  }
}

TEST(TheIndex, judges_only_rules_whose_rarest_word_is_there) {
  std::string text = "rules:\n";
  for (int i = 0; i < 500; ++i)
    text += "  - {rule: r" + std::to_string(i) + ", severity: Minor, when: type in armed_violence and place = 'Town " +
            std::to_string(i) + "'}\n";
  const auto loaded = load(text);
  TextPool texts;
  PackedConditions conditions(texts);
  RuleIndex index;
  std::uint32_t number = 0;
  for (const Rule& rule : loaded.rules.all()) index.add(number++, conditions, conditions.add(rule.when));
  Incident i = bamako_attack();
  i.place.name = "Town 7";
  const MatchContext context{kNow, nullptr, {}};
  EXPECT_EQ(index.unfiled(), 0u);
  const auto more = load(rule_file("killed > 3 or country = ML"));
  index.add(number, conditions, conditions.add(more.rules.all()[0].when));
  EXPECT_EQ(index.unfiled(), 1u);
  index.seal(conditions);
  EXPECT_EQ(index.candidates(Facts(i, context)), (std::vector<std::uint32_t>{7, 500}));
}

}  // namespace
}  // namespace tocsin
