#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "feeds/format.hpp"
#include "feeds/parse.hpp"

namespace tocsin {
namespace {
const std::filesystem::path kCases = std::filesystem::path(TOCSIN_SOURCE_DIR) / "tests/cases/feeds";

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}
ParsedFeed parse_case(const char* name) {
  return parse_feed(bytes_of(kCases / name), {});
}
}  // namespace

TEST(Formats, every_row_says_what_it_is_and_has_a_case_that_it_reads) {
  std::set<std::string> read;
  for (const auto& file : std::filesystem::directory_iterator(kCases)) {
    const auto feed = parse_feed(bytes_of(file.path()), {});
    EXPECT_FALSE(feed.format.empty()) << file.path();
    EXPECT_FALSE(feed.items.empty()) << file.path();
    read.insert(feed.format);
  }
  for (const auto& format : formats()) {
    EXPECT_FALSE(format.about.empty()) << format.name;
    EXPECT_TRUE(std::any_of(read.begin(), read.end(), [&](const auto& f) { return f.starts_with(format.name); }))
        << format.name;
  }
}

TEST(Formats, a_cap_alert_is_one_item_in_the_language_we_read) {
  const auto feed = parse_case("cap.xml");
  ASSERT_EQ(feed.format, "cap1.2");
  ASSERT_EQ(feed.items.size(), 1u);
  const auto& item = feed.items[0];
  EXPECT_EQ(item.id, "EX-2024-0042");
  EXPECT_EQ(item.title, "River above the alarm mark at Mopti");
  EXPECT_EQ(item.text, "The Niger rises by 12 cm a day.\nMove cattle to high ground.");
  EXPECT_EQ(item.points, (std::vector<LatLon>{{14.5, -4.2}, {14.3, -4.0}}));
  ASSERT_TRUE(item.cap);
  EXPECT_EQ(item.cap->status, "Exercise");
  EXPECT_EQ(item.cap->msg_type, "Update");
  EXPECT_EQ(item.cap->references, "met@example.org,EX-2024-0041,2024-09-16T06:00:00-00:00");
  EXPECT_EQ(item.cap->area, "Mopti; Djenné");
  EXPECT_EQ(rfc3339(item.cap->expires.value()), "2024-09-18T06:00:00Z");
}

TEST(Formats, an_atom_entry_that_wraps_an_alert_carries_it) {
  const auto feed =
      parse_feed(R"(<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"><entry>
    <id>urn:a</id><title>Flood</title><content type="text/xml"><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><status>Test</status>
    <info><event>Flood</event><severity>Severe</severity></info></alert></content></entry>
    <entry><id>urn:b</id><title>Wind</title><cap:status>Actual</cap:status><cap:severity>Minor</cap:severity></entry></feed>)",
                 {});
  ASSERT_EQ(feed.items.size(), 2u);
  ASSERT_TRUE(feed.items[0].cap && feed.items[1].cap);
  EXPECT_EQ(feed.items[0].cap->status, "Test");
  EXPECT_EQ(feed.items[0].cap->event, "Flood");
  EXPECT_EQ(feed.items[1].cap->severity, "Minor");
}

TEST(Formats, gdacs_levels_speak_cap) {
  const auto feed = parse_case("gdacs.xml");
  ASSERT_EQ(feed.items.size(), 1u);
  const auto& item = feed.items[0];
  ASSERT_TRUE(item.cap);
  EXPECT_EQ(item.cap->event, "Flood");
  EXPECT_EQ(item.cap->severity, "Severe");
  EXPECT_EQ(item.cap->identifier, "gdacs:1100042/3");
  EXPECT_EQ(item.cap->area, "Niger");
  EXPECT_EQ(item.points, (std::vector<LatLon>{{13.5, 2.1}}));
}

TEST(Formats, earthquakes_of_two_services) {
  const auto feed = parse_case("earthquakes.geojson");
  ASSERT_EQ(feed.items.size(), 2u) << "a withdrawn event is no item";
  EXPECT_EQ(feed.items[0].id, "us9999abcd");
  EXPECT_EQ(feed.items[0].title, "M 5.4 - 12 km NE of Exampleville");
  EXPECT_EQ(rfc3339(feed.items[0].published.value()), "2024-09-17T05:10:00Z");
  EXPECT_EQ(feed.items[0].points, (std::vector<LatLon>{{36.5, 3.25}}));
  EXPECT_EQ(feed.items[1].title, "M 4.9 - NORTHERN EXAMPLE SEA");
  EXPECT_EQ(feed.items[1].text, "Earthquake of magnitude 4.9, NORTHERN EXAMPLE SEA.\nDepth 10 km.");
}

TEST(Formats, a_weather_service_that_writes_cap_in_json) {
  const auto feed = parse_feed(
      R"({"type":"FeatureCollection","title":"Alerts","features":[{"id":"https://w.example/1","geometry":null,
    "properties":{"id":"urn:oid:1","areaDesc":"Coast","sent":"2024-09-17T01:10:00-04:00","status":"Actual","messageType":"Alert",
    "severity":"Extreme","event":"Storm","headline":"Storm warning","description":"Wind.","instruction":"Stay in."}}]})",
      {});
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].text, "Wind.\nStay in.");
  EXPECT_EQ(feed.items[0].cap.value().severity, "Extreme");
}

TEST(Formats, the_hours_and_days_that_a_feed_asks_to_leave_out_are_read) {
  const ParsedFeed feed = parse_feed(
      "<rss version='2.0'><channel><title>t</title><skipHours><hour>0</hour><hour> 23 "
      "</hour><hour>24</hour><hour>99</hour>"
      "<hour>x</hour></skipHours><skipDays><day>Saturday</day><day>sunday</day><day/></skipDays></channel></rss>",
      {});
  EXPECT_EQ(feed.skip.hours, 1U << 0 | 1U << 23);
  EXPECT_EQ(feed.skip.days, 1U << 5 | 1U << 6);
}

}  // namespace tocsin
