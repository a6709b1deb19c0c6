#include "understand/precedence.hpp"

#include <gtest/gtest.h>

#include "understand/understander.hpp"

using namespace tocsin;

namespace {

Understanding read(const std::string& title, const std::string& text) {
  static const auto opened = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image");
  Item item;
  item.title = title;
  item.text = text;
  item.language = "en";
  return opened->understand(item, {});
}

std::string main_type(const std::string& title, const std::string& text) {
  const auto u = read(title, text);
  return u.types.empty() ? "" : std::string(name(u.types.front()));
}

}  // namespace

TEST(Precedence, a_headline_says_what_the_item_is_about) {
  const std::string text = "Police arrested four men. Gunmen attacked the market on Monday, killing three traders.";
  EXPECT_EQ(main_type("Gunmen attack market in Gao", text), "attack");
  EXPECT_EQ(main_type("Curfew imposed in Gao", text), "curfew");
}

TEST(Precedence, the_narrow_word_is_the_type_and_the_plain_one_repeats_it) {
  const auto u = read("", "A bomb exploded in a market in Gao on Monday. The attack killed three traders.");
  ASSERT_EQ(u.types.size(), 1U);
  EXPECT_EQ(u.types.front(), EventType::bombing);
}

TEST(Precedence, what_a_state_closes_outweighs_the_fight_that_it_answers) {
  EXPECT_EQ(main_type("", "Chad closed its border on Thursday as fighting spread."), "border_closure");
}

TEST(Precedence, whether_it_is_a_fact_is_not_for_the_order_of_types_to_say) {
  const auto u =
      read("Army holds exercise at a hotel",
           "Soldiers simulated an attack on a hotel in a terror drill during a training exercise on Thursday.");
  ASSERT_FALSE(u.reports.empty());
  EXPECT_EQ(u.reports.front().modality, Modality::exercise);
}

TEST(Precedence, every_choice_is_told_with_the_cues_that_made_it) {
  const auto u = read("", "Gunmen kidnapped two teachers in Gao on Monday. Residents protested on Tuesday.");
  ASSERT_EQ(u.choices.size(), 2U);
  EXPECT_EQ(u.choices.front().type, u.types.front());
  for (const TypeChoice& c : u.choices) {
    double sum = 0;
    for (const Feature& cue : c.cues) sum += cue.value * cue.weight;
    EXPECT_NEAR(sum, c.precedence, 1e-9);
  }
}

TEST(Precedence, an_item_with_one_kind_of_deed_has_no_choice) {
  EXPECT_TRUE(read("", "Gunmen kidnapped two teachers in Gao on Monday.").choices.empty());
}
