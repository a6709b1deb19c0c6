#include "feeds/budget.hpp"

#include <gtest/gtest.h>

#include "feeds/schedule.hpp"

namespace tocsin {
namespace {
constexpr Millis kMidnight = 1726531200000;  // 2024-09-17T00:00:00Z
constexpr Millis kNoon = kMidnight + 12 * kHour;
constexpr std::int64_t kBudget = 80'000;

Feed feed(const char* owner, char reliability, std::vector<std::string> countries) {
  Feed f;
  f.owner = owner;
  f.reliability = reliability;
  f.countries = std::move(countries);
  return f;
}
}  // namespace

TEST(Budget, what_alone_covers_a_country_is_worth_most_and_what_repeats_others_least) {
  const std::vector<Feed> feeds{feed("independent", 'B', {"ML"}),      feed("agency", 'C', {"ML", "NE"}),
                                feed("aggregator", 'C', {"ML", "CO"}), feed("state", 'D', {"CO"}),
                                feed("independent", 'B', {"CO"}),      feed("aggregator", 'E', {"TD"}),
                                feed("independent", 'F', {})};
  EXPECT_EQ(worth_of(feeds, {"ML"}), (std::vector<Worth>{Worth::near, Worth::alone, Worth::spare, Worth::spare,
                                                         Worth::far, Worth::alone, Worth::near}));
  EXPECT_EQ(worth_of(feeds, {}).at(4), Worth::near) << "without assets nothing is far";
}

TEST(Budget, the_day_may_be_an_eighth_ahead_of_the_clock) {
  EXPECT_EQ(strain_of(kBudget, 9'000, kMidnight), Strain::none);
  EXPECT_EQ(strain_of(kBudget, 11'000, kMidnight), Strain::first);
  EXPECT_EQ(strain_of(kBudget, 21'000, kMidnight), Strain::second);
  EXPECT_EQ(strain_of(kBudget, 31'000, kMidnight), Strain::third);
  EXPECT_EQ(strain_of(kBudget, 49'000, kNoon), Strain::none);
  EXPECT_EQ(strain_of(kBudget, 80'000, kNoon), Strain::spent);
  EXPECT_EQ(strain_of(0, 1'000'000'000, kNoon), Strain::none);
}

TEST(Budget, slows_down_in_the_stated_order) {
  const auto slower = [](Worth worth, Strain strain) {
    return stretched(10 * kMinute, worth, strain, kMidnight) > 10 * kMinute;
  };
  EXPECT_FALSE(slower(Worth::spare, Strain::none));
  EXPECT_TRUE(slower(Worth::spare, Strain::first));
  EXPECT_FALSE(slower(Worth::far, Strain::first));
  EXPECT_TRUE(slower(Worth::far, Strain::second));
  EXPECT_FALSE(slower(Worth::near, Strain::second));
  EXPECT_TRUE(slower(Worth::near, Strain::third));
  for (const Strain strain : {Strain::first, Strain::second, Strain::third, Strain::spent})
    EXPECT_FALSE(slower(Worth::alone, strain)) << "what alone covers a country keeps its interval";
}

TEST(Budget, when_all_is_spent_the_others_wait_for_the_next_day) {
  EXPECT_EQ(stretched(kMinute, Worth::near, Strain::spent, kNoon), 12 * kHour);
}

TEST(Budget, a_stretched_wait_has_an_end) {
  EXPECT_EQ(stretched(2 * kHour, Worth::spare, Strain::third, kMidnight), 4 * kPollCeiling);
  EXPECT_EQ(stretched(kDay, Worth::spare, Strain::first, kMidnight), kDay) << "never earlier than without";
  EXPECT_LE(stretched(kHour, Worth::spare, Strain::third, kMidnight + 23 * kHour), 2 * kHour)
      << "a new day, a new budget";
}

TEST(Budget, of_one_feed_lasts_until_the_end_of_the_day) {
  EXPECT_EQ(wait_of_own_budget(0, 5'000, 1'000, kNoon), 0);
  EXPECT_EQ(wait_of_own_budget(20'000, 8'000, 1'000, kNoon), kHour) << "twelve polls in twelve hours";
  EXPECT_EQ(wait_of_own_budget(20'000, 19'500, 1'000, kNoon), 12 * kHour);
  EXPECT_EQ(wait_of_own_budget(20'000, 20'000, 0, kNoon), 12 * kHour) << "a poll that got nowhere costs nothing";
}

TEST(Budget, every_day_in_utc_begins_with_nothing_spent) {
  DayBytes traffic;
  spend(traffic, 100, kNoon);
  spend(traffic, 50, kNoon + kHour);
  EXPECT_EQ(spent_today(traffic, kNoon + 2 * kHour), 150);
  EXPECT_EQ(spent_today(traffic, kNoon + 12 * kHour), 0);
  spend(traffic, 7, kNoon + 13 * kHour);
  EXPECT_EQ(spent_today(traffic, kNoon + 13 * kHour), 7);
}

}  // namespace tocsin
