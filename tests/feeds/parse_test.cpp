#include "feeds/parse.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tocsin {
namespace {
ParsedFeed parse(std::string_view bytes, std::string url = "", std::string type = "") {
  return parse_feed(bytes, {std::move(url), std::move(type), 0});
}
bool noted(const ParsedFeed& feed, std::string_view code) {
  return std::any_of(feed.notes.begin(), feed.notes.end(), [&](const auto& n) { return n.code == code; });
}
}  // namespace

TEST(Parse, reads_rss_2_0) {
  const auto feed =
      parse(R"(<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Radio Rive</title><link>https://rive.example/</link>
    <language>fr</language><ttl>15</ttl><item><title>Tirs &amp; fum&#233;e</title><link>/a/1</link><guid isPermaLink="false">a-1</guid>
    <pubDate>Tue, 17 Sep 2024 05:10:00 GMT</pubDate><description>&lt;p&gt;Court.&lt;/p&gt;</description>
    <content:encoded><![CDATA[<p>Long<br>texte.</p>]]></content:encoded><dc:creator>A. Diarra</dc:creator>
    <category>Mali</category><source url="https://src.example/f">Source</source></item></channel></rss>)");
  EXPECT_EQ(feed.format, "rss2.0");
  EXPECT_EQ(feed.title, "Radio Rive");
  EXPECT_EQ(feed.language, "fr");
  EXPECT_EQ(feed.ttl, 15 * kMinute);
  ASSERT_EQ(feed.items.size(), 1u);
  const auto& item = feed.items[0];
  EXPECT_EQ(item.id, "a-1");
  EXPECT_EQ(item.title, "Tirs & fumée");
  EXPECT_EQ(item.link, "https://rive.example/a/1");
  EXPECT_EQ(item.text, "Court.\nLong\ntexte.");
  EXPECT_EQ(rfc3339(item.published.value()), "2024-09-17T05:10:00Z");
  EXPECT_EQ(item.authors, std::vector<std::string>{"A. Diarra"});
  EXPECT_EQ(item.categories, std::vector<std::string>{"Mali"});
  EXPECT_EQ(item.source.title, "Source");
  EXPECT_EQ(item.source.url, "https://src.example/f");
  EXPECT_TRUE(feed.notes.empty());
}

TEST(Parse, reads_rdf) {
  const auto feed =
      parse(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Fil</title></channel>
    <item rdf:about="https://fil.example/1"><title>Un</title><dc:date>2024-09-17</dc:date></item></rdf:RDF>)");
  EXPECT_EQ(feed.format, "rdf");
  EXPECT_EQ(feed.title, "Fil");
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].id, "https://fil.example/1");
  EXPECT_EQ(rfc3339(feed.items[0].published.value()), "2024-09-17T00:00:00Z");
}

TEST(Parse, reads_atom_with_xhtml_and_bases) {
  const auto feed = parse(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://a.example/x/">
    <title type="html">Wire &amp;lt;b&amp;gt;</title><link rel="self" href="/feed"/><link href="home"/>
    <entry><id>urn:1</id><title>One</title><link rel="enclosure" href="/pod"/><link rel="alternate" href="one" xml:base="y/"/>
    <updated>2024-09-17T05:40:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>5 &lt; 6</p><p>b</p></div></content>
    <author><name>Wire desk</name><email>x@a.example</email></author><category term="conflict"/></entry></feed>)");
  EXPECT_EQ(feed.format, "atom1.0");
  EXPECT_EQ(feed.link, "https://a.example/x/home");
  EXPECT_EQ(feed.language, "en");
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].link, "https://a.example/x/y/one");
  EXPECT_EQ(feed.items[0].text, "5 < 6\nb");
  EXPECT_EQ(feed.items[0].published, feed.items[0].updated);
  EXPECT_EQ(feed.items[0].authors, std::vector<std::string>{"Wire desk"});
  EXPECT_EQ(feed.items[0].categories, std::vector<std::string>{"conflict"});
}

TEST(Parse, reads_json_feed) {
  const auto feed =
      parse(R"({"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://j.example/",
    "items":[{"id":7,"url":"/7","title":"Seven","content_html":"<p>x</p>","date_published":"2024-09-17T05:10:00Z",
    "authors":[{"name":"Ann"}],"tags":["t"]}]})");
  EXPECT_EQ(feed.format, "jsonfeed1.1");
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].id, "7");
  EXPECT_EQ(feed.items[0].link, "https://j.example/7");
  EXPECT_EQ(feed.items[0].text, "x");
}

TEST(Parse, a_page_of_html_is_an_error_and_no_feed_of_nothing) {
  const auto feed =
      parse("<!DOCTYPE html><html><head><title>Sign in to WiFi</title></head><body><p>hello<br></body></html>");
  EXPECT_EQ(feed.format, "");
  ASSERT_TRUE(noted(feed, "F001"));
  EXPECT_NE(feed.notes.front().message.find("Sign in to WiFi"), std::string::npos);
}

