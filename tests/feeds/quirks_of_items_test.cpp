// What the world's feeds do with identity, dates and structured sources, one sentence each (docs/feeds.md, 13 and 21 to
// 33).
#include <gtest/gtest.h>

#include "feeds/dates.hpp"
#include "feeds/freshness.hpp"
#include "feeds/norms.hpp"
#include "feeds/parse.hpp"

namespace tocsin {
namespace {
constexpr Millis kNow = 1726567200000;  // 2024-09-17T10:00:00Z
constexpr FeedPast kPolledBefore{false, kNow - 10 * kMinute};

Item item(std::string id, std::string title, std::string text = {},
          std::optional<Millis> published = kNow - 5 * kMinute) {
  Item i;
  i.id = std::move(id);
  i.title = std::move(title);
  i.text = std::move(text);
  i.published = published;
  return i;
}

Freshness read(std::vector<Item> items, const std::vector<KnownItem>& known, const FeedPast& past = kPolledBefore,
               Millis now = kNow) {
  return keep_new(identify(std::move(items)), past, known, now);
}

Item warning(const std::string& identifier, const std::string& type, const std::string& references,
             const std::string& severity = "Severe") {
  const auto feed = parse_feed("<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>" + identifier +
                                   "</identifier><sender>met@example.org</sender><sent>2024-09-17T09:55:00-00:00</"
                                   "sent><status>Actual</status><msgType>" +
                                   type + "</msgType><references>" + references +
                                   "</references><info><event>Flood</event><severity>" + severity +
                                   "</severity><headline>River above the mark</headline></info></alert>",
                               {});
  return feed.items.at(0);
}

Item gdacs(const std::string& level, const std::string& episode) {
  return parse_feed(
             "<rss xmlns:gdacs='http://www.gdacs.org'><channel><item><title>Flood in Niger</title><gdacs:eventtype>FL"
             "</gdacs:eventtype><gdacs:eventid>77</gdacs:eventid><gdacs:episodeid>" +
                 episode + "</gdacs:episodeid><gdacs:alertlevel>" + level +
                 "</gdacs:alertlevel></item></channel></rss>",
             {})
      .items.at(0);
}

std::string date(std::string_view text) {
  const auto at = parse_date(text);
  return at ? rfc3339(*at) : "none";
}
}  // namespace

// 13
TEST(Quirk, an_item_that_is_missing_from_a_document_is_neither_deleted_nor_new_when_it_returns) {
  const auto first = read({item("a", "First story told"), item("b", "Second story told")}, {});
  EXPECT_TRUE(read({item("b", "Second story told")}, first.seen).items.empty());
  EXPECT_TRUE(read({item("a", "First story told")}, first.seen).items.empty());
}

// 21
TEST(Quirk, an_item_without_guid_is_known_by_its_link_and_without_link_by_its_words) {
  const auto feed = parse_feed(
      "<rss><channel><item><link>https://x.example/1</link><title>A</title></item><item><title>Only a "
      "title</title></item>"
      "<item><guid>g</guid><title>B</title></item><item><guid>g</guid><title>C</title></item></channel></rss>",
      {});
  ASSERT_EQ(feed.items.size(), 4u);
  EXPECT_EQ(feed.items[0].id, "https://x.example/1");
  EXPECT_TRUE(feed.items[1].id.starts_with("hash:"));
  EXPECT_EQ(identify(feed.items).size(), 4u) << "two items with one guid are two";
}

TEST(Quirk, a_guid_that_changes_with_every_edit_https_or_tracking_is_one_item) {
  const auto first = read({item("https://www.x.example/world-1#0", "Same words here")}, {});
  for (const char* id :
       {"https://www.x.example/world-1#8", "http://x.example/world-1/", "https://x.example/world-1?utm_medium=rss"})
    EXPECT_TRUE(read({item(id, "Same words here")}, first.seen).items.empty()) << id;
}

TEST(Quirk, a_new_cms_with_new_ids_is_held_when_more_than_four_in_five_items_are_new) {
  const auto many = [](const std::string& prefix, int fresh, Millis published) {
    std::vector<Item> out;
    for (int i = 0; i < 10; ++i)
      out.push_back(item((i < fresh ? prefix : "old") + std::to_string(i),
                         "Story number " + std::to_string(i) + (i < fresh ? prefix : ""), "", published));
    return out;
  };
  const auto before = read(many("old", 0, kNow - kHour), {});
  for (const auto& i : read(many("new", 9, kNow - 2 * kHour), before.seen).items) EXPECT_FALSE(i.may_alert) << i.why;
  for (const auto& i : read(many("new", 8, kNow - 2 * kHour), before.seen).items) EXPECT_TRUE(i.may_alert) << i.why;
}

// 22
TEST(Quirk, an_edited_toll_is_read_again) {
  const auto first = read({item("a", "Market attack", "Two people were killed")}, {});
  const auto edit = read({item("a", "Market attack", "Seven people were killed")}, first.seen);
  ASSERT_EQ(edit.items.size(), 1u);
  EXPECT_EQ(edit.items[0].novelty, Novelty::edited);
}

// 24
TEST(Quirk, the_first_poll_is_a_baseline) {
  const auto first =
      read({item("old", "Old", "", kNow - 7 * kHour), item("undated", "Undated", "", {})}, {}, {true, 0});
  for (const auto& i : first.items) EXPECT_FALSE(i.may_alert) << i.why;
  EXPECT_GE(first.seen.size(), 2u) << "and is marked seen";
}

// 25
TEST(Quirk, dates_as_they_are_met_in_the_wild) {
  const std::pair<const char*, const char*> kCases[] = {
      {"Mon, 17 Sep 2024 05:10:00 GMT", "2024-09-17T05:10:00Z"},  // the weekday is wrong
      {"17 Sep 24 05:10 EST", "2024-09-17T10:10:00Z"},
      {"Tue, 17 Sep 2024 05:10 CEST", "2024-09-17T03:10:00Z"},
      {"Tue, 17 Sep 2024 05:10:00 BST", "2024-09-17T04:10:00Z"},
      {"Tue, 17 Sep 2024 05:10:00 America/Los_Angeles", "2024-09-17T12:10:00Z"},
      {"Tue, 17 Sep 2024 05:10:00 +3000", "2024-09-17T05:10:00Z"},
      {"2018-12-13 00:00:00", "2018-12-13T00:00:00Z"},
      {"2020/1/10 14:33:00", "2020-01-10T14:33:00Z"},
      {"07.02.2025", "2025-02-07T00:00:00Z"},
      {"22.11.2022 12:16:00", "2022-11-22T12:16:00Z"},
      {"2003-12", "2003-12-01T00:00:00Z"},
      {"1726549800000", "2024-09-17T05:10:00Z"},
      {"1726549800", "2024-09-17T05:10:00Z"},
      {"20240917T051000Z", "2024-09-17T05:10:00Z"},
      {"20240917051000", "2024-09-17T05:10:00Z"},
      {"mar., 17 sept. 2024 05:10:00 +0000", "2024-09-17T05:10:00Z"},
      {"Κυρ, 17 Νοε 2024 05:10:00 +0000", "2024-11-17T05:10:00Z"},
      {"2024. szeptember 17.", "2024-09-17T00:00:00Z"},
      {"2024년 9월 17일 05:10", "2024-09-17T05:10:00Z"}};
  for (const auto& [text, want] : kCases) EXPECT_EQ(date(text), want) << text;
}

TEST(Quirk, iso_dates_stand_in_rss_and_spip_says_dc_date) {
  const auto feed = parse_feed(
      "<rss "
      "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><item><pubDate>2024-09-17T07:10:00+02:00</pubDate></item>"
      "<item><dc:date>2024-09-17T05:10:00Z</dc:date></item></channel></rss>",
      {});
  for (const auto& i : feed.items) EXPECT_EQ(rfc3339(i.published.value()), "2024-09-17T05:10:00Z");
}

// 26
TEST(Quirk, a_missing_date_is_when_it_was_first_seen_and_a_future_one_is_now) {
  const auto first = read({item("m", "No date", "", {}), item("f", "Future", "", kNow + kHour)}, {});
  for (const auto& i : first.items) EXPECT_EQ(i.item.published, kNow);
  EXPECT_EQ(
      read({item("m", "No date, edited", "", {})}, first.seen, kPolledBefore, kNow + kHour).items.at(0).item.published,
      kNow);
}

TEST(Quirk, the_build_date_of_a_feed_dates_no_item) {
  const auto feed = parse_feed(
      "<rss><channel><lastBuildDate>Tue, 17 Sep 2024 05:10:00 "
      "GMT</lastBuildDate><item><title>x</title></item></channel></rss>",
      {});
  EXPECT_FALSE(feed.items.at(0).published);
}

// 27
TEST(Quirk, when_it_happened_is_kept_apart_from_when_it_was_published) {
  const auto feed = parse_feed(
      "<rss xmlns:gdacs='http://www.gdacs.org'><channel><item><title>Flood</title><pubDate>Tue, 17 Sep 2024 05:10:00 "
      "GMT</pubDate>"
      "<gdacs:eventid>1</gdacs:eventid><gdacs:fromdate>Sun, 15 Sep 2024 01:00:00 "
      "GMT</gdacs:fromdate></item></channel></rss>",
      {});
  EXPECT_EQ(rfc3339(feed.items.at(0).published.value()), "2024-09-17T05:10:00Z");
  EXPECT_EQ(rfc3339(feed.items.at(0).cap->onset.value()), "2024-09-15T01:00:00Z");
}

// 30
TEST(Quirk, a_gdacs_alert_that_is_raised_is_an_edit_and_a_new_episode_alone_is_none) {
  const auto first = read({gdacs("Green", "1")}, {});
  EXPECT_TRUE(read({gdacs("Green", "2")}, first.seen).items.empty());
  const auto raised = read({gdacs("Red", "3")}, first.seen);
  ASSERT_EQ(raised.items.size(), 1u);
  EXPECT_EQ(raised.items[0].novelty, Novelty::edited);
  EXPECT_EQ(raised.items[0].item.cap->severity, "Extreme");
}

TEST(Quirk, latitude_comes_first_in_georss_and_last_in_geojson) {
  EXPECT_EQ(
      parse_feed("<rss xmlns:georss='http://www.georss.org/georss'><channel><item><georss:point>13.5 2.1</georss:point>"
                 "</item></channel></rss>",
                 {})
          .items.at(0)
          .points,
      (std::vector<LatLon>{{13.5, 2.1}}));
  EXPECT_EQ(
      parse_feed(
          R"({"type":"Feature","id":"1","properties":{"title":"t"},"geometry":{"type":"Point","coordinates":[2.1,13.5]}})",
          {})
          .items.at(0)
          .points,
      (std::vector<LatLon>{{13.5, 2.1}}));
}

// 31
TEST(Quirk, usgs_ids_that_are_merged_are_one_earthquake_and_what_is_deleted_is_none) {
  const auto quake = [](const std::string& id, const std::string& more) {
    return parse_feed(R"({"type":"FeatureCollection","features":[{"type":"Feature","id":")" + id +
                          R"(","properties":{"mag":5.1,"place":"Sampleville","time":1726566000000)" + more +
                          R"(},"geometry":{"type":"Point","coordinates":[2,13,10]}}]})",
                      {})
        .items;
  };
  const auto first = read(quake("us1", ""), {});
  EXPECT_TRUE(read(quake("ci2", R"(,"ids":",us1,ci2,")"), first.seen).items.empty());
  EXPECT_TRUE(quake("us1", R"(,"status":"deleted")").empty());
}

