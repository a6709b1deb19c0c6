#include "model/country.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <set>
#include <string_view>

namespace tocsin {
namespace {

TEST(Countries, all_of_iso_3166_1_and_kosovo_are_there) {
  EXPECT_EQ(countries().size(), 250u);
}

TEST(Countries, stand_in_the_order_of_their_codes_so_that_search_finds_every_one) {
  for (const auto& country : countries()) EXPECT_EQ(country_by_alpha2(country.alpha2), &country) << country.alpha2;
}

TEST(Countries, have_codes_of_the_right_length_and_names_in_both_languages) {
  for (const auto& c : countries()) {
    EXPECT_EQ(c.alpha2.size(), 2u);
    EXPECT_EQ(c.alpha3.size(), 3u) << c.alpha2;
    EXPECT_TRUE(c.fips.empty() || c.fips.size() == 2) << c.alpha2;
    EXPECT_FALSE(c.en.empty() || c.fr.empty()) << c.alpha2;
  }
}

TEST(Countries, no_code_is_given_twice) {
  std::set<std::string_view> alpha3, fips;
  for (const auto& c : countries()) {
    EXPECT_TRUE(alpha3.insert(c.alpha3).second) << c.alpha3;
    EXPECT_TRUE(c.fips.empty() || fips.insert(c.fips).second) << c.fips;
  }
}

TEST(Countries, only_two_uninhabited_islands_have_no_time_zone) {
  const auto zoneless =
      std::count_if(countries().begin(), countries().end(), [](const Country& c) { return c.zone.empty(); });
  EXPECT_EQ(zoneless, 2);
  EXPECT_EQ(country_by_alpha2("BV")->zone, "");
  EXPECT_EQ(country_by_alpha2("HM")->zone, "");
}

TEST(Countries, namesakes_stay_apart) {
  EXPECT_EQ(country_by_alpha2("NE")->en, "Niger");
  EXPECT_EQ(country_by_alpha2("NG")->en, "Nigeria");
  EXPECT_EQ(country_by_alpha2("CD")->alpha3, "COD");
  EXPECT_EQ(country_by_alpha2("CG")->alpha3, "COG");
  EXPECT_EQ(country_by_alpha2("NE")->fips, "NG");  // FIPS is not ISO
  EXPECT_EQ(country_by_alpha2("NG")->fips, "NI");
}

TEST(Countries, an_unknown_or_ill_written_code_finds_nothing) {
  for (const auto* code : {"", "M", "ml", "ZZ", "MLI", "\xff\xff"}) EXPECT_EQ(country_by_alpha2(code), nullptr) << code;
}

}  // namespace
}  // namespace tocsin
