#include "feeds/html_text.hpp"

#include <gtest/gtest.h>

namespace tocsin {

TEST(HtmlText, drops_tags_scripts_styles_and_comments) {
  EXPECT_EQ(
      html_to_text(
          "<p>Gunfire <b>near</b> the <i>school</i></p><script>alert('x<y')</script><style>p{}</style><!-- a > b -->"),
      "Gunfire near the school");
}

TEST(HtmlText, blocks_stand_on_lines_of_their_own) {
  EXPECT_EQ(html_to_text("<p>One</p><p>Two<br/>Three</p><ul><li>a</li><li>b</li></ul>"), "One\nTwo\nThree\na\nb");
}

TEST(HtmlText, white_space_is_one_blank) {
  EXPECT_EQ(html_to_text("  a \n\t b&nbsp;&#160; c  "), "a b c");
}

TEST(HtmlText, decodes_references_with_and_without_semicolon) {
  EXPECT_EQ(html_to_text("Fali&eacute; &amp; caf&eacute &#233; &#xe9; &#146;"), "Falié & café é é ’");
  EXPECT_EQ(html_to_text("AT&T & more &unknown; &#; &"), "AT&T & more &unknown; &#; &");
  EXPECT_EQ(html_to_text("&#0;&#x110000;&#xD800;"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(HtmlText, a_name_of_html_4_means_what_it_meant_there) {
  EXPECT_EQ(html_to_text("&lang;x&rang;"), "\u2329x\u232A");
}

TEST(HtmlText, decodes_twice_what_was_escaped_twice) {
  EXPECT_EQ(html_to_text("It&amp;#039;s &lt;b&gt;bold&amp;nbsp;one&lt;/b&gt;"), "It's bold one");
}

TEST(HtmlText, a_less_than_in_prose_stays) {
  EXPECT_EQ(html_to_text("1 < 2 and <3"), "1 < 2 and <3");
  EXPECT_EQ(html_to_text("x <y without an end"), "x <y without an end");
}

TEST(HtmlText, a_greater_than_inside_an_attribute_does_not_end_the_tag) {
  EXPECT_EQ(html_to_text("<img alt=\"a > b\" src='x'>after"), "after");
  EXPECT_EQ(html_to_text("<a href=\"unclosed>word"), "word");
}

TEST(HtmlText, blanks_are_one_wherever_they_stand) {
  EXPECT_EQ(html_to_text("a b  c"), "a b c");
  EXPECT_EQ(html_to_text("  a b "), "a b");
  EXPECT_EQ(html_to_text("a <b>b </b> c"), "a b c");
  EXPECT_EQ(html_to_text("a \xC2\xA0 b] c ]]> d"), "a b] c d");
}

TEST(HtmlText, hostile_markup_takes_linear_time) {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += "<a x=\"";
  const std::string words = html_to_text(text);
  EXPECT_GE(words.size() + 4, kLongestText);
  EXPECT_TRUE(text.starts_with(words)) << text.substr(0, 20);
  std::string scripts;
  for (int i = 0; i < 400'000; ++i) scripts += "<script>";
  EXPECT_EQ(html_to_text(scripts), "");
}

TEST(HtmlText, blanks_and_marks_are_seen_wherever_they_stand) {
  for (std::size_t before = 1; before < 40; ++before)
    for (const std::size_t after : {1, 17, 40}) {
      const std::string head(before, 'a'), tail(after, 'z');
      for (const std::string gap : {"  ", " \n", "&#32;", "\xC2\xA0", "<td>", " <b> </b>"})
        EXPECT_EQ(html_to_text(head + gap + tail), head + " " + tail);
      EXPECT_EQ(html_to_text(head + "]]>" + tail), head + tail);
      EXPECT_EQ(html_to_text(head + " ] " + tail + " "), head + " ] " + tail);
    }
}

}  // namespace tocsin
