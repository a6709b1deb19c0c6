#include "rules/reach.hpp"

#include <gtest/gtest.h>

#include "rule_fixture.hpp"

namespace tocsin {
namespace {

constexpr const char* kTable = R"(reach:
  - {type: [bombing, hazard], km: 60}
  - {type: armed_violence, asset: road, km: 5}
  - {type: armed_violence, asset: office, hours: 18-6, km: 30}
  - {type: armed_violence, km: 10}
)";

/// An attack this far north of the office in Bamako, at this hour.
Incident attack(double km, int hour, EventType type = EventType::attack) {
  Incident i = bamako_attack();
  i.type = type;
  i.types = {type};
  i.place.at = LatLon{12.60 + km / 111.2, -7.95};
  const Millis midnight = kNow / kDay * kDay;
  i.event_time = {midnight + hour * kHour, midnight + (hour + 1) * kHour, TimePrecision::hour};
  return i;
}

RuleVerdict verdict(const Incident& incident, const std::string& when = "within reach of any asset") {
  const auto loaded = load(kTable + rule_file(when));
  EXPECT_FALSE(loaded.findings.has_errors()) << messages_of(loaded.findings)[0];
  return loaded.rules.explain(incident, {kNow, nullptr, {}}).at(0);
}

TEST(Reach, depends_on_type_asset_and_hour) {
  EXPECT_TRUE(verdict(attack(8, 12)).fires);
  EXPECT_FALSE(verdict(attack(20, 12)).fires) << "by day 10 km";
  EXPECT_TRUE(verdict(attack(20, 2)).fires) << "by night 30 km towards an office";
  EXPECT_TRUE(verdict(attack(20, 18)).fires) << "the first hour is within";
  EXPECT_FALSE(verdict(attack(20, 6)).fires) << "the last one is not";
  EXPECT_TRUE(verdict(attack(50, 12, EventType::bombing)).fires);
  EXPECT_TRUE(verdict(attack(50, 12, EventType::flood)).fires) << "a group";
  EXPECT_FALSE(verdict(attack(1, 12, EventType::coup)).fires) << "no row fits: near nothing";
}

TEST(Reach, of_several_types_the_farthest_counts) {
  Incident both = attack(50, 12);
  EXPECT_FALSE(verdict(both).fires);
  both.types.push_back(EventType::bombing);
  EXPECT_TRUE(verdict(both).fires);
}

TEST(Reach, says_what_it_saw) {
  EXPECT_EQ(verdict(attack(20, 12)).reason.saw, "20 km from office-bamako, reach 10 km");
  EXPECT_EQ(verdict(attack(20, 12)).reason.condition, "within reach of any asset");
  Incident country = attack(1, 12);
  country.place = {};
  country.place.country = "ML";
  EXPECT_EQ(verdict(country).reason.saw, "known only as a country");
}

TEST(Reach, a_town_that_is_all_that_is_known_is_allowed_for) {
  Incident town = attack(20, 12);
  town.place.precision = Precision::place;
  EXPECT_TRUE(verdict(town).fires) << "20 km less the 15 km of a capital";
}

TEST(Reach, what_is_wrong_in_the_table_is_found_at_its_place) {
  const auto loaded = load(R"(reach:
  - {type: atack, km: 5}
  - {asset: ofice, km: 5}
  - {hours: 18-25, km: 5}
  - {km: 0}
  - {type: attack}
  - {km: 5, kind: office}
)");
  EXPECT_EQ(errors_of(loaded.findings),
            (std::vector<std::string>{"a.yaml:2:12 R012", "a.yaml:3:13 R018", "a.yaml:4:13 R014", "a.yaml:5:10 R014",
                                      "a.yaml:6:5 R002", "a.yaml:7:13 R001"}));
  EXPECT_EQ(errors_of(load(rule_file("within reach of any office")).findings),
            std::vector<std::string>{"a.yaml:5:14 R014"});
}

TEST(Reach, the_table_of_the_admin_replaces_the_shipped_one_and_two_of_one_layer_clash) {
  const RuleFile shipped{"shipped.yaml", kTable + rule_file("within reach of any asset"), 0};
  const RuleFile own{"own.yaml", "reach:\n  - {km: 1}\n", 1};
  EXPECT_FALSE(load_rules({shipped, own}, small_world()).rules.explain(attack(8, 12), {kNow, nullptr, {}}).at(0).fires);
  const RuleFile twice{"twice.yaml", "reach:\n  - {km: 1}\n", 0};
  EXPECT_EQ(errors_of(load_rules({shipped, twice}, small_world()).findings),
            std::vector<std::string>{"twice.yaml:1:1 R005"});
}

TEST(LooseTests, stand_beside_the_rules_and_name_their_rule) {
  const auto loaded = load(R"(rules:
  - {rule: coup, when: type = coup, severity: Minor}
tests:
  - rule: coup
    title: Soldiers seize power
    expect: fires
    messages: [Alert, Update]
    recipients: [duty-officer]
)");
  ASSERT_TRUE(loaded.findings.all().empty()) << messages_of(loaded.findings)[0];
  const auto tests = loaded.rules.tests();
  ASSERT_EQ(tests.size(), 1u);
  EXPECT_EQ(tests[0].rule, "coup");
  EXPECT_EQ(tests[0].messages, (std::vector<MsgType>{MsgType::Alert, MsgType::Update}));
  EXPECT_EQ(tests[0].recipients, std::vector<std::string>{"duty-officer"});
}

TEST(LooseTests, a_rule_of_a_file_that_only_lends_its_names_is_loaded_to_be_tried) {
  const RuleFile rules{"rules.yaml",
                       rule_file("type = coup") + "  - {rule: other, when: type = riot, severity: Minor}\n", 1, true};
  const RuleFile tests{"tests.yaml", "tests:\n  - {rule: r, title: Soldiers seize power, expect: fires}\n", 2};
  const auto loaded = load_rules({rules, tests}, small_world());
  EXPECT_FALSE(loaded.findings.has_errors());
  ASSERT_EQ(loaded.rules.all().size(), 1u);
  EXPECT_EQ(loaded.rules.tests().size(), 1u);
}

TEST(LooseTests, what_is_wrong_in_them_is_found_and_they_alone_are_left_out) {
  const RuleFile rules{"rules.yaml", rule_file("type = coup"), 1};
  const RuleFile tests{"tests.yaml", R"(tests:
  - {rule: rr, title: a, expect: fires}
  - {title: a, expect: fires}
  - {rule: r, title: a, expect: fires, messages: [Alarm]}
  - {rule: r, title: a, expect: fires, recipients: [boss]}
  - {rule: r, title: a, expect: fires}
)",
                       1};
  const auto loaded = load_rules({rules, tests}, small_world());
  EXPECT_EQ(errors_of(loaded.findings), (std::vector<std::string>{"tests.yaml:2:12 R020", "tests.yaml:3:5 R002",
                                                                  "tests.yaml:4:51 R004", "tests.yaml:5:53 R019"}));
  ASSERT_EQ(loaded.rules.all().size(), 1u);
  EXPECT_TRUE(loaded.rules.tests().empty());
}

}  // namespace
}  // namespace tocsin
