#include "wire/feed_json.hpp"

#include <gtest/gtest.h>

namespace tocsin {

TEST(FeedJson, writes_every_key_of_the_contract_on_one_line) {
  ParsedFeed feed{"rss2.0", "A \"feed\"", "https://a.example/", "fr", {}, {}, {}};
  Item item;
  item.id = "1";
  item.title = "Line\nbreak";
  item.published = 1726549800000;
  item.points = {{12.65, -8}};
  feed.items.push_back(item);
  feed.notes.push_back({{3, 7}, Diagnostic::Level::warning, "F022", "mended"});
  EXPECT_EQ(
      to_json(feed),
      R"({"format":"rss2.0","title":"A \"feed\"","link":"https://a.example/","language":"fr","items":[{"id":"1",)"
      R"("title":"Line\nbreak","link":"","text":"","published":"2024-09-17T05:10:00Z","updated":null,"authors":[],)"
      R"("categories":[],"language":"","points":[[12.65,-8.0]],"source":{"title":"","url":""}}],)"
      R"("diagnostics":[{"line":3,"column":7,"severity":"warning","code":"F022","message":"mended"}]})");
}

TEST(FeedJson, a_cap_alert_stands_under_its_own_key) {
  ParsedFeed feed;
  feed.items.emplace_back().cap.emplace().status = "Test";
  EXPECT_NE(to_json(feed).find(R"("cap":{"identifier":"","sender":"","status":"Test")"), std::string::npos);
}

TEST(FeedJson, invalid_utf8_does_not_throw) {
  ParsedFeed feed;
  feed.title = "\xFF\xC3";
  EXPECT_FALSE(to_json(feed).empty());
}

}  // namespace tocsin
