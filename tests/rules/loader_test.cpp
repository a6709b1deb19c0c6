#include <gtest/gtest.h>

#include "base/text.hpp"
#include "rule_fixture.hpp"

namespace tocsin {
namespace {

using Places = std::vector<std::string>;

std::string first_message(const LoadedRules& loaded) {
  for (const auto& d : loaded.findings.all())
    if (d.level == Diagnostic::Level::error) return d.message;
  return "";
}

/// Code and message of the only error of a condition, at the byte where `word` stands in it.
void expect_error(const std::string& when, const std::string& word, const std::string& code, const std::string& hint) {
  const auto loaded = load("rules:\n  - rule: r\n    severity: Severe\n    when: " + when + "\n");
  const std::size_t column = 11 + when.find(word);
  EXPECT_EQ(errors_of(loaded.findings), Places{"a.yaml:4:" + std::to_string(column) + " " + code}) << when;
  EXPECT_NE(first_message(loaded).find(hint), std::string::npos) << when << ": " << first_message(loaded);
  EXPECT_TRUE(loaded.rules.all().empty()) << "a file with an error is not loaded";
}

TEST(Loading, the_rule_of_the_handbook_is_read_whole) {
  const auto loaded = load(R"(lists:
  sahel: [ML, BF, NE]
rules:
  - rule: attack-on-capital
    title: {en: Attack in a capital, fr: Attaque dans une capitale}
    when: type in armed_violence and place is capital and country in sahel
    unless: modality != reported or age > 48h
    severity: Extreme
    urgency: Immediate
    confirm: publishers >= 2 or reliability <= B
    notify: [duty-officer, security-lead]
    action: {en: Hibernate., fr: Confinement.}
    tlp: TLP:AMBER
    note: agreed with the country director
    tests:
      - title: Gunmen attack police school in Bamako
        published: 2024-09-17T09:00:00Z
        expect: fires
        confirmed: false
      - title: Ten years after the Bamako hotel siege
        expect: silent
)");
  ASSERT_TRUE(loaded.findings.all().empty()) << messages_of(loaded.findings)[0];
  const auto rule = loaded.rules.find("attack-on-capital");
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->severity, Severity::Extreme);
  EXPECT_EQ(rule->urgency, Urgency::Immediate);
  EXPECT_EQ(rule->tlp, Tlp::Amber);
  EXPECT_EQ(in_language(rule->action, "fr"), "Confinement.");
  const auto matches = loaded.rules.match(bamako_attack(), {kNow, nullptr, {}});
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_TRUE(matches[0].confirmed);
  EXPECT_EQ(matches[0].notify, (std::vector<std::string>{"duty-officer", "security-lead"}));
  const auto tests = loaded.rules.tests();
  ASSERT_EQ(tests.size(), 2u);
  EXPECT_TRUE(tests[0].fires);
  EXPECT_EQ(tests[0].confirmed, false);
  EXPECT_EQ(tests[0].at.line, 16u);
  EXPECT_EQ(tests[0].items[0].feed.reliability, 'B');
  EXPECT_EQ(tests[0].clock(), *tests[0].items[0].item.published + 10 * kMinute);
  EXPECT_FALSE(tests[1].fires);
}

TEST(Loading, each_unknown_word_is_found_with_its_nearest) {
  expect_error("country = MLI", "MLI", "R012", "did you mean \"ML\"");
  expect_error("country = Mali", "Mali", "R012", "did you mean \"ML\"");
  expect_error("country in sahle", "sahle", "R012", "unknown country");
  expect_error("type = atack", "atack", "R012", "did you mean \"attack\"");
  expect_error("typ = attack", "typ", "R011", "did you mean \"type\"");
  expect_error("kiled", "kiled", "R011", "did you mean \"killed\"");
  expect_error("actor has jnm", "jnm", "R012", "did you mean \"jnim\"");
  expect_error("feed_tag has mal", "mal", "R012", "did you mean \"mali\"");
  expect_error("region = ML-9", "ML-9", "R012", "did you mean \"ML-7\"");
  expect_error("place is capitol", "capitol", "R012", "did you mean \"capital\"");
  expect_error("place = capital", "capital", "R012", "place is capital");
  expect_error("place = Gao", "Gao", "R012", "stands in quotes");
  expect_error("within 25km of office-goa", "office-goa", "R018", "did you mean \"office-gao\"");
  expect_error("within 25km of any ofice", "ofice", "R018", "did you mean \"office\"");
  expect_error("within 5km of road gao-ansong", "gao-ansong", "R018", "did you mean \"gao-ansongo\"");
  expect_error("inside liptako", "liptako", "R018", "unknown zone");
}

TEST(Loading, wrong_operators_and_values_are_found_at_their_place) {
  expect_error("type > attack", ">", "R013", "= != is in");
  expect_error("target = hotel", "=", "R013", "in has");
  expect_error("title = 'x'", "=", "R013", "contains matches");
  expect_error("contested != true", "!=", "R013", "it takes: =");
  expect_error("killed > many", "many", "R014", "whole number");
  expect_error("killed > 2.5", "2.5", "R014", "whole number");
  expect_error("killed >= -1", "-1", "R014", "whole number");
  expect_error("confidence > 2", "2", "R014", "0 to 1");
  expect_error("hour = 24", "24", "R014", "0 to 23");
  expect_error("credibility = 7", "7", "R014", "1 to 6");
  expect_error("reliability <= G", "G", "R014", "A B C D E F");
  expect_error("age > 3", "3", "R014", "15m, 48h or 7d");
  expect_error("within 25 of office-gao", "25", "R014", "25km");
  expect_error("title matches '(a'", "'(a'", "R017", "regular expression");
  expect_error("country in []", "in", "R014", "never holds");
  expect_error("target has [hotel, school]", "hotel", "R013", "write \"in\"");
  expect_error("killed", "killed", "R010", "operator");
}

TEST(Loading, all_findings_of_a_run_are_shown_at_once) {
  const auto loaded = load(R"(list: {}
rules:
  - rule: one
    severity: Sever
    wen: type = attack
    when: type = atack and country = MLI
    notify: [duty-officer, boss]
  - rule: one
    when: type = cup
    severity: Minor
  - when: type = coup
)");
  EXPECT_EQ(errors_of(loaded.findings),
            (Places{"a.yaml:1:1 R001", "a.yaml:4:15 R004", "a.yaml:5:5 R001", "a.yaml:6:18 R012", "a.yaml:6:38 R012",
                    "a.yaml:7:28 R019", "a.yaml:8:11 R005", "a.yaml:9:18 R012", "a.yaml:11:5 R002"}));
}

TEST(Loading, places_inside_folded_scalars_are_exact) {
  const auto loaded = load(R"(rules:
  - rule: folded
    severity: Minor
    when: >
      type in armed_violence
      and place = "Ménaka" and
      country = MLI
)");
  EXPECT_EQ(errors_of(loaded.findings), Places{"a.yaml:7:17 R012"});
}

TEST(Loading, a_word_of_a_list_is_reported_once_in_the_list) {
  const auto loaded = load(R"(lists:
  here: [ML, MLX]
rules:
  - {rule: a, when: country in here, severity: Minor}
  - {rule: b, when: country = here, severity: Minor}
)");
  EXPECT_EQ(errors_of(loaded.findings), Places{"a.yaml:2:14 R012"});
}

TEST(Loading, lists_may_hold_lists_and_circles_do_no_harm) {
  const auto loaded = load(R"(lists:
  sahel: [ML, coast]
  coast: [CI, sahel]
  towns: [Gao, Bamako]
  nights: [22, 23, 5]
rules:
  - {rule: a, when: country in sahel and place in towns and hour in nights, severity: Minor}
)");
  EXPECT_FALSE(loaded.findings.has_errors()) << first_message(loaded);
  EXPECT_EQ(loaded.rules.match(bamako_attack(), {kNow, nullptr, {}}).size(), 1u);
}

TEST(Loading, macros_use_macros_but_never_themselves) {
  const auto good = load(R"(macros:
  deadly: killed >= 10
  deadly_attack: deadly and type = attack
rules:
  - {rule: a, when: deadly_attack and not country = FR, severity: Minor}
)");
  EXPECT_EQ(good.rules.match(bamako_attack(), {kNow, nullptr, {}}).size(), 1u);
  const auto circle = load(R"(macros:
  a: b and killed > 1
  b: not a
rules:
  - {rule: x, when: a, severity: Minor}
)");
  EXPECT_EQ(errors_of(circle.findings), Places{"a.yaml:3:10 R016"});
}

TEST(Loading, a_tower_of_macros_is_refused_from_whichever_end_it_is_read) {
  const auto tower = [](int height, bool upwards) {
    std::string text = "macros:\n";
    for (int i = 0; i < height; ++i) {
      const int number = upwards ? i : height - 1 - i;
      text += "  m" + std::to_string(10000 + number) + ": " +
              (number == 0 ? "killed > 1" : "injured > 1 or m" + std::to_string(10000 + number - 1)) + "\n";
    }
    return load(text + "rules:\n  - {rule: x, when: m" + std::to_string(10000 + height - 1) + ", severity: Minor}\n");
  };
  for (const bool upwards : {true, false}) {
    EXPECT_TRUE(errors_of(tower(60, upwards).findings).empty());
    const auto errors = errors_of(tower(10000, upwards).findings);
    ASSERT_FALSE(errors.empty());
    EXPECT_NE(errors.front().find("R016"), std::string::npos) << errors.front();
  }
}

TEST(Loading, macros_that_double_each_other_are_refused_quickly) {
  std::string text = "macros:\n  m0: killed > 1\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "m" + std::to_string(i - 1);
    text += "  m" + std::to_string(i) + ": " + before + " and " + before + "\n";
  }
  const auto loaded = load(text + "rules:\n  - {rule: x, when: m59, severity: Minor}\n");
  EXPECT_NE(first_message(loaded).find("2000 tests"), std::string::npos);
  EXPECT_TRUE(loaded.rules.all().empty());
}

