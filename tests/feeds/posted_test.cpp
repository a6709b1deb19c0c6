#include "feeds/posted.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

std::string fault(const std::string& json) {
  const auto posted = read_posted(json, "application/json");
  return posted ? "" : posted.error().message;
}

}  // namespace

TEST(Posted, a_report_has_all_that_was_given) {
  const auto posted = read_posted(
      R"({"id":"r-17","title":"Attack","text":" Gunmen attacked the market of Gao. ","published":"2024-09-17T05:30:00Z",
          "lang":"fr-ML","lat":16.27,"lon":-0.04})",
      "application/json; charset=utf-8");
  ASSERT_TRUE(posted) << posted.error().message;
  ASSERT_EQ(posted->items.size(), 1u);
  const Item& item = posted->items[0];
  EXPECT_FALSE(posted->is_list);
  EXPECT_EQ(item.id, "r-17");
  EXPECT_EQ(item.title, "Attack");
  EXPECT_EQ(item.text, "Gunmen attacked the market of Gao.");
  EXPECT_EQ(item.language, "fr");
  EXPECT_EQ(item.published, parse_rfc3339("2024-09-17T05:30:00Z"));
  ASSERT_EQ(item.points.size(), 1u);
  EXPECT_EQ(item.points[0].lon, -0.04);
}

TEST(Posted, only_the_text_must_be_there) {
  const auto posted = read_posted(R"([{"text":"one"},{"text":"two","title":null}])", "application/json");
  ASSERT_TRUE(posted);
  EXPECT_TRUE(posted->is_list);
  EXPECT_EQ(posted->items.size(), 2u);
  EXPECT_EQ(posted->items[1].id, "");
  EXPECT_FALSE(posted->items[1].published);
}

TEST(Posted, slips_are_explained_with_their_place) {
  EXPECT_EQ(fault(R"({"title":"x"})"), "text: must hold the report in words");
  EXPECT_EQ(fault(R"({"text":"  "})"), "text: must hold the report in words");
  EXPECT_EQ(fault(R"({"text":7})"), "text: must be a text in quotes");
  EXPECT_EQ(fault(R"([{"text":"x"},{"txt":"x"}])"),
            "reports[1].txt: unknown; a report has id, title, text, published, lang, lat, lon");
  EXPECT_EQ(fault(R"({"text":"x","text":"y"})"), "text: given twice");
  EXPECT_EQ(fault(R"({"text":"x","lat":16})"), "lon: must be a number from -180 to 180; lat and lon go together");
  EXPECT_EQ(fault(R"({"text":"x","lat":91,"lon":0})"), "lat: must be a number from -90 to 90; lat and lon go together");
  EXPECT_EQ(fault(R"({"text":"x","published":"yesterday"})"),
            "published: must be a time such as \"2024-09-17T05:30:00Z\" (RFC 3339)");
  EXPECT_EQ(fault(R"({"text":"x","lang":"français"})"), "lang: must be a language tag such as \"fr\"");
  EXPECT_EQ(fault(R"([1])"), "reports[0]: expected {\"text\": ...}");
  EXPECT_EQ(fault("\"x\""), "expected {\"text\": ...}");
  EXPECT_EQ(fault("[]"), "a list must hold 1 to 100 reports");
  EXPECT_EQ(fault("{\"text\":\n\"x\""), "line 2, column 4: this is no well-formed JSON");
  EXPECT_NE(fault(""), "");
}

TEST(Posted, nothing_of_a_list_with_a_slip_is_taken) {
  EXPECT_FALSE(read_posted(R"([{"text":"good"},{"text":""}])", "application/json"));
  std::string many = "[";
  for (int i = 0; i < 101; ++i) many += (i ? ",{\"text\":\"x\"}" : "{\"text\":\"x\"}");
  EXPECT_FALSE(read_posted(many + "]", "application/json"));
}

TEST(Posted, what_steers_a_reader_is_removed) {
  const auto posted = read_posted("{\"text\":\"a\\u202eb\\u0007c\",\"title\":\"x\\ny\"}", "application/json");
  ASSERT_TRUE(posted);
  EXPECT_EQ(posted->items[0].text, "abc");
  EXPECT_EQ(posted->items[0].title, "x y");
}

TEST(Posted, a_text_of_several_lines_has_its_title_in_the_first) {
  const auto one = read_posted("Gunmen attacked Gao.", "text/plain");
  EXPECT_EQ(one->items[0].title, "");
  EXPECT_EQ(one->items[0].text, "Gunmen attacked Gao.");
  const auto two = read_posted("Attaque \xE0 Gao\r\n\r\nDeux morts.\r\n", "text/plain; charset=iso-8859-1");
  EXPECT_EQ(two->items[0].title, "Attaque à Gao");
  EXPECT_EQ(two->items[0].text, "Deux morts.");
  EXPECT_FALSE(read_posted(" \n", "text/plain"));
}

TEST(Posted, forms_are_told_by_the_media_type) {
  EXPECT_EQ(posted_form("Application/JSON; charset=utf-8"), PostedForm::json);
  EXPECT_EQ(posted_form("text/plain"), PostedForm::text);
  EXPECT_EQ(posted_form("application/x-www-form-urlencoded"), PostedForm::other);
  EXPECT_EQ(posted_form(""), PostedForm::other);
}

}  // namespace tocsin
