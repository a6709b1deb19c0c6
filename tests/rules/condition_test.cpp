#include "rules/condition.hpp"

#include <gtest/gtest.h>

#include <set>

#include "rule_fixture.hpp"

namespace tocsin {
namespace {

std::string findings_text(const Diagnostics& d) {
  std::string out;
  for (const auto& m : messages_of(d)) out += m + "\n";
  return out;
}

/// Whether a rule with this condition fires on the incident.
bool fires(const std::string& when, const Incident& incident, MatchContext context = {kNow, nullptr, {}}) {
  const auto loaded = load(rule_file(when));
  EXPECT_FALSE(loaded.findings.has_errors()) << when << "\n" << findings_text(loaded.findings);
  return loaded.rules.match(incident, context).size() == 1;
}

struct Case {
  const char* field;
  const char* holds;
  const char* fails;
};

// One row a field and operator family: against bamako_attack() the first holds, the second does not.
constexpr Case kCases[] = {
    {"type", "type = attack", "type = coup"},
    {"type", "type is bombing", "type is riot"},
    {"type", "type in armed_violence", "type in [coup, hazard]"},
    {"type", "type != coup", "type != attack"},
    {"country", "country = ML", "country = FR"},
    {"country", "country in [NE, ML]", "country != ML"},
    {"region", "region = ML-BKO", "region = ML-7"},
    {"region", "region = 'bamako'", "region != 'Bamako'"},
    {"place", "place = 'BAMAKO'", "place = 'Gao'"},
    {"place", "place = 'faladie'", "place != 'Bamako'"},
    {"place", "place in ['Gao', 'Bamako']", "place in ['Gao']"},
    {"place", "place is capital", "place is airport"},
    {"target", "target has airport", "target has hotel"},
    {"target", "target in [hotel, gendarmerie]", "target in [hotel, school]"},
    {"actor", "actor has jnim", "actor in [isgs, fama]"},
    {"actor_group", "actor_group has jihadist", "actor_group in [state, rebel]"},
    {"killed", "killed >= 77", "killed > 77"},
    {"killed", "killed = 77", "killed != 77"},
    {"injured", "not injured >= 0", "injured != 3"},
    {"abducted", "not abducted < 5", "abducted < 5"},
    {"publishers", "publishers >= 2", "publishers < 2"},
    {"reports", "reports = 2", "reports > 2"},
    {"reliability", "reliability <= B", "reliability < B"},
    {"reliability", "reliability > A", "reliability = C"},
    {"credibility", "credibility <= 2", "credibility < 2"},
    {"confidence", "confidence > 0.8", "confidence <= 0.5"},
    {"age", "age > 4h", "age < 300m"},
    {"hour", "hour = 5", "hour >= 6"},
    {"hour", "hour in [4, 5]", "hour in [6]"},
    {"weekday", "weekday = tue", "weekday in [sat, sun]"},
    {"contested", "contested = false", "contested = true"},
    {"modality", "modality = reported", "modality != reported"},
    {"language", "language = fr", "language in [es, de]"},
    {"feed", "feed = rfi-afrique", "feed != studio-tamani"},
    {"feed_tag", "feed_tag has mali", "feed_tag in [niger]"},
    {"title", "title contains 'ecole de Gendarmerie'", "title contains 'football'"},
    {"title", "title matches '(?i)gun(fire|men)'", "title matches '^gunfire'"},
    {"text", "text contains 'gunfire'", "text contains 'hostage'"},
    {"within", "within 25km of office-bamako", "within 25km of office-gao"},
    {"within", "within 5km of any office", "within 5km of any warehouse"},
    {"within", "within 5km of OFFICE-BKO", "within 10km of road gao-ansongo"},
    {"inside", "not inside liptako-gourma", "inside liptako-gourma"},
};

TEST(Conditions, every_field_and_operator_says_what_it_means) {
  for (const Case& c : kCases) {
    EXPECT_TRUE(fires(c.holds, bamako_attack())) << c.holds;
    EXPECT_FALSE(fires(c.fails, bamako_attack())) << c.fails;
  }
}

TEST(Conditions, every_row_of_the_registry_has_a_case_and_a_help_text) {
  std::set<std::string_view> covered;
  for (const Case& c : kCases) covered.insert(c.field);
  for (const Field& f : all_fields()) {
    EXPECT_TRUE(covered.count(f.name)) << f.name;
    EXPECT_FALSE(f.help.empty() || f.values.empty() || f.noun.empty()) << f.name;
  }
}

TEST(Conditions, an_unknown_number_satisfies_no_comparison) {
  const Incident i = bamako_attack();
  for (const char* op : {"=", "!=", "<", "<=", ">", ">="})
    EXPECT_FALSE(fires(std::string("injured ") + op + " 3", i)) << op;
}

TEST(Conditions, an_incident_without_a_country_matches_no_country_rule) {
  Incident i = bamako_attack();
  i.place = {};
  EXPECT_FALSE(fires("country = ML", i));
  EXPECT_FALSE(fires("country != FR", i));
  EXPECT_FALSE(fires("place is capital or place = 'Bamako' or within 2000km of any office", i));
}

TEST(Conditions, a_grade_that_cannot_be_judged_is_never_good_enough) {
  Incident i = bamako_attack();
  i.reliability = 'F';
  i.credibility = 6;
  EXPECT_FALSE(fires("reliability <= F or reliability < F or credibility <= 6 or credibility < 6", i));
  EXPECT_TRUE(fires("reliability = F and credibility = 6", i));
}

TEST(Conditions, a_place_known_only_as_an_area_or_country_is_near_nothing) {
  Incident i = bamako_attack();
  i.place.at = LatLon{16.27, -0.04};
  for (const Precision p : {Precision::area, Precision::country}) {
    i.place.precision = p;
    EXPECT_FALSE(fires("within 500km of office-gao or inside liptako-gourma or within 10km of road gao-ansongo", i));
  }
  i.place.precision = Precision::exact;
  EXPECT_TRUE(fires("within 1km of office-gao and inside liptako-gourma and within 10km of road gao-ansongo", i));
}

TEST(Conditions, somewhere_in_bamako_may_be_next_to_every_office_in_bamako) {
  Incident i = bamako_attack();
  i.place.name = "Bamako";
  i.place.at = LatLon{12.65, -8.0};
  i.place.precision = Precision::place;
  EXPECT_TRUE(fires("within 1km of office-bamako", i));
  EXPECT_FALSE(fires("within 25km of office-gao", i));
  i.place.precision = Precision::exact;
  EXPECT_FALSE(fires("within 1km of office-bamako", i));
}

TEST(Conditions, the_hour_is_local_and_of_publication_where_the_event_has_no_clock) {
  Incident i = bamako_attack();
  i.place.country = "NE";  // UTC+1
  EXPECT_TRUE(fires("hour = 6", i));
  i.event_time.precision = TimePrecision::day;
  EXPECT_TRUE(fires("hour = 7", i));
}

TEST(Conditions, age_counts_from_first_publication_where_no_event_time_is_known) {
  Incident i = bamako_attack();
  i.event_time = {};
  EXPECT_TRUE(fires("age >= 4h and age <= 4h", i));
  i.tellings.clear();
  i.opened = kNow - kDay;
  EXPECT_TRUE(fires("age >= 24h", i));
}

TEST(Conditions, what_was_dated_to_a_day_is_no_older_than_the_first_word_of_it_on_that_day) {
  Incident i = bamako_attack();
  i.event_time = {kNow - 10 * kHour, kNow + 14 * kHour, TimePrecision::day};
  EXPECT_TRUE(fires("age >= 4h and age <= 4h", i)) << "told four hours ago, on the day itself";
  i.event_time = {kNow - 34 * kHour, kNow - 10 * kHour, TimePrecision::day};
  EXPECT_TRUE(fires("age >= 10h and age <= 10h", i)) << "told the day after: it ended with its day";
  i.event_time.precision = TimePrecision::unknown;
  EXPECT_TRUE(fires("age >= 4h and age <= 4h", i)) << "dated by a guess";
}

TEST(Conditions, the_items_own_text_is_searched_when_at_hand) {
  MatchContext context{kNow, nullptr, {"Des otages ont été libérés."}};
  EXPECT_TRUE(fires("text contains 'OTAGES ont ete'", bamako_attack(), context));
  EXPECT_FALSE(fires("title contains 'otages'", bamako_attack(), context));
}

TEST(Conditions, the_first_failing_condition_is_named_with_the_value_it_saw) {
  const auto verdict = [](const std::string& when) {
    const auto loaded = load(rule_file(when));
    return loaded.rules.explain(bamako_attack(), {kNow, nullptr, {}}).at(0);
  };
  const auto country = verdict("type in armed_violence and country in [NE, BF] and killed > 100");
  EXPECT_EQ(country.part, "when");
  EXPECT_EQ(country.reason.condition, "country in [NE, BF]");
  EXPECT_EQ(country.reason.saw, "ML");
  EXPECT_EQ(verdict("killed > 100").reason.saw, "77");
  EXPECT_EQ(verdict("injured > 1").reason.saw, "unknown");
  EXPECT_EQ(verdict("reliability = A").reason.saw, "B");
  EXPECT_EQ(verdict("weekday = mon").reason.saw, "tue");
  EXPECT_EQ(verdict("age > 48h").reason.saw, "5h");
  EXPECT_EQ(verdict("within 25km of office-gao").reason.saw.substr(0, 3), "944");
  const auto any = verdict("country = NE or place is airport");
  EXPECT_EQ(any.reason.condition, "country = NE or place is airport");
  EXPECT_EQ(any.reason.saw, "ML; capital, admin_capital, city");
  const auto negation = verdict("not target has airport");
  EXPECT_EQ(negation.reason.condition, "not target has airport");
  EXPECT_EQ(negation.reason.saw, "gendarmerie, airport");
}

TEST(Conditions, a_match_says_why_with_every_value) {
  const auto loaded = load(rule_file("(country = NE or country = ML) and killed >= 10"));
  const auto matches = loaded.rules.match(bamako_attack(), {kNow, nullptr, {}});
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].why, (std::vector<std::string>{"country = ML: ML", "killed >= 10: 77"}));
  ASSERT_TRUE(matches[0].nearest_asset);
  EXPECT_EQ(matches[0].nearest_asset->code, "OFFICE-BKO");
}