TEST(Loading, a_rule_inherits_every_key_but_the_tests) {
  const auto loaded = load(R"(rules:
  - rule: base
    when: type = attack
    severity: Severe
    notify: [duty-officer]
    tests: [{title: a, expect: fires}, {title: b, expect: silent}]
  - rule: child
    extends: base
    severity: Minor
    unless: country = FR
)");
  ASSERT_FALSE(loaded.findings.has_errors());
  const auto child = loaded.rules.find("child");
  ASSERT_TRUE(child);
  EXPECT_EQ(child->severity, Severity::Minor);
  EXPECT_EQ(child->notify, std::vector<std::string>{"duty-officer"});
  EXPECT_TRUE(child->tests.empty());
  const auto matches = loaded.rules.match(bamako_attack(), {kNow, nullptr, {}});
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(matches[0].rule, "base") << "the most severe stands first";
}

TEST(Loading, a_missing_or_circular_base_is_an_error) {
  EXPECT_EQ(errors_of(load("rules:\n  - {rule: a, extends: bse, severity: Minor, when: killed > 1}\n").findings),
            Places{"a.yaml:2:24 R020"});
  const auto circle = load(R"(rules:
  - {rule: a, extends: b, severity: Minor, when: killed > 1}
  - {rule: b, extends: a}
)");
  EXPECT_EQ(errors_of(circle.findings), Places{"a.yaml:2:24 R020"});
}