TEST(Quirk, an_earthquake_without_magnitude_is_still_an_item) {
  const auto feed = parse_feed(
      R"({"type":"FeatureCollection","features":[{"type":"Feature","id":"us1","properties":{"mag":null,"place":"Sampleville","title":"M ? - Sampleville","time":1726550000000},
    "geometry":{"type":"Point","coordinates":[2,13,null]}}]})",
      {});
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].title, "M ? - Sampleville");
  EXPECT_EQ(rfc3339(feed.items[0].published.value()), "2024-09-17T05:13:20Z");
}

TEST(Quirk, a_cap_update_is_an_edit_of_the_alert_that_it_names_and_so_is_a_cancel) {
  const auto first = read({warning("A-1", "Alert", "")}, {});
  const std::string reference = "met@example.org,A-1,2024-09-17T09:00:00-00:00";
  const auto update = read({warning("A-1", "Alert", ""), warning("A-2", "Update", reference, "Extreme")}, first.seen);
  ASSERT_EQ(update.items.size(), 1u);
  EXPECT_EQ(update.items[0].novelty, Novelty::edited);
  auto known = first.seen;
  known.insert(known.end(), update.seen.begin(), update.seen.end());
  EXPECT_TRUE(read({warning("A-1", "Alert", ""), warning("A-2", "Update", reference, "Extreme")}, known).items.empty())
      << "while both are listed neither is an edit of the other again";
  const auto cancel = read({warning("A-3", "Cancel", reference)}, known);
  ASSERT_EQ(cancel.items.size(), 1u) << "though it keeps every word";
  EXPECT_EQ(cancel.items[0].novelty, Novelty::edited);
}

