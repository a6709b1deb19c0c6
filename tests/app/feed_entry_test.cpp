#include "app/feed_entry.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

Feed feed(std::string id, std::string url, std::string publisher) {
  Feed f;
  f.id = std::move(id);
  f.url = std::move(url);
  f.publisher = std::move(publisher);
  return f;
}

TEST(FeedEntry, a_name_is_made_of_the_title_else_of_the_host_and_is_free) {
  FeedNames names;
  EXPECT_EQ(names.free_name("L'Écho du Sahel — Actualités", "https://a.example"), "l-echo-du-sahel-actualites");
  EXPECT_EQ(names.free_name("ニュース", "https://www.radio-x.example:8080/feed"), "radio-x-example");
  EXPECT_EQ(names.free_name("", ""), "feed");
  names.add(feed("radio", "https://a.example", "radio"));
  EXPECT_EQ(names.free_name("Radio", "https://b.example"), "radio-2");
  EXPECT_EQ(names.free_name("Radio", "https://c.example"), "radio-3");
}

TEST(FeedEntry, one_address_is_known_in_every_spelling) {
  FeedNames names;
  names.add(feed("radio", "https://www.radio.example/feed/", "radio"));
  for (const char* spelled : {"http://radio.example/feed", "https://RADIO.example/feed/?utm_source=list"})
    EXPECT_EQ(names.owner_of(spelled), "radio") << spelled;
  EXPECT_EQ(names.owner_of("https://radio.example/other"), "");
}

TEST(FeedEntry, feeds_of_one_site_have_one_publisher) {
  FeedNames names;
  names.add(feed("bbc-world", "https://feeds.bbci.co.uk/news/world/rss.xml", "bbc"));
  EXPECT_EQ(names.publisher_of("https://other.bbci.co.uk/x"), "bbc");
  EXPECT_EQ(names.publisher_of("https://radio.example/fr"), names.publisher_of("https://www.radio.example/en"));
  EXPECT_EQ(site_of("https://a.gouv.ne/feed"), "a.gouv.ne");
  EXPECT_EQ(site_of("https://user@news.paper.example:81?x"), "paper.example");
  EXPECT_EQ(site_of("http://192.168.0.7/feed"), "192.168.0.7");
  EXPECT_EQ(site_of("http://[fd00::7]:80/feed"), "[fd00::7]");
}

TEST(FeedEntry, categories_are_countries_or_tags_and_a_list_grants_no_trust) {
  const NewFeed added = feed_of({"Radio",
                                 "https://radio.example",
                                 "",
                                 "fr",
                                 {"Côte d’Ivoire", "/country/ML", "/country/QQ", "/owner/state", "/owner/god",
                                  "/publisher/bbc", "/reliability/A", "Breaking News!", "breaking news"}});
  EXPECT_EQ(added.feed.countries.back(), "ML");
  EXPECT_EQ(added.feed.owner, "state");
  EXPECT_EQ(added.feed.publisher, "");
  EXPECT_EQ(added.feed.reliability, 'F');
  EXPECT_NE(yaml_entry(added).find("; the list says A\n"), std::string::npos);
  EXPECT_EQ(added.feed.tags.back(), "breaking-news");
}

TEST(FeedEntry, words_of_a_stranger_stay_words) {
  NewFeed added = feed_of({"a\"\n  evil: {url: x}\\ \x1b[2J # no", "https://a.example/\"\nb", "", "fr\nx", {}});
  added.feed.id = "a";
  const std::string text = yaml_entry(added);
  EXPECT_EQ(text.find("\n  evil"), std::string::npos) << text;
  EXPECT_NE(text.find("title: \"a\\\"   evil: {url: x}\\\\ "), std::string::npos) << text;
  EXPECT_EQ(text.find("language"), std::string::npos);

  added.feed.language = "en\n    proxy: socks5h://10.0.0.1:1080";  // as a feed may say of itself
  EXPECT_EQ(yaml_entry(added).find("proxy"), std::string::npos);
}

TEST(FeedEntry, a_source_that_is_no_feed_keeps_the_mapping_that_reads_it) {
  NewFeed added = feed_of({"Road watch", "https://t.me/s/roadwatch_example", "", "", {}});
  Mapping mapping;
  mapping.preset = "telegram";
  added.feed.mapping = std::make_shared<const Mapping>(mapping);
  EXPECT_NE(yaml_entry(added).find("\n    mapping: telegram\n"), std::string::npos);
}

}  // namespace
}  // namespace tocsin
