// The small languages of mapped sources, each by itself: selectors, paths, rows of tables, trees of web pages.
#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "feeds/csv_rows.hpp"
#include "feeds/html_tree.hpp"
#include "feeds/json_path.hpp"
#include "feeds/json_tree.hpp"
#include "feeds/selectors.hpp"
#include "feeds/xml_text.hpp"

namespace tocsin {
namespace {
std::string selected(const std::string& html, const std::string& selector) {
  Notes notes;
  std::string fault, out;
  const HtmlTree page(html, notes);
  const Selector s(selector, fault);
  if (!fault.empty()) return "fault";
  s.each(page.root(), [&](const pugi::xml_node& node) {
    out += (out.empty() ? "" : " ") + std::string(node.attribute("n").value());
    return true;
  });
  return out;
}

std::string led_to(const std::string& json, const std::string& path) {
  Notes notes;
  std::string fault, out;
  const auto tree = json_tree(json, notes);
  const JsonPath p(path, fault);
  if (!fault.empty()) return "fault";
  p.each(*tree, [&](const JsonValue& v) {
    out += (out.empty() ? "" : " ") + v.words();
    return true;
  });
  return out;
}

std::string rows(const std::string& text, char delimiter) {
  CsvRows reader(text, delimiter);
  std::string out;
  for (std::vector<std::string> row; reader.next(row); out += "\n")
    for (const auto& field : row) out += "[" + field + "]";
  return out;
}

const std::string kPage =
    "<div n=1 class='card news' id=top><p n=2 lang=fr-ML>x<p n=3 data-kind='a b'>y</div>"
    "<ul n=4><li n=5><a n=6 href='/go'>l</a><li n=7><ul n=8><li n=9>deep</ul></ul><p n=10>";
}  // namespace

TEST(JsonTree, what_was_complete_before_the_bound_of_values_is_kept) {
  std::string json = "{\"items\":[{\"id\":\"first\"}";
  for (std::size_t i = 0; i < kMaxJsonValues; ++i) json += ",1";
  Notes notes;
  const auto tree = json_tree(json + "]}", notes);
  ASSERT_TRUE(tree);
  ASSERT_FALSE(tree->at("items").values.empty());
  EXPECT_EQ(tree->at("items").values.front().at("id").words(), "first");
}

TEST(Selectors, types_classes_ids_and_attributes) {
  EXPECT_EQ(selected(kPage, "p"), "2 3 10");
  EXPECT_EQ(selected(kPage, "div.card.news#top"), "1");
  EXPECT_EQ(selected(kPage, ".car"), "");
  EXPECT_EQ(selected(kPage, "[href]"), "6");
  EXPECT_EQ(selected(kPage, "[data-kind~=b]"), "3");
  EXPECT_EQ(selected(kPage, "[lang|='fr']"), "2");
  EXPECT_EQ(selected(kPage, "a[href^=\"/\"]"), "6");
  EXPECT_EQ(selected(kPage, "a[href$=go], a[href*=xyz]"), "6");
}

TEST(Selectors, descendants_children_and_their_number) {
  EXPECT_EQ(selected(kPage, "div p"), "2 3");
  EXPECT_EQ(selected(kPage, "ul > li > a"), "6");
  EXPECT_EQ(selected(kPage, "li li"), "9");
  EXPECT_EQ(selected(kPage, "div > p:nth-child(2)"), "3");
  EXPECT_EQ(selected(kPage, "p:first-child"), "2");
  EXPECT_EQ(selected(kPage, "div p:last-child, a"), "3 6");
}

TEST(Selectors, inside_a_match_none_is_looked_for) {
  EXPECT_EQ(selected(kPage, "li"), "5 7");
}

TEST(Selectors, what_is_not_understood_is_a_fault) {
  for (const char* bad : {"", " ", "a +b", "a:hover", "a[", "a[x", "a[x=", "a[x='y", ".", "#", "a,,b", "a,", "> a",
                          ":nth-child(2n+1)", ":nth-child(0)", "a > > b", "a@href"})
    EXPECT_EQ(selected(kPage, bad), "fault") << bad;
}

TEST(JsonPaths, members_indices_and_every_element) {
  const std::string json = R"({"a":{"b":[{"c":1},{"c":2},{"d":3}],"x.y":4},"e":[[5,6],[7]]})";
  EXPECT_EQ(led_to(json, "a.b[].c"), "1 2");
  EXPECT_EQ(led_to(json, "$.a.b[1].c"), "2");
  EXPECT_EQ(led_to(json, "a['x.y']"), "4");
  EXPECT_EQ(led_to(json, "e[][]"), "5 6 7");
  EXPECT_EQ(led_to(json, "e.*[0]"), "5 7");
  EXPECT_EQ(led_to(json, "a.nothing.here"), "");
}

TEST(JsonPaths, what_is_no_path_is_a_fault) {
  for (const char* bad : {"a..b", "a.", "a[", "a[x]", "a]", "a['b'", "a[-1]"})
    EXPECT_EQ(led_to("{}", bad), "fault") << bad;
}

TEST(JsonValues, a_whole_number_is_written_in_digits_however_round_it_is) {
  EXPECT_EQ(led_to(R"([1726550000000, 7, -2, 2.5, 1e300])", "[]"), "1726550000000 7 -2 2.5 1e+300");
}

TEST(CsvRows, quotes_lines_and_empty_fields) {
  EXPECT_EQ(rows("a,\"b,\"\"x\"\"\nc\",d\r\n\n,\n1,2", ','), "[a][b,\"x\"\nc][d]\n[][]\n[1][2]\n");
  EXPECT_EQ(rows("\"never closed,a\nb", ','), "[never closed,a\nb]\n");
  EXPECT_EQ(rows("\"a\"b,c", ','), "[ab][c]\n");
  EXPECT_EQ(rows("a\t\"b\tc\n", '\t'), "[a][\"b][c]\n") << "tables with tabs know no quotes";
  EXPECT_EQ(rows("", ','), "");
}

TEST(CsvRows, the_delimiter_is_found_out) {
  EXPECT_EQ(likely_delimiter("a;b;c,d\nx,y,z,1,2,3"), ';');
  EXPECT_EQ(likely_delimiter("one column"), ',');
  EXPECT_EQ(likely_delimiter("a\tb"), '\t');
}

TEST(HtmlTree, forgives_what_browsers_forgive) {
  EXPECT_EQ(selected("<table n=1><tr n=2><td n=3>a<td n=4>b<tr n=5><td n=6>c</table>", "table > tr > td"), "3 4 6");
  EXPECT_EQ(selected("<div n=1><b n=2><div n=3></b></span>x<i n=4></div></div>", "div > b > div > i"), "4");
  EXPECT_EQ(selected("<a n=1 N=2 href=x n=3>", "a"), "1") << "of attributes given twice the first counts";
  EXPECT_EQ(selected("<script>if (a<b) '<p n=1>'</script><p n=2><!-- <p n=3> --><P n=4 x", "p"), "2 4");
  EXPECT_EQ(selected("<ol n=1><li n=2><ol n=3><li n=4><li n=5></ol><li n=6></ol>", "ol > li > ol > li"), "4 5");
}

TEST(HtmlTree, words_are_decoded_once_and_blocks_stand_on_lines) {
  Notes notes;
  const HtmlTree page("<div>1 &lt; 2 <b>&eacute;</b><p>next<br>line<script>no</script></div>", notes);
  EXPECT_EQ(tree_words(page.root()), "1 < 2 é\nnext\nline");
}

TEST(HtmlTree, is_bounded_in_depth_and_number) {
  Notes notes;
  std::string deep, many, stray;
  for (int i = 0; i < 200'000; ++i) deep += "<div>", stray += "</p><";
  for (int i = 0; i < 600'000; ++i) many += "<b>";
  EXPECT_EQ(tree_words(HtmlTree(deep + "word", notes).root()), "word");
  EXPECT_EQ(notes.in("").size(), 1u);
  HtmlTree(many, notes), HtmlTree(stray, notes);
}

}  // namespace tocsin