TEST(Quirk, of_a_cap_alert_in_several_languages_one_is_read_and_every_area_of_it) {
  const auto feed = parse_feed(
      "<alert "
      "xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>x</identifier><status>Actual</status><msgType>Alert</"
      "msgType>"
      "<info><language>ha</language><headline>Ambaliya</headline><area><areaDesc>Kano</areaDesc></area></info>"
      "<info><language>fr-FR</language><headline>Crue du "
      "fleuve</headline><expires>2024-09-18T06:00:00-00:00</expires><area><areaDesc>Mopti</areaDesc>"
      "<polygon>14.4,-4.4 14.6,-4.4 14.6,-4.0 14.4,-4.4</polygon></area></info>"
      "<info><language>fr-FR</language><headline>Crue du "
      "fleuve</headline><area><areaDesc>Djenné</areaDesc><circle>14.0,-4.5 20</circle></area></info></alert>",
      {});
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].title, "Crue du fleuve");
  EXPECT_EQ(feed.items[0].cap->area, "Mopti; Djenné");
  EXPECT_EQ(feed.items[0].points, (std::vector<LatLon>{{14.5, -4.2}, {14.0, -4.5}}));
  EXPECT_EQ(rfc3339(feed.items[0].cap->expires.value()), "2024-09-18T06:00:00Z");
}