TEST(Loading, a_higher_layer_replaces_or_switches_off_a_shipped_rule) {
  const RuleFile shipped{"rules/a.yaml", rule_file("type = attack"), 0};
  const RuleFile off{"/etc/b.yaml", "rules:\n  - {rule: r, extends: r, enabled: false}\n", 1};
  const auto loaded = load_rules({shipped, off}, small_world());
  ASSERT_FALSE(loaded.findings.has_errors());
  ASSERT_EQ(loaded.rules.all().size(), 1u);
  EXPECT_TRUE(loaded.rules.match(bamako_attack(), {kNow, nullptr, {}}).empty());
  EXPECT_EQ(loaded.rules.explain(bamako_attack(), {kNow, nullptr, {}})[0].part, "enabled");
  const RuleFile again{"rules/b.yaml", rule_file("type = coup"), 0};
  EXPECT_EQ(errors_of(load_rules({shipped, again}, small_world()).findings), Places{"rules/b.yaml:2:11 R005"});
}

TEST(Loading, lists_come_from_the_configuration_and_from_files_that_only_lend_names) {
  RuleWorld world = small_world();
  world.lists["watched"] = {"ML"};
  const RuleFile lender{"rules/00-lists.yaml", "lists: {watched: [FR], coast: [CI]}\nrules: [{rule: r, wrong: 1}]\n", 0,
                        true};
  const RuleFile file{"mine.yaml", rule_file("country in watched and not country in coast")};
  const auto loaded = load_rules({lender, file}, world);
  EXPECT_FALSE(loaded.findings.has_errors()) << first_message(loaded);
  ASSERT_EQ(loaded.rules.all().size(), 1u);
  EXPECT_EQ(loaded.rules.match(bamako_attack(), {kNow, nullptr, {}}).size(), 1u);
}