TEST(Parse, plain_words_and_nothing_at_all_are_errors) {
  EXPECT_TRUE(noted(parse("The specified phrase is too short."), "F003"));
  EXPECT_TRUE(noted(parse(""), "F002"));
  EXPECT_TRUE(noted(parse(" \n "), "F002"));
  EXPECT_TRUE(noted(parse("<opml><body/></opml>"), "F003"));
  EXPECT_TRUE(noted(parse("[1,2]"), "F003"));
}

TEST(Parse, an_empty_feed_is_a_feed) {
  EXPECT_EQ(parse("<rss version='2.0'><channel><title>Quiet</title></channel></rss>").format, "rss2.0");
}

TEST(Parse, keeps_what_was_complete_in_a_document_cut_off) {
  const auto feed = parse("<rss><channel><item><title>One</title></item><item><title>Two</title><descri");
  ASSERT_EQ(feed.items.size(), 2u);
  EXPECT_EQ(feed.items[1].title, "Two");
  EXPECT_TRUE(noted(feed, "F023"));
}

TEST(Parse, mends_markup_that_is_not_xml) {
  const auto feed = parse(
      "Warning: mysql in /x.php\n<?xml version='1.0'?><rss><channel><Title>T & Co</title>"
      "<item><title>One<br>more &nbsp;&eacute;</title><link>https://x.example/?a=1&b=2</link>"
      "<item><title>Two</b></title><description><![CDATA[ never closed </description></item></channel></rss>");
  EXPECT_EQ(feed.title, "T & Co");
  ASSERT_EQ(feed.items.size(), 2u);
  EXPECT_EQ(feed.items[0].title, "One more é");
  EXPECT_EQ(feed.items[0].link, "https://x.example/?a=1&b=2");
  EXPECT_EQ(feed.items[1].text, "never closed");
  EXPECT_TRUE(noted(feed, "F020"));
  EXPECT_TRUE(noted(feed, "F022"));
}

TEST(Parse, reads_charsets_by_label_and_by_bytes) {
  EXPECT_EQ(
      parse("<?xml version='1.0' encoding='windows-1251'?><rss><channel><title>\xCC\xE8\xF0</title></channel></rss>")
          .title,
      "Мир");
  EXPECT_EQ(parse("<rss><channel><title>caf\xE9 \x93x\x94</title></channel></rss>").title, "café “x”");
  EXPECT_EQ(parse("<rss><channel><title>caf\xC3\xA9</title></channel></rss>", "", "text/xml; charset=iso-8859-1").title,
            "café");
  EXPECT_EQ(parse("<rss><channel><title>caf\xE9</title></channel></rss>", "", "text/xml; charset=\"ISO-8859-1\"").title,
            "café");
  EXPECT_EQ(parse(std::string_view("\xFF\xFE<\0r\0s\0s\0/\0>\0", 14)).format, "rss2.0");
  EXPECT_TRUE(noted(parse("<?xml version='1.0' encoding='klingon'?><rss/>"), "F010"));
}

TEST(Parse, items_without_id_get_one) {
  const auto feed = parse(
      "<rss><channel><item><link>https://x.example/1</link></item><item><title>Only "
      "words</title></item></channel></rss>");
  EXPECT_EQ(feed.items[0].id, "https://x.example/1");
  EXPECT_TRUE(feed.items[1].id.starts_with("hash:"));
  EXPECT_TRUE(noted(feed, "F030"));
}

TEST(Parse, white_space_between_two_tags_of_inner_xhtml_parts_two_words) {
  const auto feed = parse(
      "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title><content type='xhtml'><div "
      "xmlns='http://www.w3.org/1999/xhtml'><b>Gunmen</b> <i>attack</i>\n<a>post</a></div></content></entry></feed>");
  ASSERT_EQ(feed.items.size(), 1u);
  EXPECT_EQ(feed.items[0].text, "Gunmen attack post");
}

TEST(Parse, no_entity_is_ever_expanded) {
  const auto feed =
      parse("<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss><channel><title>&b;</title></channel></rss>");
  EXPECT_EQ(feed.title, "&b;");
  EXPECT_TRUE(noted(feed, "F021"));
}

TEST(Parse, letters_of_two_bytes_and_wrong_ones_are_told_apart_wherever_they_stand) {
  for (std::size_t before = 0; before < 9; ++before) {
    const std::string start = "<rss><channel><item><title>" + std::string(before, 'x'),
                      end = "</title></item></channel></rss>";
    const auto title = [&](std::string_view bytes) {
      return parse(start + std::string(bytes) + end).items.at(0).title.substr(before);
    };
    EXPECT_EQ(title("سوق قافلة"), "سوق قافلة");
    EXPECT_EQ(title("marché, €"), "marché, €");
    EXPECT_EQ(title("abc\xC0\xAF"), "abcÀ¯") << "an overlong slash is two letters of windows-1252";
    EXPECT_EQ(title("a\x01z"), "a z");
    EXPECT_TRUE(noted(parse(start + "\xE9" + end), "F011"));
    EXPECT_TRUE(noted(parse(start + "\x1F" + end), "F013"));
  }
}

