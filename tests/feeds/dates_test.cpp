#include "feeds/dates.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {
std::string read(std::string_view text) {
  const auto at = parse_date(text);
  return at ? rfc3339(*at) : "none";
}
}  // namespace

TEST(Dates, rfc822_with_every_usual_slip) {
  EXPECT_EQ(read("Tue, 17 Sep 2024 05:10:00 GMT"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("Fri, 17 Sep 2024 05:10:00 +0000"), "2024-09-17T05:10:00Z") << "wrong weekday";
  EXPECT_EQ(read("17 September 2024 05:10 EST"), "2024-09-17T10:10:00Z") << "no weekday, no seconds, named zone";
  EXPECT_EQ(read("Tue,17  Sept. 2024 07:10:00 CEST"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("Tue, 3 Sep 2024 05:10 -0130"), "2024-09-03T06:40:00Z") << "without seconds";
  EXPECT_EQ(read("Tue, 31 Jun 2024 05:10:00 GMT"), "none");
  EXPECT_EQ(read("Tue, 17 epO 2024 05:10:00 GMT"), "none");
  EXPECT_EQ(read("Tue, 17th Sep 2024 05:10:00 Z"), "2024-09-17T05:10:00Z");
}

TEST(Dates, a_two_digit_year_is_of_this_century_up_to_68) {
  EXPECT_EQ(read("Tue, 17 Sep 24 05:10:00 GMT"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("17 Sep 99"), "1999-09-17T00:00:00Z");
}

TEST(Dates, w3c_dates_in_full_and_in_part) {
  EXPECT_EQ(read("2024-09-17T07:10:00+02:00"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("2024-09-17T05:10Z"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("2024-09-17 05:10:00"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("2024-09-17 07:10:00 +0200"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("2024-09"), "2024-09-01T00:00:00Z");
  EXPECT_EQ(read("2024"), "2024-01-01T00:00:00Z");
  EXPECT_EQ(read("2024-261"), "2024-09-17T00:00:00Z");
}

TEST(Dates, numbers_alone_are_epochs_or_compact_dates) {
  EXPECT_EQ(read("1726549800"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("1726549800123"), "2024-09-17T05:10:00.123Z");
  EXPECT_EQ(read("20240917"), "2024-09-17T00:00:00Z");
  EXPECT_EQ(read("20240917T051000Z"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("20240917051000"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("12345"), "none");
}

TEST(Dates, dots_put_the_day_first_and_slashes_the_month_where_it_can_be_one) {
  EXPECT_EQ(read("17.09.2024 05:10:00"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("07.02.2025"), "2025-02-07T00:00:00Z");
  EXPECT_EQ(read("09/17/2024 5:10 am"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("17/09/2024"), "2024-09-17T00:00:00Z");
  EXPECT_EQ(read("2020/1/10 14:33:00"), "2020-01-10T14:33:00Z");
}

TEST(Dates, month_names_of_many_languages) {
  EXPECT_EQ(read("mar., 17 sept. 2024 05:10:00 +0000"), "2024-09-17T05:10:00Z") << "mardi is no month of March";
  EXPECT_EQ(read("17 août 2024 à 05h10"), "2024-08-17T05:10:00Z");
  EXPECT_EQ(read("Τρί, 17 Σεπ 2024 05:10:00 +0000"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("17 сентября 2024, 05:10"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("2024. 9. 17"), "2024-09-17T00:00:00Z");
  EXPECT_EQ(read("2024년 9월 17일 05:10"), "2024-09-17T05:10:00Z");
  EXPECT_EQ(read("17 سبتمبر 2024"), "2024-09-17T00:00:00Z");
  EXPECT_EQ(read("17 de septiembre de 2024"), "2024-09-17T00:00:00Z");
}

TEST(Dates, iana_zones_know_their_summer) {
  EXPECT_EQ(read("Fri, 31 Mar 2023 20:19:00 America/Los_Angeles"), "2023-04-01T03:19:00Z");
  EXPECT_EQ(read("Thu, 25 Feb 2016 00:00:00 Europe/Brussels"), "2016-02-24T23:00:00Z");
  EXPECT_EQ(read("Tue, 17 Sep 2024 05:10:00 Africa/Bamako"), "2024-09-17T05:10:00Z");
}

TEST(Dates, an_offset_that_no_place_has_counts_as_none) {
  EXPECT_EQ(read("Tue, 17 Sep 2024 05:10:00 +3000"), "2024-09-17T05:10:00Z");
}

TEST(Dates, what_is_no_date_gives_none) {
  for (const char* bad :
       {"", "   ", "yesterday", "Sun, 16 zzz 2012 11:47:32 GMT", "Sun, 16 Dec zz 11:47:32 GMT", "99 Jun 2009",
        "2024-09-17T05:10:61Z", "2024-02-30", "2013-01-27-01", "16 Dec 2012 11:47:32 +zz:00", "1/2", "00/00/0000",
        "0000-00-00 00:00:00", "-", "+", ":", "2024-09-17T05:10:00ZTextra", "(((((("})
    EXPECT_EQ(read(bad), "none") << bad;
}

TEST(Dates, any_bytes_are_safe) {
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text = std::to_string(i * 7919);
    for (int k = 0; k < 6; ++k) text += static_cast<char>((i * 31 + k * 97) % 256);
    parse_date(text);
  }
}

}  // namespace tocsin