TEST(Loading, lists_of_the_configuration_stand_between_the_shipped_files_and_the_admins) {
  RuleWorld world = small_world();
  world.lists["here"] = {"FR"};
  RuleFile file{"a.yaml", "lists: {here: [ML]}\n" + rule_file("country in here"), 0};
  EXPECT_TRUE(load_rules({file}, world).rules.match(bamako_attack(), {kNow, nullptr, {}}).empty());
  file.layer = 1;
  EXPECT_EQ(load_rules({file}, world).rules.match(bamako_attack(), {kNow, nullptr, {}}).size(), 1u);
  world.lists["there"] = {"FRX"};
  EXPECT_EQ(errors_of(load_rules({{"b.yaml", rule_file("country in there")}}, world).findings),
            Places{"b.yaml:5:18 R012"});
}

TEST(Loading, tests_of_a_rule_are_moot_when_a_higher_layer_replaces_its_names) {
  const std::string tests = "    tests: [{title: a, expect: fires}]\n";
  const RuleFile shipped{"a.yaml", "lists: {here: [ML]}\nmacros: {m: country in here}\n" + rule_file("m", tests), 0};
  EXPECT_EQ(load_rules({shipped}, small_world()).rules.tests().size(), 1u);
  const RuleFile narrower{"b.yaml", "lists: {here: [NE]}\n", 1};
  EXPECT_TRUE(load_rules({shipped, narrower}, small_world()).rules.tests().empty());
  RuleWorld world = small_world();
  world.lists["here"] = {"NE"};
  EXPECT_TRUE(load_rules({shipped}, world).rules.tests().empty());
}

TEST(Loading, one_bad_file_takes_nothing_from_the_others_but_is_dropped_whole) {
  const RuleFile bad{"bad.yaml", "macros: {m: kiled > 1}\n" + rule_file("type = attack")};
  RuleFile good{"good.yaml", rule_file("type = attack")};
  good.text.replace(good.text.find("rule: r"), 7, "rule: s");
  RuleFile user{"user.yaml", rule_file("m")};
  user.text.replace(user.text.find("rule: r"), 7, "rule: t");
  const auto loaded = load_rules({bad, good, user}, small_world());
  ASSERT_EQ(loaded.rules.all().size(), 1u)
      << "a rule that rests on a broken macro must not load as one that always fires";
  EXPECT_EQ(loaded.rules.all()[0].name, "s");
}

