#include "settings/yaml.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "settings/yaml_places.hpp"

namespace tocsin {
namespace {

YamlDocument read(std::string_view text) {
  Diagnostics findings;
  auto tree = parse_yaml("t.yaml", text, findings);
  EXPECT_TRUE(findings.all().empty()) << pretty(findings.all().front(), text);
  EXPECT_EQ(wrong_place(tree, text), "");
  return tree;
}

/// "LINE:COL CODE" of every finding.
std::vector<std::string> findings_of(std::string_view text) {
  Diagnostics findings;
  parse_yaml("t.yaml", text, findings);
  std::vector<std::string> out;
  for (const auto& d : findings.all())
    out.push_back(std::to_string(d.at.line) + ":" + std::to_string(d.at.column) + " " + d.code);
  return out;
}
using Places = std::vector<std::string>;

Position place_of(const YamlNode& scalar, std::string_view word) {
  return scalar.position_of(scalar.text.find(word));
}

TEST(Yaml, reads_mappings_sequences_and_scalars_with_their_places) {
  const auto tree = read("a: 1\nb:\n  - x\n  - {c: d}\n");
  ASSERT_TRUE(tree.is_mapping());
  EXPECT_EQ(tree.find("a")->text, "1");
  EXPECT_EQ(tree.find("a")->at, (Position{1, 4}));
  EXPECT_EQ(tree.key("b")->at, (Position{2, 1}));
  ASSERT_EQ(tree.find("b")->items().size(), 2u);
  EXPECT_EQ(tree.find("b")->items()[0].at, (Position{3, 5}));
  EXPECT_EQ(tree.find("b")->items()[1].find("c")->at, (Position{4, 9}));
  EXPECT_EQ(tree.find("z"), nullptr);
}

TEST(Yaml, leaves_every_scalar_as_the_admin_wrote_it) {
  const auto tree = read("[no, NO, 1e3, ~, null, 0x10, 12:30]");
  std::vector<std::string> words;
  for (const auto& item : tree.items()) words.push_back(item.text);
  EXPECT_EQ(words, (std::vector<std::string>{"no", "NO", "1e3", "~", "null", "0x10", "12:30"}));
}

TEST(Yaml, an_absent_value_is_nothing_and_a_quoted_empty_one_is_a_scalar) {
  const auto tree = read("a:\nb: ''\n");
  EXPECT_EQ(tree.find("a")->kind, YamlNode::Kind::nothing);
  EXPECT_TRUE(tree.find("b")->is_scalar());
}

TEST(Yaml, an_empty_file_and_a_file_of_comments_are_nothing) {
  EXPECT_EQ(read("").kind, YamlNode::Kind::nothing);
  EXPECT_EQ(read("# only words\n\n").kind, YamlNode::Kind::nothing);
  EXPECT_EQ(read("---\n...\n").kind, YamlNode::Kind::nothing);
}

TEST(Yaml, columns_count_code_points) {
  EXPECT_EQ(read("é: {ñandú: 日本, b: c}").find("é")->find("b")->at, (Position{1, 19}));
}

TEST(Yaml, a_byte_order_mark_and_windows_line_ends_do_not_move_the_places) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a: b\r\nc: d\r\n")
                .find("c")
                ->at,
            (Position{2, 4}));
}

TEST(YamlPlaces, in_plain_text_over_several_lines) {
  const auto tree_when = read("when: type = attack\n  and  place is capital\n\n\n  and last\n");
  const YamlNode& when = *tree_when.find("when");
  EXPECT_EQ(when.text, "type = attack and  place is capital\n\nand last");
  EXPECT_EQ(place_of(when, "place"), (Position{2, 8}));
  EXPECT_EQ(place_of(when, "last"), (Position{5, 7}));
}

TEST(YamlPlaces, in_folded_blocks) {
  const auto tree_when = read("when: >-  # why\n\n    one\n    two é three\n\n      indented\n    last\n");
  const YamlNode& when = *tree_when.find("when");
  EXPECT_EQ(when.text, "\none two é three\n\n  indented\nlast");
  EXPECT_EQ(when.at, (Position{3, 5}));
  EXPECT_EQ(place_of(when, "three"), (Position{4, 11}));
  EXPECT_EQ(place_of(when, "indented"), (Position{6, 7}));
  EXPECT_EQ(place_of(when, "last"), (Position{7, 5}));
}

TEST(YamlPlaces, in_literal_blocks_also_with_a_given_indentation) {
  const auto tree_a = read("k: |\n  a\n\n   b\n");
  const YamlNode& a = *tree_a.find("k");
  EXPECT_EQ(a.text, "a\n\n b\n");
  EXPECT_EQ(place_of(a, "b"), (Position{4, 4}));
  const auto tree_b = read("k: |2+\n     x\n  y\n\n");
  const YamlNode& b = *tree_b.find("k");
  EXPECT_EQ(b.text, "   x\ny\n\n");
  EXPECT_EQ(place_of(b, "x"), (Position{2, 6}));
  EXPECT_EQ(place_of(b, "y"), (Position{3, 3}));
}

TEST(YamlPlaces, in_folded_blocks_whose_lines_begin_with_blanks) {
  const auto tree_a = read("k: >1\n   x\n y\n z\n");
  const YamlNode& a = *tree_a.find("k");
  EXPECT_EQ(a.text, "  x\ny z\n");
  EXPECT_EQ(place_of(a, "z"), (Position{4, 2}));
}

