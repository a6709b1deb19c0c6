#include "feeds/charset.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace tocsin {

namespace {
bool was_mended(const std::string& bytes) {
  Notes notes;
  to_utf8(bytes, "", notes);
  return !notes.in(bytes).empty();
}

/// The letters of every length, and what RFC 3629 forbids: overlong forms, surrogates, beyond U+10FFFF, cut, stray.
constexpr std::string_view kSequences[] = {"\xC3\xA9",
                                           "\xD8\xB3",
                                           "\xE2\x82\xAC",
                                           "\xEF\xBF\xBD",
                                           "\xE0\xA0\x80",
                                           "\xED\x9F\xBF",
                                           "\xF0\x90\x80\x80",
                                           "\xF4\x8F\xBF\xBF",
                                           "\xC0\xAF",
                                           "\xC1\xBF",
                                           "\xE0\x9F\xBF",
                                           "\xED\xA0\x80",
                                           "\xF0\x8F\xBF\xBF",
                                           "\xF4\x90\x80\x80",
                                           "\xF5\x80\x80",
                                           "\xFF",
                                           "\x80",
                                           "\xC3",
                                           "\xE2\x82",
                                           "\xF0\x9F\x98",
                                           "\xC3\xA9\xA9",
                                           "\xE2\x82\xAC\x80",
                                           "\xC3\xC3\xA9",
                                           "\xE2\xC3\xA9"};
}  // namespace

TEST(Charset, every_sequence_is_judged_alike_wherever_it_stands) {
  for (const auto sequence : kSequences)
    for (std::size_t before = 0; before < 40; ++before)
      for (const std::size_t after : {0, 1, 2, 15, 16, 40}) {
        const std::string bytes = std::string(before, 'a') + std::string(sequence) + std::string(after, 'z');
        bool invalid = false;
        valid_utf8(bytes, &invalid);
        EXPECT_EQ(was_mended(bytes), invalid) << before << " bytes before sequence " << sequence << ", " << after;
      }
}

TEST(Charset, a_control_character_becomes_a_blank_wherever_it_stands) {
  for (std::size_t before = 0; before < 40; ++before) {
    Notes notes;
    const std::string bytes = std::string(before, '\n') + "\x01z\t";
    EXPECT_EQ(to_utf8(bytes, "", notes), std::string(before, '\n') + " z\t");
    EXPECT_EQ(notes.in(bytes).at(0).at, (Position{before + 1, 1}));
  }
}

TEST(Charset, good_text_is_not_copied) {
  Notes notes;
  std::string changed;
  const std::string bytes = "\xEF\xBB\xBF<a>\xC3\xA9</a>";
  EXPECT_EQ(to_utf8(bytes, "text/xml; charset=utf-8", notes, changed).data(), bytes.data() + 3);
  EXPECT_EQ(to_utf8("caf\xE9", "text/xml; charset=iso-8859-1", notes, changed), "caf\xC3\xA9");
  EXPECT_EQ(changed, "caf\xC3\xA9");
}

}  // namespace tocsin
