#include "feeds/mapped_index.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {
const std::string kBase = "https://data.example/v2/list";

std::string named(std::string_view index, std::string_view pattern) {
  return indexed_address(index, pattern, kBase);
}
}  // namespace

TEST(MappedIndex, lines_of_text_web_pages_and_json_name_documents) {
  EXPECT_EQ(named("1 aa https://x.example/1.csv.zip\n2 bb https://x.example/1.gkg.zip", "*.csv.zip"),
            "https://x.example/1.csv.zip");
  EXPECT_EQ(named("<a href='2024.csv'>2024</a>", "*.csv"), "https://data.example/v2/2024.csv");
  EXPECT_EQ(named(R"({"files":["https:\/\/x.example\/a.json"]})", "*/a.json"), "https://x.example/a.json");
}

TEST(MappedIndex, of_many_the_last_is_read_and_never_less_safely_than_the_list) {
  EXPECT_EQ(named("http://x.example/1.csv http://x.example/2.csv other", "*.csv"), "https://x.example/2.csv");
  EXPECT_EQ(named("http://x.example:80/1.csv", "*.csv"), "https://x.example/1.csv") << "not https on the port of http";
  EXPECT_EQ(named("http://x.example:8080/1.csv", "*.csv"), "https://x.example:8080/1.csv");
  EXPECT_EQ(indexed_address("http://x.example/1.csv", "*.csv", "http://x.example"), "http://x.example/1.csv");
}

TEST(MappedIndex, what_fits_nowhere_or_is_no_web_address_is_nothing) {
  for (const char* index :
       {"", "  ", "https://x.example/1.zip", "ftp://x.example/1.csv", "\xFF\x00\"'", "file:///1.csv"})
    EXPECT_EQ(named(index, "*.csv"), "") << index;
  EXPECT_EQ(named(std::string(100'000, 'a'), "*a*a*a*b"), "") << "bounded";
  std::string words = "1.csv ";
  for (int i = 0; i < 200'000; ++i) words += "x ";
  EXPECT_EQ(named(words, "*.csv"), "") << "bounded";
}

TEST(MappedIndex, the_pattern_is_the_mappings_own_or_that_of_its_preset) {
  Mapping mapping;
  EXPECT_EQ(index_pattern(mapping), "");
  mapping.preset = "gdelt";
  EXPECT_EQ(index_pattern(mapping), "*.export.CSV.zip");
  mapping.index = "*.csv";
  EXPECT_EQ(index_pattern(mapping), "*.csv");
}

}  // namespace tocsin
