#include "base/zone.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

TEST(Zones, niamey_is_one_hour_ahead_of_utc_and_bamako_is_not) {
  const Millis at = *parse_rfc3339("2024-09-17T23:30:00Z");
  EXPECT_EQ(rfc3339(local_time(at, "Africa/Niamey")), "2024-09-18T00:30:00Z");
  EXPECT_EQ(local_time(at, "Africa/Bamako"), at);
}

TEST(Zones, summer_time_counts) {
  EXPECT_EQ(civil(local_time(*parse_rfc3339("2024-07-01T12:00:00Z"), "Europe/Paris")).hour, 14);
  EXPECT_EQ(civil(local_time(*parse_rfc3339("2024-01-01T12:00:00Z"), "Europe/Paris")).hour, 13);
}

TEST(Zones, an_unknown_zone_is_utc) {
  EXPECT_EQ(local_time(1234, "Mars/Olympus"), 1234);
}

}  // namespace
}  // namespace tocsin
