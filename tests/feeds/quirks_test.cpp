// What the world's feeds do, one sentence each: docs/feeds.md lists them with the tests that hold them. Encoding,
// markup, names and links; identity, dates and structured sources are in quirks_of_items_test.cpp.
#include <gtest/gtest.h>

#include "feeds/parse.hpp"
#include "feeds/urls.hpp"

namespace tocsin {
namespace {
ParsedFeed parse(std::string_view text, const std::string& type = "",
                 const std::string& url = "https://x.example/feed") {
  return parse_feed(text, {url, type, 0, nullptr});
}
bool noted(const ParsedFeed& feed, std::string_view code) {
  for (const auto& n : feed.notes)
    if (n.code == code) return true;
  return false;
}
std::string rss(const std::string& items, const std::string& attributes = "") {
  return "<rss version='2.0' " + attributes + "><channel><title>T</title><link>https://x.example/</link>" + items +
         "</channel></rss>";
}
std::string title_of(const std::string& text, const std::string& type = "") {
  const auto feed = parse(text, type);
  return feed.items.empty() ? "no item" : feed.items[0].title;
}
}  // namespace

// 6
TEST(Quirk, an_error_told_with_status_200_is_a_failure_and_an_empty_feed_is_not) {
  for (const char* page : {"<html><head><title>Attention Required</title></head><body>blocked</body></html>",
                           "<!doctype html><title>Sign in</title>", "No feed by that name.", "{\"error\":\"quota\"}",
                           "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
                           "<div class='waf'>Access denied</div>", "<error><message>down</message></error>"}) {
    const auto feed = parse(page, "application/rss+xml");
    EXPECT_EQ(feed.format, "") << page;
    EXPECT_TRUE(noted(feed, "F001") || noted(feed, "F003")) << page;
  }
  const auto portal = parse("<html><head><title> Sign in &amp; pay </title></head><body>x</body></html>");
  EXPECT_EQ(portal.notes.back().message.substr(0, 34), "a page of HTML (\"Sign in & pay\") w");
  EXPECT_EQ(parse("<html/>").notes.back().message.substr(0, 23), "a page of HTML where a ");
  EXPECT_EQ(parse(rss("")).format, "rss2.0");
  EXPECT_EQ(parse("<feed xmlns='http://www.w3.org/2005/Atom'/>").format, "atom1.0");
  EXPECT_EQ(parse(R"({"version":"https://jsonfeed.org/version/1.1","title":"t","items":[]})").format, "jsonfeed1.1");
  EXPECT_EQ(parse(R"({"type":"FeatureCollection","features":[]})").format, "geojson");
}

// 14
TEST(Quirk, a_mark_beats_the_header_the_header_the_declaration_and_latin_1_means_windows_1252) {
  const std::string item = "<item><title>caf\xE9 \x93x\x94</title></item>";
  EXPECT_EQ(title_of("<?xml version='1.0' encoding='iso-8859-1'?>" + rss(item)), "café “x”");
  EXPECT_EQ(title_of("<?xml version='1.0' encoding='utf-8'?>" + rss(item), "text/xml; charset=iso-8859-1"), "café “x”");
  EXPECT_EQ(title_of("\xEF\xBB\xBF" + rss("<item><title>café</title></item>"), "text/xml; charset=iso-8859-1"), "café");
  EXPECT_EQ(title_of(rss("<item><title>café</title></item>"), "text/xml"), "café") << "text/xml is not us-ascii here";
  EXPECT_EQ(title_of(rss("<item><title>café</title></item>"), "text/html"), "café") << "the type is not believed";
}

// 15
TEST(Quirk, one_wrong_byte_never_costs_an_item) {
  const auto feed =
      parse(rss("<item><title>caf\xC3\xA9 \x93quoted\x94 \xFF</title></item><item><title>two</title></item>"));
  ASSERT_EQ(feed.items.size(), 2u);
  EXPECT_EQ(feed.items[0].title, "café “quoted” ÿ");
  EXPECT_TRUE(noted(feed, "F011"));
}

// 16
TEST(Quirk, what_stands_before_the_document_is_skipped) {
  for (const char* before :
       {"\n\n  ", "Warning: include(x.php) failed in <b>/a.php</b> on line 3\n", "<br />\n<b>Notice</b>: x<br />\n"})
    EXPECT_EQ(parse(before + ("<?xml version='1.0'?>" + rss("<item><title>One</title></item>"))).items.size(), 1u)
        << before;
}

TEST(Quirk, control_characters_entities_and_ampersands_that_xml_forbids_are_mended) {
  EXPECT_EQ(title_of(rss("<item><title>a\x01\x0B&nbsp;caf&eacute; &hellip; A & B &copy 1</title></item>")),
            "a café … A & B © 1");
  EXPECT_EQ(parse(rss("<item><link>https://x.example/?a=1&b=2&copy=3</link></item>")).items.at(0).link,
            "https://x.example/?a=1&b=2&copy=3");
}

TEST(Quirk, wrong_case_undeclared_prefixes_and_attributes_given_twice_are_understood) {
  const auto feed = parse(
      "<RSS><Channel><Title>T</Title><Item><TITLE>One</TITLE><dc:creator>Ann</dc:creator><content:encoded>words"
      "</content:encoded><GUID isPermaLink='false' isPermaLink='true'>g1</GUID></Item></Channel></RSS>");
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].title, "One");
  EXPECT_EQ(feed.items[0].authors, (std::vector<std::string>{"Ann"}));
  EXPECT_EQ(feed.items[0].text, "words");
  EXPECT_EQ(feed.items[0].id, "g1");
}

TEST(Quirk, of_a_document_cut_off_every_complete_item_is_kept_wherever_the_cut_is) {
  const std::string whole =
      rss("<item><title>One &amp; more</title><guid>1</guid><description><![CDATA[<p>first</p>]]></description></item>"
          "<item><title>Two</title><guid>2</guid><link>https://x.example/2</link></item>");
  const auto first_end = whole.find("</item>") + 7, second_end = whole.rfind("</item>") + 7;
  for (std::size_t cut = first_end; cut < whole.size(); ++cut) {
    const auto feed = parse(std::string_view(whole).substr(0, cut));
    ASSERT_GE(feed.items.size(), cut >= second_end ? 2u : 1u) << whole.substr(0, cut);
    EXPECT_EQ(feed.items[0].title, "One & more");
    EXPECT_EQ(feed.items[0].text, "first");
    EXPECT_FALSE(feed.notes.empty()) << cut;
  }
}

TEST(Quirk, an_item_with_broken_markup_costs_itself_and_no_other) {
  const auto feed =
      parse(rss("<item><title>One</title><guid>1</guid></item>"
                "<item><title>Two <b>bold</title><description>x</p></b><guid>2</guid>"
                "<item><title>Three</title><description><![CDATA[never closed</description><guid>3</guid></item>"
                "<item><title>Four</title><guid>4</guid></item>"));
  ASSERT_EQ(feed.items.size(), 4u);
  EXPECT_EQ(feed.items[0].id, "1");
  EXPECT_EQ(feed.items[1].title, "Two bold");
  EXPECT_EQ(feed.items[2].title, "Three");
  EXPECT_EQ(feed.items[3].id, "4");
}

TEST(Quirk, of_json_cut_off_the_complete_items_are_kept) {
  const auto feed = parse(
      R"({"version":"https://jsonfeed.org/version/1","title":"t","items":[{"id":"1","title":"One"},{"id":"2","ti)");
  ASSERT_GE(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].title, "One");
  EXPECT_TRUE(noted(feed, "F023"));
}

// 17
TEST(Quirk, a_document_type_is_thrown_away_unread) {
  const auto feed = parse("<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p; <!ENTITY a 'x'>]>" +
                          rss("<item><title>&a;One</title></item>"));
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].title, "&a;One");
  EXPECT_TRUE(noted(feed, "F021"));
}