TEST(Loading, warnings_tell_of_what_nobody_uses_or_tests) {
  const auto loaded =
      load("lists: {idle: [ML]}\nmacros: {idle_too: killed > 1}\n" + rule_file("within 5km of any airfield"));
  EXPECT_FALSE(loaded.findings.has_errors());
  std::vector<std::string> codes;
  for (const auto& d : loaded.findings.all()) codes.push_back(d.code);
  EXPECT_EQ(codes, (std::vector<std::string>{"R030", "R030", "R031", "R033"}));
  EXPECT_TRUE(load("lists: {idle: [ML]}\n").findings.all().empty()) << "a file without rules is a library";
}

TEST(Loading, a_condition_that_can_never_hold_is_an_error_and_a_dead_part_a_warning) {
  EXPECT_EQ(errors_of(load(rule_file("killed > 5 and (type = attack and killed < 3)")).findings),
            Places{"a.yaml:5:7 R032"});
  EXPECT_EQ(errors_of(load(rule_file("country = ML and country in [NE, BF]")).findings), Places{"a.yaml:5:7 R032"});
  EXPECT_TRUE(errors_of(load(rule_file("type = attack and type = coup")).findings).empty())
      << "an incident has many types";
  EXPECT_TRUE(errors_of(load(rule_file("killed > 5 and killed != 7 and killed <= 6")).findings).empty());
  const auto part = load(rule_file("type = coup or (hour < 3 and hour > 20)"));
  EXPECT_TRUE(errors_of(part.findings).empty());
  EXPECT_EQ(part.findings.all()[1].code, "R032");
}

TEST(Loading, tests_are_checked_as_closely_as_rules) {
  const auto loaded = load(rule_file("type = attack", R"(    tests:
      - expect: fires
      - title: a
        expect: fire
      - items:
          - {title: a, published: 2024-09-17T09:00:00Z, reliability: B}
          - {title: b, published: 2024-09-17T08:00:00Z}
        expect: fires
      - {title: a, publishd: x}
)"));
  EXPECT_EQ(errors_of(loaded.findings), (Places{"a.yaml:7:9 R002", "a.yaml:9:17 R004", "a.yaml:12:35 R004",
                                                "a.yaml:14:9 R002", "a.yaml:14:20 R001"}));
}

TEST(Loading, shapes_that_are_not_rules_are_told_so) {
  EXPECT_EQ(errors_of(load("- a\n").findings), Places{"a.yaml:1:1 R003"});
  EXPECT_EQ(errors_of(load("rules: {}\n").findings), Places{"a.yaml:1:8 R003"});
  EXPECT_EQ(errors_of(load("rules: [a]\n").findings), Places{"a.yaml:1:9 R003"});
  EXPECT_EQ(errors_of(load("rules:\n  - {rule: A b, when: [x], severity: Minor}\n").findings),
            (Places{"a.yaml:2:12 R006", "a.yaml:2:23 R003"}));
  EXPECT_TRUE(load("").findings.all().empty());
}

TEST(Loading, a_list_that_names_itself_adds_to_the_one_that_it_replaces) {
  const RuleFile shipped{"shipped.yaml", "lists:\n  here: [ML]\n" + rule_file("country in here"), 0};
  const RuleFile own{"own.yaml", "lists:\n  here: [here, NE]\n", 1};
  const auto rules = load_rules({shipped, own}, small_world()).rules;
  for (const char* country : {"ML", "NE"}) {
    Incident i = bamako_attack();
    i.place.country = country;
    EXPECT_EQ(rules.match(i, {kNow, nullptr, {}}).size(), 1u) << country;
  }
  EXPECT_EQ(errors_of(load("lists:\n  here: [here, NE]\n").findings), Places{"a.yaml:2:10 R016"});
}

}  // namespace
}  // namespace tocsin
