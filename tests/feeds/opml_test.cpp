#include "feeds/opml.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

std::string body(const std::string& outlines) {
  return "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>My list</title></head><body>" + outlines +
         "</body></opml>";
}

TEST(Opml, folders_and_the_category_attribute_are_categories) {
  const auto list = read_opml(body(
      R"(<outline text="Africa"><outline text="Mali"><outline type="rss" text="Radio Plage" xmlUrl="https://radio.example/feed"
         htmlUrl="https://radio.example/" language="fr-ML" category="/country/ML, news"/></outline></outline>)"));
  ASSERT_TRUE(list.is_opml);
  EXPECT_EQ(list.title, "My list");
  ASSERT_EQ(list.feeds.size(), 1u);
  const ListedFeed& feed = list.feeds[0];
  EXPECT_EQ(feed.title, "Radio Plage");
  EXPECT_EQ(feed.url, "https://radio.example/feed");
  EXPECT_EQ(feed.page, "https://radio.example/");
  EXPECT_EQ(feed.language, "fr");
  EXPECT_EQ(feed.categories, (std::vector<std::string>{"Africa", "Mali", "/country/ML", "news"}));
}

TEST(Opml, what_has_an_address_is_a_feed_whatever_its_type) {
  const auto list = read_opml(body(R"(<outline text="a" xmlUrl="https://a.example"/>
    <outline text="b" type="atom" url="https://b.example"/>
    <outline text="a page" type="link" url="https://c.example"/>
    <OUTLINE TEXT="d" XMLURL="https://d.example"><outline text="e" xmlurl=" https://e.example "/></OUTLINE>)"));
  std::string urls;
  for (const auto& feed : list.feeds) urls += feed.url + " ";
  EXPECT_EQ(urls, "https://a.example https://b.example https://d.example https://e.example ");
}

TEST(Opml, references_in_addresses_are_decoded_also_twice_and_bare) {
  const auto list = read_opml(body(R"(<outline text="Caf&eacute;" xmlUrl="https://a.example/?x=1&amp;y=2"/>
    <outline xmlUrl="https://a.example/?x=1&amp;amp;y=2"/><outline xmlUrl="https://a.example/?x=1&y=2"/>)"));
  ASSERT_EQ(list.feeds.size(), 3u);
  EXPECT_EQ(list.feeds[0].title, "Café");
  for (const auto& feed : list.feeds) EXPECT_EQ(feed.url, "https://a.example/?x=1&y=2");
}

TEST(Opml, a_list_that_is_cut_off_keeps_what_came_before) {
  const auto list = read_opml(R"(<opml><body><outline text="a" xmlUrl="https://a.example"/><outline text="b" xmlU)");
  EXPECT_TRUE(list.is_opml);
  ASSERT_FALSE(list.feeds.empty());
  EXPECT_EQ(list.feeds[0].url, "https://a.example");
}

TEST(Opml, ten_thousand_outlines_and_a_thousand_levels_are_read) {
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "<outline text='f' xmlUrl='https://f.example/" + std::to_string(i) + "'/>";
  EXPECT_EQ(read_opml(body(many)).feeds.size(), 10'000u);

  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<outline text='g'>";
  EXPECT_TRUE(read_opml(body(deep + "<outline text='f' xmlUrl='https://f.example'/>")).is_opml);
}

TEST(Opml, anything_else_is_no_list_and_the_note_says_so) {
  for (const char* other : {"", "<rss version='2.0'><channel/></rss>", "{}", "\xFF\xFE\x00", "<html><body>no"}) {
    const auto list = read_opml(other);
    EXPECT_FALSE(list.is_opml);
    EXPECT_FALSE(list.notes.empty()) << other;
  }
}

TEST(Opml, what_is_written_is_read_again) {
  const std::vector<ListedFeed> feeds{
      {"\"Le Monde\" <Mali> & co", "https://a.example/?x=1&y=2", "https://a.example", "fr", {"Mali", "/owner/state"}},
      {"B", "https://b.example", "", "", {}},
      {"C", "https://c.example", "", "en", {"Mali"}}};
  const auto text = write_opml("Feeds", feeds, 0);
  EXPECT_NE(text.find("<opml version=\"2.0\">"), std::string::npos);
  EXPECT_NE(text.find("<dateCreated>Thu, 1 Jan 1970 00:00:00 +0000</dateCreated>"), std::string::npos);
  const auto list = read_opml(text);
  EXPECT_TRUE(list.notes.empty());
  ASSERT_EQ(list.feeds.size(), 3u);
  EXPECT_EQ(list.feeds[0].title, feeds[0].title);
  EXPECT_EQ(list.feeds[0].url, feeds[0].url);
  EXPECT_EQ(list.feeds[0].categories, feeds[0].categories);
  EXPECT_EQ(list.feeds[1].url, "https://c.example");
  EXPECT_EQ(list.feeds[2].url, "https://b.example");
}

}  // namespace
}  // namespace tocsin