TEST(Parse, hostile_sizes_are_bounded) {
  std::string deep, deep_json, many = "<rss><channel>";
  for (int i = 0; i < 140'000; ++i) deep += "<a>", deep_json += "[";
  EXPECT_EQ(parse(deep).format, "");
  EXPECT_EQ(parse("<rss><channel><item><title>x</title><description>" + deep + "word").items.at(0).text, "word");
  EXPECT_EQ(parse(deep_json).format, "");
  for (int i = 0; i < 60'000; ++i) many += "<item><title>x</title></item>";
  const auto feed = parse(many);
  EXPECT_EQ(feed.items.size(), kMaxItems);
  EXPECT_TRUE(noted(feed, "F032"));
}

TEST(Parse, items_beyond_the_bound_cost_nothing_and_those_before_are_whole) {
  std::string many = "<rss><channel><title>T</title>";
  const std::string talk = "<![CDATA[<item>" + std::string(60, 'x') + "<entry>]]>";
  for (std::size_t i = 0; i < kMaxItems + 1000; ++i)
    many += "<item><guid>" + std::to_string(i) + "</guid><title>n" + std::to_string(i) + "</title><description>" +
            talk + "<!-- <item> --></description></item>";
  const auto feed = parse(many + "</channel></rss>");
  ASSERT_EQ(feed.items.size(), kMaxItems);
  EXPECT_EQ(feed.title, "T");
  EXPECT_EQ(feed.items.back().title, "n" + std::to_string(kMaxItems - 1));
  EXPECT_EQ(feed.items.back().text, std::string(60, 'x'));
  ASSERT_EQ(feed.notes.size(), 1u) << "it is not called damaged, for we cut it off";
  EXPECT_EQ(feed.notes[0].code, "F032");
  const auto damaged = parse("<rss><channel><item><title>a</titel></item>" + many.substr(many.find("<item>")));
  EXPECT_EQ(damaged.items.size(), kMaxItems);
  EXPECT_TRUE(noted(damaged, "F022"));
  std::string open = "<rss><channel><title><![CDATA[T</title>";
  for (std::size_t i = 0; i < 3 * kMaxItems; ++i) open += "<item><title>n</title></item>";
  EXPECT_EQ(parse(open).items.size(), kMaxItems);
  EXPECT_TRUE(noted(parse(open), "F032"));
}

TEST(Parse, a_text_of_megabytes_is_cut_between_two_letters) {
  std::string words = "x";
  while (words.size() < 1 << 20) words += "\xC3\xA9 ";
  const auto feed =
      parse("<rss><channel><item><title>a</title><description>" + words + "</description></item></channel></rss>");
  const std::string& text = feed.items.at(0).text;
  EXPECT_LE(text.size(), std::size_t{64} << 10);
  EXPECT_GT(text.size(), (std::size_t{64} << 10) - 4);
  EXPECT_TRUE(text.ends_with("\xA9") || text.ends_with(" "));
  EXPECT_TRUE(noted(feed, "F034"));
  EXPECT_FALSE(noted(
      parse("<rss><channel><item><description>" + words.substr(0, 65'000) + "</description></item></channel></rss>"),
      "F034"));
}

TEST(Parse, geo_points_of_three_vocabularies) {
  const auto feed =
      parse(R"(<rss xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"
    xmlns:gml="http://www.opengis.net/gml"><channel><item><georss:point>12.65 -8.00</georss:point></item>
    <item><geo:lat>16.27</geo:lat><geo:long>-0.04</geo:long></item>
    <item><georss:where><gml:Point><gml:pos>13.5 2.1</gml:pos></gml:Point></georss:where></item>
    <item><georss:box>10 0 12 4</georss:box><georss:point>95 0</georss:point></item></channel></rss>)");
  ASSERT_EQ(feed.items.size(), 4u);
  EXPECT_EQ(feed.items[0].points, (std::vector<LatLon>{{12.65, -8.0}}));
  EXPECT_EQ(feed.items[1].points, (std::vector<LatLon>{{16.27, -0.04}}));
  EXPECT_EQ(feed.items[2].points, (std::vector<LatLon>{{13.5, 2.1}}));
  EXPECT_EQ(feed.items[3].points, (std::vector<LatLon>{{11, 2}}));
}

TEST(Parse, a_language_is_a_tag_and_carries_nothing_else) {
  const auto language = [](const std::string& written) {
    return parse("<rss version=\"2.0\"><channel><title>T</title><language>" + written +
                 "</language><item><title>A</title></item></channel></rss>")
        .language;
  };
  EXPECT_EQ(language(" fr-ML\n"), "fr-ML");
  EXPECT_EQ(language("fr\n    proxy: http://elsewhere.example/"), "frproxy");
  EXPECT_EQ(language("en; x"), "en");
  EXPECT_EQ(language(std::string(200, 'a')), "");
}

}  // namespace tocsin