// 18
TEST(Quirk, markup_is_read_however_often_it_is_escaped_and_in_whatever_it_is_wrapped) {
  EXPECT_EQ(title_of(rss("<item><title>It&amp;amp;#039;s &lt;b&gt;here&lt;/b&gt;</title></item>")), "It's here");
  EXPECT_EQ(title_of(rss("<item><title><![CDATA[A &amp; <i>B</i>]]></title></item>")), "A & B");
  const auto atom = [](const std::string& content) {
    return parse("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id>" + content + "</entry></feed>")
        .items.at(0)
        .text;
  };
  EXPECT_EQ(atom("<content type='text'>a &lt; b</content>"), "a < b");
  EXPECT_EQ(atom("<content type='html'>&lt;p&gt;a&lt;/p&gt;b</content>"), "a\nb");
  EXPECT_EQ(atom("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a</p>b</div></content>"), "a\nb");
  EXPECT_EQ(atom("<content type='application/octet-stream'>aGVsbG8=</content>"), "hello");
}

TEST(Quirk, summary_content_and_media_description_are_all_kept_once) {
  const auto feed = parse(
      rss("<item><description>Short</description><content:encoded>Long words</content:encoded>"
          "<media:description>Picture</media:description></item>"
          "<item><media:group><media:description>Only picture</media:description></media:group></item>",
          "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/'"));
  ASSERT_EQ(feed.items.size(), 2u);
  EXPECT_EQ(feed.items[0].text, "Short\nLong words");
  EXPECT_EQ(feed.items[1].text, "Only picture");
}

