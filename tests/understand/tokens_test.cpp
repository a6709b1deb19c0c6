#include "understand/tokens.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

using Words = std::vector<std::string>;

TEST(Tokens, an_apostrophe_inside_a_name_is_dropped) {
  EXPECT_EQ(words_of("Sana'a"), Words({"sanaa"}));
  EXPECT_EQ(words_of("N\u2019Djamena"), Words({"ndjamena"}));
}

TEST(Tokens, an_elision_and_a_possessive_stand_alone) {
  EXPECT_EQ(words_of("C\u00f4te d'Ivoire"), Words({"cote", "d", "ivoire"}));
  EXPECT_EQ(words_of("Mali's army"), Words({"mali", "s", "army"}));
  EXPECT_EQ(words_of("n'a pas"), Words({"n", "a", "pas"}));
}

TEST(Tokens, thousands_are_one_number_and_decimals_are_two_tokens) {
  EXPECT_EQ(words_of("2,300 people"), Words({"2300", "people"}));
  EXPECT_EQ(words_of("6.4 magnitude"), Words({"6", "4", "magnitude"}));
}

TEST(Tokens, initials_are_one_word_and_end_no_sentence) {
  const Tokens t = tokenise("", "The U.S. army struck. It said so.");
  EXPECT_EQ(t.word(1), "us");
  EXPECT_TRUE(t[1].all_caps);
  EXPECT_EQ(t.sentences.size(), 2U);
}

TEST(Tokens, offsets_count_code_points_of_title_and_text) {
  const Tokens t = tokenise("\u00c9t\u00e9", "Attaque \u00e0 Gao");
  EXPECT_EQ(t.original, "\u00c9t\u00e9\nAttaque \u00e0 Gao");
  EXPECT_EQ(t[1].start, 4U);
  EXPECT_EQ(t[1].stop, 11U);
  EXPECT_EQ(t.slice(2, 4), "\u00e0 Gao");
  EXPECT_TRUE(t[0].headline);
  EXPECT_FALSE(t[1].headline);
}

TEST(Tokens, a_dateline_tells_where_it_was_written) {
  const Tokens t = tokenise("", "BAMAKO (Reuters) - Gunmen attacked a camp in Gao.");
  EXPECT_TRUE(t[0].dateline);
  EXPECT_TRUE(t[1].dateline);
  EXPECT_FALSE(t[2].dateline);
}

TEST(Tokens, the_arabic_article_is_cut_also_behind_a_particle) {
  EXPECT_EQ(words_of("\u0627\u0644\u062c\u064a\u0634"), words_of("\u0648\u0627\u0644\u062c\u064a\u0634"));
  EXPECT_EQ(words_of("\u0644\u0644\u062c\u064a\u0634"), words_of("\u062c\u064a\u0634"));
}

TEST(Tokens, an_abbreviation_ends_no_sentence) {
  EXPECT_EQ(tokenise("", "Gen. Traore spoke. Then he left.").sentences.size(), 2U);
  EXPECT_EQ(tokenise("", "At 6.30 p.m. it began").sentences.size(), 1U);
}

TEST(Tokens, broken_bytes_are_read_without_harm) {
  const std::string broken = std::string("\xff\xfe Attack \xc3") + std::string(3, '\0') + "in Gao \xe2\x80";
  const Tokens t = tokenise(broken, broken);
  for (const Token& token : t.tokens) EXPECT_LE(token.to, t.original.size());
}

TEST(Tokens, an_endless_text_is_cut) {
  EXPECT_LE(tokenise("",
                     [] {
                       std::string s;
                       for (int i = 0; i < 50000; ++i) s += "word ";
                       return s;
                     }())
                .size(),
            20000U);
}

}  // namespace
}  // namespace tocsin
