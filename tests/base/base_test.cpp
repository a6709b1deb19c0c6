#include <gtest/gtest.h>

#include "base/diagnostics.hpp"
#include "base/fold.hpp"
#include "base/geo.hpp"
#include "base/hash.hpp"
#include "base/mail_date.hpp"
#include "base/markup.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace tocsin {

TEST(Time, writes_and_reads_rfc3339_in_utc) {
  EXPECT_EQ(rfc3339(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(parse_rfc3339("2024-09-17T07:10:00+02:00"), parse_rfc3339("2024-09-17T05:10:00Z"));
  EXPECT_EQ(rfc3339(*parse_rfc3339("1931-02-28T23:59:59.5Z")), "1931-02-28T23:59:59.500Z");
}

TEST(Time, refuses_what_is_no_date) {
  for (const char* bad : {"", "2024-09-17", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-09-17T05:10:00"})
    EXPECT_FALSE(parse_rfc3339(bad)) << bad;
}

TEST(Time, civil_and_millis_are_inverse_over_four_centuries) {
  for (Millis at = -200 * 365 * kDay; at < 200 * 365 * kDay; at += 37 * kDay + 1234567)
    EXPECT_EQ(millis(civil(at)), at);
}

TEST(Time, knows_that_17_september_2024_was_a_tuesday) {
  EXPECT_EQ(weekday(*parse_rfc3339("2024-09-17T05:10:00Z")), 2);
}

TEST(Time, a_mail_date_names_its_weekday) {
  EXPECT_EQ(mail_date(*parse_rfc3339("2024-09-17T05:10:00Z")), "Tue, 17 Sep 2024 05:10:00 +0000");
}

TEST(Markup, what_would_be_read_as_a_tag_or_end_an_attribute_is_a_reference) {
  EXPECT_EQ(escaped_markup("\"Mali\" <b> & co > 'é'"), "&quot;Mali&quot; &lt;b&gt; &amp; co &gt; 'é'");
}

TEST(Time, durations_are_a_number_and_a_unit) {
  EXPECT_EQ(parse_duration("15m"), 15 * kMinute);
  EXPECT_EQ(parse_duration("48h"), 2 * kDay);
  EXPECT_FALSE(parse_duration("15"));
  EXPECT_FALSE(parse_duration("-1h"));
  EXPECT_FALSE(parse_duration("99999999999999d"));
  EXPECT_EQ(duration_text(90 * kMinute), "90m");
}

TEST(Fold, makes_one_spelling_of_what_a_reader_takes_for_one_word) {
  EXPECT_EQ(fold("École de GENDARMERIE"), "ecole de gendarmerie");
  EXPECT_EQ(fold("Œuvre"), "oeuvre");
  EXPECT_EQ(fold("N’Djaména"), "n'djamena");
  EXPECT_EQ(fold("أحمد"), fold("احمد"));
  EXPECT_EQ(fold("غزّة"), fold("غزه"));
  EXPECT_EQ(fold("ΆΘΗΝΑ"), fold("αθηνα"));
}

TEST(Fold, keeps_marks_that_make_another_letter) {
  EXPECT_NE(fold("й"), fold("и"));
}

TEST(Fold, offsets_lead_back_to_the_original) {
  const std::string text = "à Œil";
  const Folded folded = fold_with_offsets(text);
  EXPECT_EQ(folded.text, "a oeil");
  EXPECT_EQ(folded.source[2], 3u);  // o and e both come from the ligature
  EXPECT_EQ(folded.source[3], 3u);
  EXPECT_EQ(folded.source.back(), text.size());
}

TEST(Fold, of_a_folded_text_changes_nothing) {
  for (char32_t c = 1; c < 0x1FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string one;
    append_utf8(one, c);
    EXPECT_EQ(fold(fold(one)), fold(one)) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Text, broken_utf8_becomes_the_replacement_character) {
  bool mended = false;
  EXPECT_EQ(valid_utf8("a\xC0\xAF\xEDz", &mended), "a\uFFFD\uFFFD\uFFFDz");
  EXPECT_TRUE(mended);
  EXPECT_EQ(valid_utf8("Goïta", &mended), "Goïta");
  EXPECT_FALSE(mended);
}

TEST(Text, nothing_printable_steers_a_terminal) {
  EXPECT_EQ(printable("a\x1b[31mb\u009Bc\u202Ed\u200Be"), "a[31mbcde");
  EXPECT_EQ(one_line("a\nb\tc"), "a b c");
}

TEST(Text, nearest_word_is_a_plausible_slip_or_nothing) {
  EXPECT_EQ(nearest("contry", {"country", "region"}), "country");
  EXPECT_EQ(nearest("zzz", {"country", "region"}), "");
}

TEST(Geo, bamako_to_gao_is_about_950_km) {
  EXPECT_NEAR(distance_km({12.65, -8.0}, {16.27, -0.04}), 946, 15);
}

TEST(Geo, a_point_beside_a_road_has_its_distance_to_the_nearest_stretch) {
  EXPECT_NEAR(distance_to_line_km({0.1, 0.5}, {{0, 0}, {0, 1}}), 11.12, 0.1);
  EXPECT_NEAR(distance_to_line_km({0, 2}, {{0, 0}, {0, 1}}), 111.2, 0.5);
}

TEST(Geo, inside_and_outside_of_a_zone) {
  const std::vector<LatLon> square{{0, 0}, {0, 2}, {2, 2}, {2, 0}};
  EXPECT_TRUE(inside_polygon({1, 1}, square));
  EXPECT_FALSE(inside_polygon({3, 1}, square));
  EXPECT_FALSE(inside_polygon({1, 1}, {}));
}

TEST(Hash, agrees_with_the_published_vectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hmac_sha256_hex("key", "The quick brown fox jumps over the lazy dog"),
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
}

TEST(Diagnostics, show_place_line_and_caret) {
  Diagnostic d{"rules/a.yaml", {2, 10}, Diagnostic::Level::error, "R012", "unknown country \"MLI\""};
  EXPECT_EQ(pretty(d, "rules:\n  - when: MLI\n"),
            "rules/a.yaml:2:10: error R012: unknown country \"MLI\"\n  - when: MLI\n         ^\n");
}

TEST(Diagnostics, survive_a_place_outside_the_file) {
  EXPECT_EQ(pretty({"f", {99, 5}, Diagnostic::Level::warning, "X", "m"}, "one line"), "f:99:5: warning X: m\n");
}

}  // namespace tocsin
