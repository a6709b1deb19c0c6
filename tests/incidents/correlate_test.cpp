#include "incidents/correlate.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "incidents/ledger.hpp"
#include "incidents/similarity.hpp"

namespace tocsin {
namespace {

constexpr LatLon kBamako{12.65, -8.0}, kSenou{12.53, -7.95}, kGao{16.27, -0.04};

Place bamako() {
  Place p;
  p.name = p.city = "Bamako";
  p.country = "ML";
  p.at = kBamako;
  p.precision = Precision::place;
  p.kind = PlaceKind::capital;
  p.is_capital = p.is_admin_capital = p.is_city = true;
  return p;
}

Place somewhere_in_mali() {
  Place p;
  p.name = "Mali";
  p.country = "ML";
  return p;
}

Place gao() {
  Place p = bamako();
  p.name = p.city = "Gao";
  p.at = kGao;
  p.is_capital = false;
  return p;
}

Millis at(const char* when) {
  return *parse_rfc3339(when);
}

Report attack(Place place) {
  Report r;
  r.type = EventType::attack;
  r.place = std::move(place);
  r.confidence = 0.9;
  return r;
}

struct Source {
  const char* feed;
  const char* publisher;
  char reliability;
};
constexpr Source kRadio{"radio", "radio-fr", 'B'}, kWire{"wire", "wire-en", 'A'}, kSite{"site", "local-site", 'D'};

Telling told(Source source, const char* id, const char* when,
             const char* title = "Gunmen attack in Bamako this morning") {
  Feed feed;
  feed.id = source.feed;
  feed.publisher = source.publisher;
  feed.reliability = source.reliability;
  Item item;
  item.id = id;
  item.title = title;
  item.published = at(when);
  return telling_of(item, feed, at(when));
}

/// Plays reports one after the other, as the pipeline does.
class World {
 public:
  Correlation hears(const Report& report, Telling telling) {
    const Millis now = telling.received;
    Correlation c = correlate(report, std::move(telling), incidents, now);
    std::erase_if(incidents, [&](const Incident& i) { return i.id == c.incident.id; });
    incidents.push_back(c.incident);
    return c;
  }
  std::vector<Incident> incidents;
};

Count exactly(std::int64_t n) {
  return {n, n, Qualifier::exact, ""};
}
Count at_least(std::int64_t n) {
  return {n, std::nullopt, Qualifier::at_least, ""};
}

TEST(Correlate, two_publishers_of_one_attack_make_one_incident) {
  World world;
  world.hears(attack(bamako()), told(kRadio, "1", "2024-09-17T05:10:00Z", "Tirs nourris a Bamako pres de l'ecole"));
  const auto second =
      world.hears(attack(bamako()), told(kWire, "2", "2024-09-17T05:40:00Z", "Gunfire heard in the Malian capital"));
  EXPECT_FALSE(second.is_new);
  EXPECT_EQ(world.incidents.size(), 1u);
  EXPECT_EQ(second.incident.publishers, 2);
  EXPECT_EQ(second.incident.credibility, 1);
}

TEST(Correlate, an_attack_on_a_city_and_on_its_airport_in_the_same_hours_is_one_incident_with_two_targets) {
  World world;
  Report school = attack(bamako());
  school.targets = {{TargetClass::gendarmerie, "gendarmerie school"}};
  world.hears(school, told(kRadio, "1", "2024-09-17T05:10:00Z"));
  Report airport = attack(bamako());
  airport.targets = {{TargetClass::airport, "airport"}};
  airport.place.at = kSenou;
  const auto second = world.hears(airport, told(kWire, "2", "2024-09-17T06:20:00Z", "Explosions at Bamako airport"));
  EXPECT_FALSE(second.is_new);
  EXPECT_EQ(second.incident.targets.size(), 2u);
  EXPECT_NE(std::find(second.changes.begin(), second.changes.end(), "target + airport"), second.changes.end());
}

TEST(Correlate, an_attack_and_the_flights_that_one_item_says_are_suspended_are_one_incident) {
  World world;
  world.hears(attack(bamako()), told(kRadio, "1", "2024-09-17T06:20:00Z"));
  Report closed = attack(bamako());
  closed.type = EventType::airspace_closure;
  const auto c = world.hears(closed, told(kRadio, "1", "2024-09-17T06:20:00Z"));
  EXPECT_FALSE(c.is_new);
  EXPECT_EQ(c.incident.types, (std::vector{EventType::attack, EventType::airspace_closure}));
  EXPECT_EQ(c.incident.type, EventType::attack);
}

TEST(Correlate, the_airport_of_a_known_town_is_a_target_and_no_new_place) {
  World world;
  world.hears(attack(bamako()), told(kRadio, "1", "2024-09-17T05:10:00Z"));
  Report airport = attack(bamako());
  airport.place.name = "Modibo Keita International Airport";
  airport.place.precision = Precision::exact;
  airport.place.is_airport = true;
  const auto c = world.hears(airport, told(kWire, "2", "2024-09-17T06:20:00Z", "Explosions at the airport"));
  EXPECT_EQ(c.incident.place.name, "Bamako");
  EXPECT_TRUE(c.incident.place.is_airport);
}

TEST(Correlate, another_town_or_another_week_is_another_incident) {
  World world;
  world.hears(attack(bamako()), told(kRadio, "1", "2024-09-17T05:10:00Z"));
  EXPECT_TRUE(world.hears(attack(gao()), told(kWire, "2", "2024-09-17T05:40:00Z", "Convoy ambushed")).is_new);
  EXPECT_TRUE(world.hears(attack(bamako()), told(kWire, "3", "2024-09-27T05:40:00Z", "Shots at a checkpoint")).is_new);
}

TEST(Correlate, a_shooting_at_a_market_and_a_bombed_patrol_are_two_deeds_of_one_day) {
  World world;
  Report market = attack(bamako());
  market.targets = {{TargetClass::market, "market"}};
  world.hears(market, told(kRadio, "1", "2024-09-17T08:00:00Z", "Tirs au marche, cinq morts"));
  Report patrol = attack(bamako());
  patrol.type = EventType::bombing;
  patrol.targets = {{TargetClass::military, "patrol"}};
  EXPECT_TRUE(world.hears(patrol, told(kWire, "2", "2024-09-17T17:00:00Z", "Roadside bomb hits army patrol")).is_new);
}

TEST(Correlate, the_next_day_needs_more_than_place_and_kind) {
  World world;
  Report tuesday = attack(bamako());
  tuesday.event_time = {at("2024-09-17T00:00:00Z"), at("2024-09-18T00:00:00Z"), TimePrecision::day};
  world.hears(tuesday, told(kRadio, "1", "2024-09-17T08:00:00Z", "Enlevement d'un travailleur humanitaire"));
  Report wednesday = attack(bamako());
  wednesday.event_time = {at("2024-09-18T00:00:00Z"), at("2024-09-19T00:00:00Z"), TimePrecision::day};
  EXPECT_TRUE(world.hears(wednesday, told(kWire, "2", "2024-09-18T08:00:00Z", "French engineer seized")).is_new);
}

TEST(Correlate, a_report_and_a_denial_in_one_item_both_count) {
  World world;
  const Telling item = told(kWire, "1", "2024-09-17T08:00:00Z", "Mayor reports attack, army denies it");
  world.hears(attack(bamako()), item);
  Report denial = attack(bamako());
  denial.modality = Modality::denied;
  EXPECT_TRUE(world.hears(denial, item).incident.contested);
}

TEST(Correlate, another_witness_is_heard_even_when_nothing_changes) {
  World world;
  world.hears(attack(bamako()), told(kWire, "1", "2024-09-17T05:10:00Z"));
  world.hears(attack(bamako()), told(kRadio, "2", "2024-09-17T05:40:00Z", "Tirs dans la capitale"));
  const auto third =
      world.hears(attack(bamako()), told(kSite, "3", "2024-09-17T06:40:00Z", "What we know of the shooting"));
  EXPECT_TRUE(third.heard);
  EXPECT_EQ(third.incident.publishers, 3);
}

TEST(Correlate, the_same_item_again_is_no_news) {
  World world;
  world.hears(attack(bamako()), told(kRadio, "1", "2024-09-17T05:10:00Z"));
  const auto again = world.hears(attack(bamako()), told(kRadio, "1", "2024-09-17T05:20:00Z"));
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.incident.tellings.size(), 1u);
}

TEST(Correlate, an_edited_toll_is_a_revision) {
  World world;
  Report r = attack(bamako());
  r.killed = exactly(2);
  world.hears(r, told(kWire, "1", "2024-09-17T05:10:00Z", "Two killed in Bamako"));
  r.killed = exactly(7);
  const auto edit = world.hears(r, told(kWire, "1", "2024-09-17T06:10:00Z", "Seven killed in Bamako"));
  EXPECT_TRUE(edit.changed);
  EXPECT_EQ(edit.incident.killed.best, 7);
  EXPECT_EQ(edit.incident.tellings.size(), 1u);
  EXPECT_EQ(edit.changes, std::vector<std::string>{"killed 2 > 7"});
}

TEST(Correlate, a_reprint_counts_as_the_publisher_whose_words_it_repeats) {
  World world;
  const char* words =
      "Gunmen attacked a police school in the capital of Mali before dawn, residents and officials said";
  world.hears(attack(bamako()), told(kWire, "1", "2024-09-17T05:40:00Z", words));
  const auto reprint = world.hears(attack(bamako()), told(kSite, "2", "2024-09-17T07:30:00Z", words));
  EXPECT_FALSE(reprint.is_new);
  EXPECT_EQ(reprint.incident.publishers, 1);
}

TEST(Correlate, a_denial_contests_the_incident) {
  World world;
  world.hears(attack(bamako()), told(kWire, "1", "2024-09-17T05:40:00Z"));
  Report denial = attack(bamako());
  denial.modality = Modality::denied;
  const auto c = world.hears(denial, told(kSite, "2", "2024-09-17T08:00:00Z", "Army denies that there was any attack"));
  EXPECT_FALSE(c.is_new);
  EXPECT_TRUE(c.incident.contested);
  EXPECT_EQ(c.incident.modality, Modality::reported);
}

TEST(Correlate, a_publisher_takes_back_what_it_alone_told) {
  World world;
  world.hears(attack(bamako()), told(kWire, "1", "2024-09-17T05:40:00Z"));
  Report back = attack(bamako());
  back.modality = Modality::denied;
  back.says_retracted = true;
  const auto c = world.hears(back, told(kWire, "2", "2024-09-17T08:00:00Z", "Wire withdraws its report of an attack"));
  EXPECT_EQ(c.incident.status, IncidentStatus::retracted);
}

TEST(Correlate, what_others_saw_one_publisher_cannot_take_back) {
  World world;
  world.hears(attack(bamako()), told(kWire, "1", "2024-09-17T05:40:00Z"));
  world.hears(attack(bamako()), told(kRadio, "2", "2024-09-17T06:40:00Z", "Tirs entendus au sud de la capitale"));
  Report back = attack(bamako());
  back.modality = Modality::denied;
  back.says_retracted = true;
  const auto c = world.hears(back, told(kWire, "3", "2024-09-17T08:00:00Z", "Wire withdraws its report of an attack"));
  EXPECT_EQ(c.incident.status, IncidentStatus::developing);
  EXPECT_TRUE(c.incident.contested);
}

TEST(Correlate, a_claim_names_the_unknown_gunmen) {
  World world;
  Report r = attack(bamako());
  r.actors = {{"unknown_armed_men", "gunmen", ActorGroup::unknown, ActorRole::perpetrator}};
  world.hears(r, told(kWire, "1", "2024-09-17T05:40:00Z"));
  Report claim = attack(bamako());
  claim.actors = {{"jnim", "JNIM", ActorGroup::jihadist, ActorRole::claims},
                  {"unknown_jihadist", "jihadist", ActorGroup::jihadist, ActorRole::claims}};
  const auto c = world.hears(claim, told(kRadio, "2", "2024-09-17T09:00:00Z", "Le JNIM revendique"));
  ASSERT_EQ(c.incident.actors.size(), 1u);
  EXPECT_EQ(c.incident.actors[0].id, "jnim");
}

TEST(Correlate, a_country_without_a_town_joins_the_incident_of_the_same_hours_and_kind) {
  World world;
  world.hears(attack(bamako()), told(kRadio, "1", "2024-09-17T05:10:00Z"));
  const auto c =
      world.hears(attack(somewhere_in_mali()), told(kWire, "2", "2024-09-17T06:00:00Z", "Attack under way in Mali"));
  EXPECT_FALSE(c.is_new);
  EXPECT_EQ(c.incident.place.name, "Bamako");
}

TEST(Correlate, an_end_of_the_fighting_ends_the_incident) {
  World world;
  world.hears(attack(bamako()), told(kRadio, "1", "2024-09-17T05:10:00Z"));
  Report over = attack(bamako());
  over.says_ended = true;
  const auto c = world.hears(over, told(kWire, "2", "2024-09-17T14:00:00Z", "Army: situation under control"));
  EXPECT_EQ(c.incident.status, IncidentStatus::ended);
}

Telling counted(Source source, const char* when, Count killed) {
  Telling t = told(source, when, when);
  t.origin = source.publisher;
  t.killed = killed;
  return t;
}

TEST(Ledger, a_rising_toll_takes_over) {
  const Toll t = present_toll(
      {counted(kWire, "2024-09-17T05:00:00Z", exactly(20)), counted(kRadio, "2024-09-20T05:00:00Z", at_least(77))},
      &Telling::killed);
  EXPECT_EQ(t.min, 77);
  EXPECT_EQ(t.best, 77);
  EXPECT_EQ(toll_text(t), "77+");
}

TEST(Ledger, a_late_reprint_of_an_early_number_is_no_correction) {
  const Toll t = present_toll(
      {counted(kWire, "2024-09-17T05:00:00Z", exactly(77)), counted(kSite, "2024-09-20T05:00:00Z", exactly(20))},
      &Telling::killed);
  EXPECT_EQ(t.best, 77);
}

TEST(Ledger, a_source_that_corrects_itself_lowers_the_toll) {
  const Toll t = present_toll(
      {counted(kWire, "2024-09-17T05:00:00Z", exactly(77)), counted(kWire, "2024-09-17T09:00:00Z", exactly(20))},
      &Telling::killed);
  EXPECT_EQ(t.min, 20);
  EXPECT_EQ(t.max, 77);
}

TEST(Ledger, two_other_origins_that_agree_on_less_lower_the_toll) {
  const Toll t = present_toll(
      {counted(kWire, "2024-09-17T05:00:00Z", exactly(77)), counted(kRadio, "2024-09-17T08:00:00Z", exactly(20)),
       counted(kSite, "2024-09-17T09:00:00Z", exactly(21))},
      &Telling::killed);
  EXPECT_EQ(t.best, 21);
}

TEST(Ledger, a_wild_claim_of_a_bad_source_is_a_maximum_only) {
  const Toll t = present_toll(
      {counted(kWire, "2024-09-17T05:00:00Z", exactly(5)), counted(kSite, "2024-09-17T06:00:00Z", exactly(500))},
      &Telling::killed);
  EXPECT_EQ(t.best, 5);
  EXPECT_EQ(t.max, 500);
}

TEST(Ledger, ten_times_as_many_at_once_needs_a_second_origin) {
  std::vector<Telling> tellings{counted(kWire, "2024-09-17T05:00:00Z", exactly(12)),
                                counted(kRadio, "2024-09-17T06:00:00Z", at_least(4000))};
  EXPECT_EQ(present_toll(tellings, &Telling::killed).best, 12);
  tellings.push_back(counted(kSite, "2024-09-17T07:00:00Z", at_least(4000)));
  tellings.back().reliability = 'A';
  EXPECT_EQ(present_toll(tellings, &Telling::killed).best, 4000);
}

TEST(Ledger, nobody_counted_means_unknown_and_never_zero) {
  const Toll t = present_toll({counted(kWire, "2024-09-17T05:00:00Z", {})}, &Telling::killed);
  EXPECT_FALSE(t.min || t.best || t.max);
  EXPECT_EQ(toll_band(t), -1);
}

TEST(Ledger, bands_rise_with_the_number) {
  int last = -1;
  for (std::int64_t n : {0, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2000, 1000000}) {
    Toll t;
    t.best = n;
    EXPECT_GT(toll_band(t), last) << n;
    last = toll_band(t);
  }
}

TEST(Similarity, a_new_headline_over_the_same_words_is_a_reprint) {
  const char* body =
      "Gunmen attacked a training school for gendarmes in the south of the capital before dawn on Tuesday and shots "
      "were heard for several hours, according to residents reached by telephone.";
  EXPECT_GT(resemblance(word_sketch("Attack in Mali", body), word_sketch("Mali capital wakes to gunfire", body)), 0.5);
  EXPECT_LT(
      resemblance(word_sketch("Attack in Mali", body),
                  word_sketch("Floods in Niger",
                              "Rain has swollen the river and dozens of homes are gone in the north of the country.")),
      0.2);
}

TEST(Similarity, an_agency_signs_its_words) {
  EXPECT_EQ(wire_marker("", "BAMAKO (Reuters) - Shots were heard"), "reuters");
  EXPECT_EQ(wire_marker("", "Des tirs ont été entendus. (AFP)"), "afp");
  EXPECT_EQ(wire_marker("", "He works for a newspaper"), "");
}

}  // namespace
}  // namespace tocsin
