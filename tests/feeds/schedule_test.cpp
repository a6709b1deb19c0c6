#include "feeds/schedule.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {
constexpr Millis kNow = 1726567200000;  // 2024-09-17T10:00:00Z, a Tuesday
constexpr Millis kFive = 5 * kMinute;

PollOutcome good(std::size_t new_items = 0) {
  return {200, true, new_items, {}, {}};
}
Millis wait(const PollPast& past, const PollOutcome& outcome, double random = 0.5) {
  return plan_next_poll(kFive, past, outcome, kNow, random).next_poll - kNow;
}
}  // namespace

TEST(Schedule, takes_the_longest_of_wish_ttl_and_cache_up_to_the_ceiling) {
  EXPECT_EQ(wait({}, good()), kFive);
  auto o = good();
  o.ttl = 15 * kMinute;
  EXPECT_EQ(wait({}, o, 0), 15 * kMinute);
  o.headers.emplace("cache-control", "public, max-age=1800");
  EXPECT_EQ(wait({}, o, 0), 30 * kMinute);
  o.ttl = 24 * kHour;
  EXPECT_EQ(wait({}, o, 0), kPollCeiling);
}

TEST(Schedule, an_admin_may_wish_for_less_than_the_ceiling_allows) {
  EXPECT_EQ(plan_next_poll(kDay, {}, good(), kNow, 0.5).next_poll - kNow, kDay);
}

TEST(Schedule, an_admin_may_ask_a_server_of_his_own_every_second) {
  const PollPlan plan = plan_next_poll(kSecond, {0, 0}, {200, true, 0, {}, {}}, 0, 0.5);
  EXPECT_EQ(plan.next_poll, kSecond);
}

TEST(Schedule, is_faster_after_news_and_slower_when_quiet_but_never_off) {
  EXPECT_LT(wait({}, good(3)), kFive);
  EXPECT_GT(wait({0, kNow - 5 * kHour}, good()), kFive);
  EXPECT_LE(wait({0, kNow - 100 * kDay}, good()), kPollCeiling);
}

TEST(Schedule, jitter_is_a_tenth_either_way) {
  EXPECT_EQ(wait({}, good(), 0.0), kFive * 9 / 10);
  EXPECT_LT(wait({}, good(), 0.999), kFive * 11 / 10);
}

TEST(Schedule, jitter_never_comes_before_what_the_publisher_wished) {
  auto o = good(5);
  o.ttl = 10 * kMinute;
  for (const double random : {0.0, 0.3, 0.999}) {
    EXPECT_GE(wait({}, o, random), 10 * kMinute);
    EXPECT_LE(wait({}, o, random), 11 * kMinute);
  }
}

TEST(Schedule, jitter_stays_between_floor_and_ceiling) {
  const auto minute = [](std::size_t news, double random) {
    return plan_next_poll(kMinute, {}, good(news), kNow, random).next_poll - kNow;
  };
  EXPECT_EQ(minute(9, 0), kPollFloor);
  auto o = good();
  o.ttl = kDay;
  EXPECT_EQ(wait({}, o, 0.999), kPollCeiling);
}

TEST(Schedule, leaves_out_the_hours_and_days_that_the_publisher_names) {
  auto o = good();
  o.skip.hours = 1U << 10 | 1U << 11;  // it is 10:00 on a Tuesday
  EXPECT_EQ(wait({}, o), 2 * kHour);
  o.skip = {0, 1U << 1};
  EXPECT_EQ(wait({}, o), kPollCeiling) << "a day of silence is too long for an alarm";
  o.skip = {1U << 3, 1U << 5};
  EXPECT_EQ(wait({}, o), kFive);
}

TEST(Schedule, a_publisher_that_leaves_out_every_hour_is_still_asked) {
  EXPECT_EQ(outside({0xffffff, 0x7f}, kNow, kNow + kHour), kNow + kHour);
  EXPECT_EQ(outside({0xffffff, 0}, kNow, kNow - kHour), kNow - kHour);
}

TEST(Schedule, not_modified_is_a_success) {
  const auto plan = plan_next_poll(kFive, {4, 0}, {304, false, 0, {}, {}}, kNow, 0.5);
  EXPECT_EQ(plan.failures, 0);
  EXPECT_EQ(plan.next_poll, kNow + kFive);
}

