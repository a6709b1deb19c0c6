#include "feeds/discovery.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

std::string found(std::string_view page, std::string_view base = "https://radio.example/news/") {
  std::string out;
  for (const FeedLink& link : feed_links(page, "text/html", base)) out += link.title + "=" + link.url + " ";
  return out;
}

TEST(Discovery, a_page_names_its_feeds) {
  EXPECT_EQ(
      found("<html><head><link rel='stylesheet' href='a.css'><LINK REL=\"alternate\" TYPE=\"application/rss+xml\" "
            "title=\"Radio &amp; more\" href=\"/feed?a=1&amp;b=2\"><link rel=alternate hreflang=fr href=/fr>"
            "<link rel='feed alternate' type='application/atom+xml; charset=utf-8' href='atom.xml'>"),
      "Radio & more=https://radio.example/feed?a=1&b=2 =https://radio.example/news/atom.xml ");
}

TEST(Discovery, the_base_of_the_page_counts_and_each_address_once) {
  EXPECT_EQ(found("<base href='https://other.example/x/'><link rel=alternate type=application/feed+json href=f.json>"
                  "<body><link rel=alternate type=application/feed+json href=f.json>"),
            "=https://other.example/x/f.json ");
}

TEST(Discovery, pages_without_feeds_and_bytes_that_are_no_page_name_none) {
  for (const char* page : {"", "<html>nothing", "<link rel=alternate type=application/rss+xml>", "\xFF\x00<<<link"})
    EXPECT_EQ(found(page), "") << page;
}

}  // namespace
}  // namespace tocsin
