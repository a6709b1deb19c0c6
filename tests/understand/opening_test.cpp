#include "understand/opening.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace tocsin {
namespace {

const Image& image() {
  static const Image one = [] {
    auto opened = Image::open(std::string(TOCSIN_BINARY_DIR) + "/tocsin.image");
    if (!opened) std::abort();
    return std::move(*opened);
  }();
  return one;
}

bool holds(const std::vector<std::string>& words, const std::string& wanted) {
  return std::find(words.begin(), words.end(), wanted) != words.end();
}

TEST(Opening, words_and_pairs_of_neighbours_are_told_and_numbers_do_not_part_them) {
  const auto words = opening_words(tokenise("", "Gunmen opened fire on 3 soldiers"));
  EXPECT_TRUE(holds(words, "gunmen"));
  EXPECT_TRUE(holds(words, "opened fire"));
  EXPECT_TRUE(holds(words, "on soldiers"));
  EXPECT_FALSE(holds(words, "3"));
}

TEST(Opening, what_comes_late_is_not_looked_at) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "word ";
  EXPECT_FALSE(holds(opening_words(tokenise("", text + "late")), "late"));
}

TEST(Opening, a_pair_has_another_key_than_its_words) {
  EXPECT_NE(wording_key("opened"), wording_key("opened fire"));
  EXPECT_NE(wording_key("fire opened"), wording_key("opened fire"));
}

TEST(Opening, all_words_together_count_at_most_one) {
  const Tokens riot = tokenise("", "Protesters clashed with police; troops shot and injured people near the town");
  double sum = 0;
  for (const auto& words : opening_words(riot))
    for (const WordRow& row : image().words)
      if (row.key == wording_key(words)) sum += row.news;
  EXPECT_GT(sum, 1);
  EXPECT_EQ(weigh_wording(image(), riot).news, 1);
  EXPECT_EQ(weigh_wording(image(), tokenise("", "123 456")).news, 0);
}

}  // namespace
}  // namespace tocsin