TEST(Schedule, backs_off_twice_as_long_each_time_and_never_stops) {
  Millis before = 0;
  for (int failures = 0; failures < 4; ++failures) {
    const Millis w = wait({failures, 0}, {404, false, 0, {}, {}}, 0.99);
    EXPECT_GT(w, before);
    before = w;
  }
  EXPECT_LE(wait({100, 0}, {500, false, 0, {}, {}}), kPollCeiling);
  EXPECT_LE(wait({100, 0}, {0, false, 0, {}, {}}), kNetworkCeiling) << "a network that comes back is noticed soon";
}

TEST(Schedule, a_page_where_a_feed_should_be_is_a_failure) {
  EXPECT_EQ(plan_next_poll(kFive, {}, {200, false, 0, {}, {}}, kNow, 0.5).failures, 1);
}

TEST(Schedule, honours_retry_after_in_both_forms) {
  PollOutcome o{429, false, 0, {{"retry-after", "7200"}}, {}};
  EXPECT_EQ(wait({}, o, 0), 2 * kHour);
  o.headers = {{"retry-after", "Tue, 17 Sep 2024 13:00:00 GMT"}};
  EXPECT_EQ(wait({}, o, 0), 3 * kHour);
  o.headers = {{"retry-after", "99999999999999999999"}};
  EXPECT_EQ(wait({}, o, 0), kRetryCeiling);
  o.headers = {{"retry-after", "soon"}};
  EXPECT_GE(wait({}, o), kHour);
}

TEST(Schedule, a_busy_server_that_names_no_time_has_an_hour_at_least) {
  for (const int status : {429, 503})
    for (const double random : {0.0, 0.5, 0.999}) {
      EXPECT_GE(wait({}, {status, false, 0, {}, {}}, random), kHour) << status;
      EXPECT_LE(wait({}, {status, false, 0, {}, {}}, random), kHour * 11 / 10) << status;
    }
}

TEST(Schedule, feeds_of_a_blind_country_are_asked_within_ten_minutes_but_where_a_server_named_a_time) {
  const PollPast blind{100, 0, true};
  for (const int status : {404, 500, 503, 0, 200})
    EXPECT_LE(wait(blind, {status, false, 0, {}, {}}, 0.999), kBlindCeiling) << status;
  EXPECT_GE(wait(blind, {404, false, 0, {}, {}}, 0), kBlindCeiling / 2);
  EXPECT_GE(wait(blind, {503, false, 0, {{"retry-after", "7200"}}, {}}, 0), 2 * kHour);
  EXPECT_GE(wait(blind, {429, false, 0, {}, {}}, 0), kHour);
  EXPECT_GE(plan_next_poll(kHour, blind, {404, false, 0, {}, {}}, kNow, 0).next_poll - kNow, kHour / 2)
      << "never more often than the admin wished";
}

TEST(Schedule, is_never_asked_before_the_time_that_a_server_named) {
  for (const double random : {0.0, 0.5, 0.999})
    EXPECT_GE(wait({}, {503, false, 0, {{"retry-after", "1800"}}, {}}, random), 30 * kMinute);
}

TEST(Schedule, gone_is_gone_until_the_admin_acts) {
  EXPECT_TRUE(plan_next_poll(kFive, {}, {410, false, 0, {}, {}}, kNow, 0.5).gone);
  EXPECT_FALSE(plan_next_poll(kFive, {50, 0}, {404, false, 0, {}, {}}, kNow, 0.5).gone);
}

TEST(Schedule, expires_counts_from_the_servers_own_clock) {
  EXPECT_EQ(
      cache_lifetime({{"expires", "Tue, 17 Sep 2024 09:10:00 GMT"}, {"date", "Tue, 17 Sep 2024 09:00:00 GMT"}}, kNow),
      10 * kMinute);
  EXPECT_FALSE(cache_lifetime({{"expires", "0"}}, kNow));
  EXPECT_FALSE(cache_lifetime({{"cache-control", "no-cache, max-age=600"}}, kNow));
}

TEST(Schedule, sends_validators_back_byte_for_byte) {
  const auto headers = conditional_headers("W/\"a\"", "Tue, 17 Sep 2024 09:00:00 GMT");
  ASSERT_EQ(headers.size(), 2u);
  EXPECT_EQ(headers[0].second, "W/\"a\"");
  EXPECT_TRUE(conditional_headers("", "").empty());
}

TEST(Schedule, the_first_polls_are_spread_over_a_minute) {
  EXPECT_EQ(first_poll(kFive, kNow, 0), kNow);
  EXPECT_LT(first_poll(kFive, kNow, 0.999), kNow + kMinute);
}

}  // namespace tocsin
