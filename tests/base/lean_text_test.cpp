#include "base/lean_text.hpp"

#include <gtest/gtest.h>

namespace tocsin {

TEST(LeanText, is_a_pointer_and_holds_any_bytes) {
  static_assert(sizeof(LeanText) == sizeof(void*));
  const std::string bytes("a\0\xff", 3);
  const LeanText text = bytes;
  EXPECT_EQ(text, bytes);
  EXPECT_EQ(text.text(), bytes);
  EXPECT_FALSE(text.empty());
}

TEST(LeanText, without_text_it_is_empty) {
  LeanText text;
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text, "");
  text = "x";
  text = std::string();
  EXPECT_TRUE(text.empty());
}

TEST(LeanText, copies_are_apart_and_it_may_be_given_itself) {
  LeanText one = "one";
  LeanText two = one;
  two = "two";
  EXPECT_EQ(one, "one");
  one = one.view().substr(1);
  EXPECT_EQ(one, "ne");
  const LeanText& same = one;
  one = same;
  EXPECT_EQ(one, "ne");
  EXPECT_NE(one, two);
  two = std::move(one);
  EXPECT_EQ(two, "ne");
}

}  // namespace tocsin
