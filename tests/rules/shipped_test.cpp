// The packs that are shipped, as text: every file loads without a finding, in an organisation that has entered nothing
// and in one that has. Their tests are run through the pipeline by `tocsin test`.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "rule_fixture.hpp"

namespace tocsin {
namespace {

std::vector<RuleFile> shipped() {
  std::vector<RuleFile> files;
  const std::string root = TOCSIN_SOURCE_DIR "/rules";
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files.push_back({"rules/" + entry.path().filename().string(), text.str()});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

TEST(ShippedRules, load_without_a_finding_with_and_without_assets) {
  for (const RuleWorld& world : {RuleWorld{}, small_world()})
    for (const auto loaded = load_rules(shipped(), world); const auto& d : loaded.findings.all())
      ADD_FAILURE() << pretty(d, "");
}

TEST(ShippedRules, speak_english_and_french) {
  const auto loaded = load_rules(shipped(), {});
  for (const Rule& rule : loaded.rules.all()) {
    EXPECT_TRUE(rule.title.count("en") && rule.title.count("fr")) << rule.name;
    EXPECT_TRUE(rule.action.empty() || (rule.action.count("en") && rule.action.count("fr"))) << rule.name;
    EXPECT_TRUE(rule.notify.empty()) << rule.name << ": an organisation names its own recipients";
  }
}

TEST(ShippedRules, have_tests_in_both_languages_that_fire_and_one_that_is_silent) {
  const auto loaded = load_rules(shipped(), {});
  for (const Rule& rule : loaded.rules.all()) {
    if (rule.silence) continue;
    std::set<std::string> firing;
    bool silent = false;
    for (const RuleTest& test : rule.tests) {
      if (test.fires) firing.insert(test.items.front().item.language);
      silent = silent || !test.fires;
    }
    EXPECT_TRUE(silent) << rule.name;
    const bool needs_assets = rule.file == "rules/30-near-our-assets.yaml";
    EXPECT_TRUE(needs_assets || (firing.count("en") && firing.count("fr"))) << rule.name;
  }
}

TEST(ShippedRules, watch_the_whole_world_until_the_configuration_narrows_it) {
  Incident elsewhere = bamako_attack();
  elsewhere.place.country = "AF";
  const MatchContext now{kNow, nullptr, {}};
  const auto fired = [&](const RuleWorld& world) {
    std::set<std::string> names;
    for (const Match& m : load_rules(shipped(), world).rules.match(elsewhere, now)) names.insert(m.rule);
    return names;
  };
  EXPECT_TRUE(fired({}).count("attack-on-capital"));
  RuleWorld narrow;
  narrow.lists["watched"] = {"ML", "NE"};
  EXPECT_FALSE(fired(narrow).count("attack-on-capital"));
}

TEST(ShippedRules, name_capital_and_airport_for_the_attack_on_both) {
  const auto matches = load_rules(shipped(), {}).rules.match(bamako_attack(), {kNow, nullptr, {}});
  std::set<std::string> names;
  for (const Match& m : matches) names.insert(m.rule);
  EXPECT_TRUE(names.count("attack-on-capital") && names.count("attack-on-airport"));
  EXPECT_EQ(matches.front().severity, Severity::Extreme);
}

TEST(ShippedRules, are_silent_about_the_past_the_denied_and_the_practised) {
  const auto rules = load_rules(shipped(), small_world()).rules;
  Incident i = bamako_attack();
  EXPECT_TRUE(rules.match(i, {kNow + 3 * kDay, nullptr, {}}).empty());
  for (const Modality m : {Modality::retrospective, Modality::denied, Modality::exercise, Modality::threat}) {
    i.modality = m;
    EXPECT_TRUE(rules.match(i, {kNow, nullptr, {}}).empty());
  }
}

}  // namespace
}  // namespace tocsin