TEST(YamlPlaces, in_single_quotes_with_doubled_ones) {
  const auto tree_a = read("k: 'it''s one\n   word''s'");
  const YamlNode& a = *tree_a.find("k");
  EXPECT_EQ(a.text, "it's one word's");
  EXPECT_EQ(place_of(a, "one"), (Position{1, 11}));
  EXPECT_EQ(place_of(a, "word"), (Position{2, 4}));
}

TEST(YamlPlaces, in_double_quotes_with_escapes_and_escaped_line_ends) {
  const auto tree_a = read("k: \"\\u00e9\\x41 b\\n \\\n   c\\\n\n   d  \n  e \\U0001F600f\"");
  const YamlNode& a = *tree_a.find("k");
  EXPECT_EQ(a.text, "éA b\n c\nd e 😀f");
  EXPECT_EQ(place_of(a, "b"), (Position{1, 16}));
  EXPECT_EQ(place_of(a, "c"), (Position{2, 4}));
  EXPECT_EQ(place_of(a, "d"), (Position{4, 4}));
  EXPECT_EQ(place_of(a, "f"), (Position{5, 15}));
}

TEST(YamlPlaces, beyond_the_end_is_after_the_last_character) {
  EXPECT_EQ(read("k: abc").find("k")->position_of(99), (Position{1, 7}));
}

TEST(YamlFindings, a_duplicate_key_is_an_error_at_its_second_place) {
  EXPECT_EQ(findings_of("a: 1\nb: 2\na: 3\n"), Places{"3:1 Y004"});
}

TEST(YamlFindings, anchors_aliases_tags_and_merge_are_errors_all_in_one_run) {
  EXPECT_EQ(findings_of("a: &x 1\nb: *x\nc: !!str 2\n"), (Places{"1:4 Y005", "2:4 Y005", "3:4 Y006"}));
}

TEST(YamlFindings, a_second_document_is_an_error) {
  EXPECT_EQ(findings_of("a: 1\n---\nb: 2\n"), Places{"2:1 Y007"});
}

TEST(YamlFindings, a_key_must_be_a_word) {
  EXPECT_EQ(findings_of("? [a]\n: b\n"), Places{"1:3 Y004"});
  EXPECT_EQ(findings_of("?\n: b\n"), Places{"1:2 Y004"});
}

TEST(YamlFindings, broken_syntax_names_the_place) {
  EXPECT_EQ(findings_of("a: b: c\n"), Places{"1:5 Y002"});
  EXPECT_EQ(findings_of("a: [b, c\n"), Places{"2:1 Y002"});
  EXPECT_EQ(findings_of("a: 'b\n"), Places{"2:1 Y002"});
  EXPECT_EQ(findings_of("a:\n\t- b\n"), Places{"2:1 Y002"});
}

TEST(YamlFindings, bytes_that_no_editor_shows_are_refused_with_their_place) {
  EXPECT_EQ(findings_of("é: \xFF"), Places{"1:4 Y001"});
  EXPECT_EQ(findings_of(std::string_view("a: b\0c", 6)), Places{"1:5 Y001"});
  EXPECT_EQ(findings_of("a: b\rc: d\n"), Places{"1:5 Y001"});
  EXPECT_EQ(findings_of("a: b\xE2\x80\xA8"), Places{"1:5 Y001"});
  EXPECT_EQ(findings_of("a: \xEF\xBF\xBD"), Places{});
}

TEST(YamlFindings, depth_and_size_are_bounded) {
  EXPECT_EQ(findings_of(std::string(100'000, '[')).size(), 1u);
  EXPECT_EQ(findings_of(std::string(9u << 20, '#')), Places{"1:1 Y003"});
  std::string many = "[";
  for (int i = 0; i < 600'000; ++i) many += "a,";
  EXPECT_EQ(findings_of(many + "]").size(), 1u);
}

TEST(YamlFindings, random_cuts_and_noise_are_safe_and_keep_every_place) {
  const std::string seed =
      "a: 'it''s\n  x'\nb: >-\n   one\n\n    two\n   three\nc: \"q\\u00e9 \\\n  r\\n\"\nd: [é, {x: |\n y}]\ne: &a "
      "*b\n- f: - g\n";
  std::mt19937 random(7);
  const std::string alphabet = " \n\t'\">|-:?[]{},#&*!%@\\x0é";
  for (int round = 0; round < 5000; ++round) {
    std::string text = seed;
    for (int edit = 0; edit < 4; ++edit) {
      const std::size_t at = random() % text.size();
      random() % 2 ? text.replace(at, random() % 6, 1, alphabet[random() % alphabet.size()])
                   : text.erase(at, random() % 9);
      if (text.empty()) text = "a";
    }
    Diagnostics findings;
    const auto tree = parse_yaml("t.yaml", text, findings);
    const bool decorated = std::any_of(findings.all().begin(), findings.all().end(),
                                       [](const auto& d) { return d.code == "Y005" || d.code == "Y006"; });
    ASSERT_TRUE(decorated || wrong_place(tree, text).empty()) << text;
  }
}

}  // namespace
}  // namespace tocsin
