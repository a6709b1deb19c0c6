#include "feeds/norms.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

constexpr Millis kStart = 1'700'000'000'000;

DocumentShape document(std::vector<Millis> dates) {
  DocumentShape shape;
  shape.format = "rss2.0";
  shape.items = shape.titled = shape.dated = dates.size();
  shape.dates = std::move(dates);
  return shape;
}

/// Items from `start` on, every `gap`.
std::vector<Millis> every(Millis gap, int items, Millis start = kStart) {
  std::vector<Millis> dates;
  for (int i = 0; i < items; ++i) dates.push_back(start + i * gap);
  return dates;
}

TEST(Norms, one_document_with_dates_tells_the_rhythm_of_a_feed) {
  const FeedNorm norm = learned({}, document(every(2 * kHour, 20)), true, kStart + 40 * kHour);
  EXPECT_EQ(norm.gap, 2 * kHour);
  EXPECT_EQ(norm.newest, kStart + 38 * kHour);
  EXPECT_FALSE(is_stale(norm, kStart + 46 * kHour));
  EXPECT_TRUE(is_stale(norm, kStart + 47 * kHour));
}

TEST(Norms, the_nights_of_a_busy_feed_do_not_make_it_stale) {
  FeedNorm norm;
  std::vector<Millis> dates;
  for (int day = 0; day < 20; ++day)  // from six to ten in the evening, an item every hour
    for (int hour = 6; hour <= 22; ++hour) dates.push_back(kStart + day * kDay + hour * kHour);
  for (const Millis at : dates) norm = learned(norm, document({at}), true, at);
  const Millis evening = dates.back();
  EXPECT_FALSE(is_stale(norm, evening + 8 * kHour));
  EXPECT_TRUE(is_stale(norm, evening + 4 * kDay));
}

TEST(Norms, a_weekly_letter_may_be_late) {
  const FeedNorm norm = learned({}, document(every(7 * kDay, 10)), true, kStart + 70 * kDay);
  EXPECT_FALSE(is_stale(norm, norm.newest + 21 * kDay));
  EXPECT_TRUE(is_stale(norm, norm.newest + 29 * kDay));
}

TEST(Norms, one_outage_does_not_become_the_norm) {
  FeedNorm norm = learned({}, document(every(kHour, 30)), true, kStart + 30 * kHour);
  const Millis back = norm.newest + 5 * kDay;
  norm = learned(norm, document({back}), true, back);
  EXPECT_LT(norm.gap, 2 * kHour);
}

TEST(Norms, follow_a_feed_that_slows_down_for_good) {
  FeedNorm norm = learned({}, document(every(kHour, 30)), true, kStart + 30 * kHour);
  for (int day = 0; day < 30; ++day) {
    const Millis at = norm.newest + kDay;
    norm = learned(norm, document({at}), true, at);
  }
  EXPECT_GT(norm.gap, 12 * kHour);
  EXPECT_FALSE(is_stale(norm, norm.newest + 40 * kHour));
}

TEST(Norms, without_dates_the_time_of_arrival_counts) {
  FeedNorm norm = learned({}, document({}), true, kStart);
  EXPECT_EQ(norm.newest, kStart);
  EXPECT_FALSE(stale_after(norm)) << "nothing to go by yet";
  norm = learned(norm, document({}), true, kStart + kHour);
  EXPECT_EQ(stale_after(norm), 4 * kDay) << "of one gap no rhythm can be read";
  norm = learned(norm, document({}), false, kStart + 9 * kHour);
  EXPECT_EQ(norm.newest, kStart + kHour) << "a document without news is none";
}

TEST(Norms, dates_in_the_future_are_no_news_and_all_at_once_is_no_rhythm) {
  ParsedFeed parsed;
  parsed.format = "rss2.0";
  parsed.items.resize(8);
  for (auto& item : parsed.items) item.published = kStart;
  parsed.items.back().published = kStart + 400 * kDay;
  const FeedNorm norm = learned({}, shape_of(parsed, kStart + kHour), true, kStart + kHour);
  EXPECT_EQ(norm.newest, kStart);
  EXPECT_EQ(norm.gap, 0);
}

TEST(Norms, a_shape_that_changes_is_said_in_words) {
  FeedNorm usual;
  for (int i = 0; i < 5; ++i) usual = learned(usual, document(every(kHour, 20)), true, kStart + 20 * kHour);
  EXPECT_EQ(usual.drift, "");
  const auto drift = [&](const DocumentShape& shape) { return learned(usual, shape, false, kStart + kDay).drift; };
  DocumentShape shape = document({});
  EXPECT_EQ(drift(shape), "it has no items, where there usually are 20");
  shape.items = shape.titled = 20;
  EXPECT_EQ(drift(shape), "its items carry no dates any more");
  shape.dated = 20;
  shape.titled = 0;
  EXPECT_EQ(drift(shape), "its items carry no titles any more");
  shape.titled = 20;
  shape.format = "atom1.0";
  EXPECT_EQ(drift(shape), "its format has changed from rss2.0 to atom1.0");
  shape.format = "rss2.0";
  EXPECT_EQ(drift(shape), "");
}

TEST(Norms, what_was_never_there_is_not_missed) {
  FeedNorm norm;
  DocumentShape bare = document({});
  bare.items = 20;  // without titles and dates, as some previews are
  for (int i = 0; i < 5; ++i) norm = learned(norm, bare, true, kStart + i * kHour);
  EXPECT_EQ(norm.drift, "");
  FeedNorm quiet;
  for (int i = 0; i < 5; ++i) quiet = learned(quiet, document({}), false, kStart);
  EXPECT_EQ(quiet.drift, "") << "an empty feed that always was";
}

TEST(Norms, an_empty_feed_stays_strange_for_long_and_is_forgiven_at_once) {
  FeedNorm norm;
  for (int i = 0; i < 5; ++i) norm = learned(norm, document(every(kHour, 20)), true, kStart + 20 * kHour);
  for (int i = 0; i < 50; ++i) norm = learned(norm, document({}), false, kStart + kDay);
  EXPECT_NE(norm.drift, "");
  norm = learned(norm, document(every(kHour, 21)), true, kStart + 2 * kDay);
  EXPECT_EQ(norm.drift, "");
}

TEST(Norms, a_clock_that_is_ahead_by_less_after_the_end_of_summer_time_is_learned_anew) {
  FeedNorm norm;
  for (int n = 0; n < 5; ++n) norm = learned_clock(norm, 2 * kHour);
  EXPECT_EQ(clock_error(norm), 2 * kHour);
  norm = learned_clock(norm, kHour);
  EXPECT_EQ(clock_error(norm), 2 * kHour) << "one older item says little";
  norm = learned_clock(norm, 2 * kHour);
  for (int n = 0; n < 3; ++n) norm = learned_clock(norm, kHour);
  EXPECT_EQ(clock_error(norm), kHour);
}

}  // namespace
}  // namespace tocsin