Incident somewhere() {
  Incident i = bamako_attack();
  i.place = {};
  return i;
}

TEST(Conditions, what_happened_somewhere_is_in_no_country_and_outside_of_none) {
  EXPECT_FALSE(fires("type = attack and country = ML", somewhere()));
  EXPECT_FALSE(fires("type = attack and not country = FR", somewhere()));
  EXPECT_FALSE(fires("type = attack and not (country = FR or place is capital)", somewhere()));
  EXPECT_FALSE(fires("type = attack and not within 25km of any office", somewhere()));
  EXPECT_TRUE(fires("type = attack", somewhere()));
  EXPECT_TRUE(fires("type = attack and not (country = FR and killed < 5)", somewhere())) << "false at every place";
}

TEST(Conditions, where_the_place_is_known_a_not_is_a_plain_not) {
  Incident in_the_country = bamako_attack();
  in_the_country.place = {};
  in_the_country.place.country = "ML";
  EXPECT_TRUE(fires("not country = FR", in_the_country));
  EXPECT_TRUE(fires("not place is capital", in_the_country));
  EXPECT_FALSE(fires("within 25km of any office", in_the_country)) << "a country is near nothing";
  EXPECT_TRUE(fires("not within 25km of any office", in_the_country));
}

TEST(Conditions, the_rules_that_a_place_would_make_fire_are_held_back) {
  const auto loaded = load(R"(rules:
  - {rule: minor, when: type = attack and country = ML, severity: Minor}
  - {rule: extreme, when: type = attack and place is capital, severity: Extreme}
  - {rule: outside, when: type = attack and not country = FR, severity: Severe}
  - {rule: no-place-asked, when: type = attack, severity: Severe}
  - {rule: other-type, when: type = coup and country = ML, severity: Severe}
  - {rule: excepted, when: type = attack and country = ML, unless: killed > 1, severity: Severe}
  - {rule: off, when: type = attack and country = ML, severity: Severe, enabled: false}
  - {rule: counts-by-country, when: type = attack, count: ">= 2 in 7d by country", severity: Minor}
  - {rule: counts-by-actor, when: type = attack, count: ">= 2 in 7d by actor", severity: Minor}
)");
  ASSERT_FALSE(loaded.findings.has_errors()) << findings_text(loaded.findings);
  const MatchContext context{kNow, nullptr, {}};
  EXPECT_EQ(loaded.rules.held_back(somewhere(), context),
            (std::vector<std::string>{"extreme", "outside", "minor", "counts-by-country"}));
  EXPECT_TRUE(loaded.rules.held_back(bamako_attack(), context).empty());
}

TEST(Conditions, a_not_that_waits_for_a_place_says_that_none_is_known) {
  const auto loaded = load(rule_file("not country = FR"));
  const auto verdict = loaded.rules.explain(somewhere(), {kNow, nullptr, {}}).at(0);
  EXPECT_FALSE(verdict.fires);
  EXPECT_EQ(verdict.reason.condition, "not country = FR");
  EXPECT_EQ(verdict.reason.saw, "unknown");
}

}  // namespace
}  // namespace tocsin
