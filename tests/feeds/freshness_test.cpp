#include "feeds/freshness.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {
constexpr Millis kNow = 1726567200000;  // 2024-09-17T10:00:00Z
constexpr FeedPast kPolledBefore{false, kNow - 10 * kMinute};

Item item(std::string id, std::string title, std::optional<Millis> published = kNow - 5 * kMinute) {
  Item i;
  i.id = std::move(id);
  i.title = std::move(title);
  i.published = published;
  return i;
}
Freshness read(std::vector<Item> items, const FeedPast& past, const std::vector<KnownItem>& known, Millis now = kNow) {
  return keep_new(identify(std::move(items)), past, known, now);
}
std::vector<Item> ten(const std::string& prefix, std::optional<Millis> published) {
  std::vector<Item> out;
  for (int i = 0; i < 10; ++i)
    out.push_back(item(prefix + std::to_string(i), prefix + " story number " + std::to_string(i), published));
  return out;
}
}  // namespace

TEST(Freshness, the_same_document_again_is_no_news) {
  const auto first = read({item("a", "Gunfire in the capital"), item("b", "Market reopens")}, kPolledBefore, {});
  EXPECT_EQ(first.items.size(), 2u);
  const auto again =
      read({item("b", "Market reopens"), item("a", "Gunfire in the capital")}, kPolledBefore, first.seen);
  EXPECT_TRUE(again.items.empty());
  EXPECT_TRUE(again.seen.empty());
}

TEST(Freshness, an_edit_is_told_from_a_repetition) {
  const auto first = read({item("a", "Two killed in the attack")}, kPolledBefore, {});
  const auto space = read({item("a", "Two  killed in the ATTACK!")}, kPolledBefore, first.seen);
  EXPECT_TRUE(space.items.empty()) << "spelling is no edit";
  const auto edit = read({item("a", "Seven killed in the attack")}, kPolledBefore, first.seen);
  ASSERT_EQ(edit.items.size(), 1u);
  EXPECT_EQ(edit.items[0].novelty, Novelty::edited);
  EXPECT_TRUE(edit.items[0].may_alert);
  const auto after = read({item("a", "Seven killed in the attack")}, kPolledBefore, edit.seen);
  EXPECT_TRUE(after.items.empty());
}

TEST(Freshness, revision_numbers_tracking_and_https_are_the_same_item) {
  const auto first = read({item("https://www.news.example/world-1#0", "Same words")}, kPolledBefore, {});
  for (const char* id : {"https://www.news.example/world-1#3", "http://news.example/world-1",
                         "https://www.news.example/world-1?utm_source=rss&at_medium=x"})
    EXPECT_TRUE(read({item(id, "Same words")}, kPolledBefore, first.seen).items.empty()) << id;
  EXPECT_EQ(
      read({item("https://www.news.example/world-1?page=2", "Same words")}, kPolledBefore, first.seen).items.size(),
      1u);
}

TEST(Freshness, a_new_id_under_the_same_link_or_title_and_date_is_the_same_item) {
  auto a = item("tag:1", "Road to Gao is cut by floods");
  a.link = "https://x.example/road";
  const auto first = read({a}, kPolledBefore, {});
  a.id = "urn:new:1";
  EXPECT_TRUE(read({a}, kPolledBefore, first.seen).items.empty());
  a.link = "https://x.example/moved";
  a.id = "urn:newer";
  EXPECT_TRUE(read({a}, kPolledBefore, first.seen).items.empty());
}

TEST(Freshness, items_that_share_an_id_or_a_link_are_told_apart) {
  auto a = item("same", "First thing that happened"), b = item("same", "Second thing that happened");
  a.link = b.link = "https://x.example/";
  const auto first = read({a, b, a}, kPolledBefore, {});
  EXPECT_EQ(first.items.size(), 2u);
  EXPECT_TRUE(read({b, a}, kPolledBefore, first.seen).items.empty());
}

TEST(Freshness, of_the_first_document_only_young_items_may_alert) {
  const auto first = read(
      {item("old", "Old", kNow - 7 * kHour), item("young", "Young", kNow - 5 * kHour), item("undated", "No date", {})},
      {true, 0}, {});
  ASSERT_EQ(first.items.size(), 3u);
  EXPECT_FALSE(first.items[0].may_alert);
  EXPECT_TRUE(first.items[1].may_alert);
  EXPECT_FALSE(first.items[2].may_alert);
  EXPECT_EQ(first.items[2].item.published, kNow);
}