// 33
TEST(Quirk, a_day_page_that_appears_empty_a_day_ahead_is_read_again_when_it_is_filled) {
  const auto stub = read({item("https://w.example/2024-09-18", "Current events", "", kNow + 14 * kHour)}, {});
  ASSERT_EQ(stub.items.size(), 1u);
  EXPECT_EQ(stub.items[0].item.published, kNow);
  const auto filled =
      read({item("https://w.example/2024-09-18", "Current events", "Gunmen attacked a village", kNow + 14 * kHour)},
           stub.seen, kPolledBefore, kNow + 15 * kHour);
  ASSERT_EQ(filled.items.size(), 1u);
  EXPECT_EQ(filled.items[0].novelty, Novelty::edited);
}

TEST(Quirk, posts_without_a_title_are_items_by_their_words) {
  const auto feed = parse_feed(
      "<rss><channel><item><guid>https://social.example/1</guid><description>&lt;p&gt;Road closed at the "
      "bridge&lt;/p&gt;</description></item>"
      "<item><description>Another post</description></item></channel></rss>",
      {});
  ASSERT_EQ(feed.items.size(), 2u);
  EXPECT_EQ(feed.items[0].title, "");
  EXPECT_EQ(feed.items[0].text, "Road closed at the bridge");
  EXPECT_EQ(read(feed.items, {}).items.size(), 2u);
}

TEST(Quirk, local_time_labelled_as_gmt_is_learned_from_new_items_that_always_lie_in_the_future) {
  FeedNorm norm;
  const auto poll = [&](Millis at, Millis age, std::string id) {
    const FeedPast past{false, at - 10 * kMinute, clock_error(norm)};
    auto fresh = read({item(id, "Story " + id, "", at - age + 3 * kHour)}, {}, past, at);
    norm = learned_clock(norm, fresh.lead);
    return *fresh.items.at(0).item.published;
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(poll(kNow + i * kHour, 20 * kMinute, std::to_string(i)), kNow + i * kHour);
  EXPECT_EQ(clock_error(norm), 3 * kHour);
  const Millis later = kNow + 5 * kHour;
  EXPECT_EQ(poll(later, 20 * kMinute, "4"), later - 20 * kMinute) << "the offset is taken off";
}

TEST(Quirk, one_item_on_time_or_an_announcement_for_next_week_is_no_clock_error) {
  const auto lead = [](std::vector<Millis> ahead) {
    std::vector<Item> items;
    for (const Millis a : ahead) items.push_back(item(std::to_string(a), "Story " + std::to_string(a), "", kNow + a));
    return read(std::move(items), {}).lead;
  };
  EXPECT_EQ(lead({2 * kHour, -kHour}), 0);
  EXPECT_EQ(lead({-kHour, 2 * kHour}), 0);
  EXPECT_EQ(lead({}), std::nullopt);
  FeedNorm norm;
  for (int i = 0; i < 5; ++i) norm = learned_clock(norm, lead({7 * kDay}));
  EXPECT_EQ(clock_error(norm), 0);
  for (int i = 0; i < 5; ++i) norm = learned_clock(norm, lead({2 * kHour}));
  for (int i = 0; i < 5; ++i) norm = learned_clock(norm, lead({-kMinute}));
  EXPECT_EQ(clock_error(norm), 0) << "the publisher has mended its clock";
}

TEST(Quirk, an_alert_in_cap_that_has_expired_is_history_whatever_its_date) {
  Item flood = warning("A", "Alert", "");
  flood.cap->expires = kNow - kMinute;
  const auto past = read({flood}, {});
  EXPECT_FALSE(past.items.at(0).may_alert);
  EXPECT_NE(past.items.at(0).why.find("expired"), std::string::npos);
  flood.cap->expires = kNow + kMinute;
  EXPECT_TRUE(read({flood}, {}).items.at(0).may_alert);
}

}  // namespace tocsin