// 19
TEST(Quirk, the_known_wrong_namespaces_are_accepted) {
  for (const char* media : {"http://search.yahoo.com/mrss", "http://search.yahoo.com/mrss/",
                            "https://search.yahoo.com/mrss/", "http://www.rssboard.org/media-rss"})
    EXPECT_EQ(parse(rss("<item><m:description>x</m:description></item>", std::string("xmlns:m='") + media + "'"))
                  .items.at(0)
                  .text,
              "x")
        << media;
  EXPECT_EQ(parse("<feed xmlns='http://purl.org/atom/ns#' "
                  "version='0.3'><entry><title>a</title><issued>2024-09-17</issued></entry></feed>")
                .format,
            "atom0.3");
  EXPECT_EQ(parse("<feed xmlns='https://www.w3.org/2005/Atom/'><entry><title>a</title></entry></feed>").items.size(),
            1u);
  EXPECT_EQ(
      parse("<rss version='1.1' xmlns='http://purl.org/net/rss1.1#'><item><title>a</title></item></rss>").items.size(),
      1u);
}

// 20
TEST(Quirk, a_relative_link_is_seen_from_xml_base_then_the_feeds_link_then_its_address) {
  const auto atom = [](const std::string& base, const std::string& entry_base) {
    return parse("<feed xmlns='http://www.w3.org/2005/Atom'" + base + "><entry" + entry_base +
                     "><id>1</id><link href='b'/></entry></feed>",
                 "", "https://f.example/d/feed")
        .items.at(0)
        .link;
  };
  EXPECT_EQ(atom(" xml:base='https://b.example/x/'", " xml:base='y/'"), "https://b.example/x/y/b");
  EXPECT_EQ(atom(" xml:base='https://b.example/x/'", ""), "https://b.example/x/b");
  EXPECT_EQ(atom("", ""), "https://f.example/d/b");
  EXPECT_EQ(parse(rss("<item><link>/one</link></item>"), "", "https://f.example/d").items.at(0).link,
            "https://x.example/one");
}

TEST(Quirk, tracking_is_no_part_of_identity_and_stays_in_the_link_that_is_shown) {
  const std::string link = "https://www.x.example/a?id=7&utm_source=rss&at_medium=RSS&xtor=AL-1&traffic_source=rss#2";
  EXPECT_EQ(
      parse(rss("<item><link>https://www.x.example/"
                "a?id=7&amp;utm_source=rss&amp;at_medium=RSS&amp;xtor=AL-1&amp;traffic_source=rss#2</link></item>"))
          .items.at(0)
          .link,
      link);
  EXPECT_EQ(canonical_link(link), "x.example/a?id=7");
}

}  // namespace tocsin