TEST(Freshness, a_whole_feed_that_appears_anew_is_held) {
  const auto before = read(ten("before", kNow - kHour), kPolledBefore, {});
  const auto anew = read(ten("anew", kNow - 2 * kHour), kPolledBefore, before.seen);
  ASSERT_EQ(anew.items.size(), 10u);
  for (const auto& i : anew.items) EXPECT_FALSE(i.may_alert);
  EXPECT_EQ(anew.notes.size(), 1u);
}

TEST(Freshness, after_an_outage_what_is_dated_since_then_still_alerts) {
  const auto back = read(ten("news", kNow - kHour), {false, kNow - 10 * kHour}, {});
  for (const auto& i : back.items) EXPECT_TRUE(i.may_alert) << i.why;
}

TEST(Freshness, future_dates_become_now_and_missing_ones_first_seen) {
  const auto first = read({item("f", "Future", kNow + 3 * kHour), item("m", "Missing", {})}, kPolledBefore, {});
  for (const auto& i : first.items) EXPECT_EQ(i.item.published, kNow);
  EXPECT_EQ(first.notes.size(), 1u);
  const auto edit = read({item("m", "Missing, edited", {})}, kPolledBefore, first.seen, kNow + kHour);
  EXPECT_EQ(edit.items.at(0).item.published, kNow) << "the time it was first seen";
}

TEST(Freshness, old_news_that_turns_up_is_history) {
  EXPECT_FALSE(read({item("a", "Archive", kNow - 30 * kDay)}, kPolledBefore, {}).items.at(0).may_alert);
}

TEST(Freshness, items_come_in_order_of_time) {
  const auto r =
      read({item("c", "3", kNow - 1), item("a", "1", kNow - 3), item("b", "2", kNow - 2)}, kPolledBefore, {});
  EXPECT_EQ(r.items[0].item.id + r.items[1].item.id + r.items[2].item.id, "abc");
}

TEST(Freshness, of_a_feed_that_appears_anew_what_is_dated_since_the_last_good_poll_may_alert) {
  const auto before = read(ten("before", kNow - kDay), {false, kNow - 2 * kDay}, {});
  auto anew = ten("anew", kNow - kDay);
  anew.push_back(item("breaking", "Breaking", kNow - kMinute));
  const auto r = read(anew, {false, kNow - 2 * kHour}, before.seen);
  ASSERT_EQ(r.items.size(), 11u);
  for (const auto& i : r.items) EXPECT_EQ(i.may_alert, i.item.id == "breaking") << i.why;
}

TEST(Freshness, an_item_that_is_left_out_once_and_comes_back_is_no_news) {
  const auto a = item("a", "First thing that happened"), b = item("b", "Second thing that happened");
  auto known = read({a, b}, kPolledBefore, {}).seen;
  EXPECT_TRUE(read({b}, kPolledBefore, known).items.empty()) << "a partial feed deletes nothing";
  EXPECT_TRUE(read({a, b}, kPolledBefore, known).items.empty());
}

TEST(Freshness, an_item_without_a_date_in_a_known_feed_is_of_now_and_may_alert) {
  const auto r = read({item("u", "Undated thing that happened", {})}, kPolledBefore, {});
  EXPECT_EQ(r.items.at(0).item.published, kNow);
  EXPECT_TRUE(r.items.at(0).may_alert);
}

TEST(Freshness, after_a_long_outage_what_is_too_old_is_history_and_the_rest_may_alert) {
  const auto r = read({item("old", "Two weeks old", kNow - 14 * kDay), item("new", "Three days old", kNow - 3 * kDay)},
                      {false, kNow - 20 * kDay}, {});
  EXPECT_FALSE(r.items.at(0).may_alert);
  EXPECT_TRUE(r.items.at(1).may_alert);
}

TEST(Freshness, a_clock_that_is_wrong_by_years_holds_nothing_back_that_is_undated) {
  const Millis far = kNow + 3650 * kDay;
  EXPECT_TRUE(read({item("u", "Undated thing that happened", {})}, kPolledBefore, {}, far).items.at(0).may_alert);
}

}  // namespace tocsin
