#include "understand/by_point.hpp"

#include <gtest/gtest.h>

#include "understand/understander.hpp"

namespace tocsin {
namespace {

const Understander& understander() {
  static const auto opened = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image");
  return *opened;
}

Understanding read(const std::string& title, const std::string& text, LatLon point, bool by_people = false) {
  Item item;
  item.language = "en";
  item.title = title;
  item.text = text;
  item.published = parse_rfc3339("2024-09-18T09:00:00Z");
  item.points = {point};
  Origin origin;
  origin.by_people = by_people;
  return understander().understand(item, origin);
}

constexpr LatLon kNearGao{16.30, -0.10};  // 8 km from the town
constexpr LatLon kParis{48.86, 2.35};

TEST(ByPoint, an_earthquake_without_a_town_stands_where_its_point_is) {
  const auto u = read("Magnitude 6.1 earthquake", "A strong earthquake killed 12 people.", kNearGao);
  ASSERT_FALSE(u.reports.empty());
  EXPECT_EQ(u.place.name, "Gao");
  EXPECT_EQ(u.place.country, "ML");
  EXPECT_EQ(u.place.precision, Precision::exact);
  EXPECT_EQ(u.place.at, kNearGao);
}

TEST(ByPoint, a_quake_far_from_the_capital_is_not_in_it) {
  const auto u = read("Earthquake in Mali", "An earthquake was felt.", {12.95, -8.0});  // 35 km north of Bamako
  ASSERT_FALSE(u.reports.empty());
  EXPECT_FALSE(u.place.is_capital);
  EXPECT_EQ(u.place.country, "ML");
}

TEST(ByPoint, what_an_instrument_measured_is_where_its_point_is_whatever_the_words_seem_to_name) {
  const auto at_sea = read("Green earthquake alert in South Sandwich Islands Region", "", {-56.0, -27.0});
  ASSERT_FALSE(at_sea.reports.empty());
  EXPECT_EQ(at_sea.place.country, "");
  EXPECT_EQ(at_sea.place.at, (LatLon{-56.0, -27.0}));
  const auto misread = read("Strong earthquake near Paris", "", kNearGao);
  EXPECT_EQ(misread.place.country, "ML");
}

TEST(ByPoint, the_report_of_a_person_is_placed_by_its_point_within_the_country_of_its_words) {
  const auto u = read("", "Gunmen killed three soldiers in Mali this morning.", kNearGao, true);
  ASSERT_FALSE(u.reports.empty());
  EXPECT_EQ(u.place.name, "Gao");
  EXPECT_EQ(u.place.at, kNearGao);
  const auto abroad = read("", "Gunmen killed three soldiers in Mali this morning.", kParis, true);
  EXPECT_EQ(abroad.place.precision, Precision::country);
}

TEST(ByPoint, a_town_in_the_words_keeps_its_name_and_gets_the_point_only_when_it_is_near) {
  const auto near = read("", "Gunmen killed three soldiers in Gao this morning.", kNearGao, true);
  EXPECT_EQ(near.place.name, "Gao");
  EXPECT_EQ(near.place.precision, Precision::exact);
  const auto far = read("", "Gunmen killed three soldiers in Gao this morning.", kParis, true);
  EXPECT_EQ(far.place.precision, Precision::place);
}

TEST(ByPoint, the_point_of_a_news_item_proves_nothing) {
  const auto u = read("", "Gunmen killed three soldiers in Mali this morning.", kNearGao);
  EXPECT_EQ(u.place.precision, Precision::country);
}

}  // namespace
}  // namespace tocsin
