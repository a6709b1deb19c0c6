// The quick reader and libyaml give the same tree, or the quick reader leaves the file alone.
#include "settings/yaml_plain.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tocsin {
namespace {

std::string show(Position at) {
  return std::to_string(at.line) + ":" + std::to_string(at.column);
}

/// The whole tree with the place of every byte of every scalar.
std::string show(const YamlNode& node) {
  std::string out = std::to_string(static_cast<int>(node.kind)) + "@" + show(node.at);
  if (node.is_scalar()) {
    out += "'" + node.text + "'";
    for (std::size_t byte = 0; byte <= node.text.size(); ++byte) out += show(node.position_of(byte)) + " ";
  }
  for (const YamlNode& item : node.items()) out += "[" + show(item) + "]";
  for (const auto& [key, value] : node.entries()) out += "{" + show(key) + "=" + show(value) + "}";
  return out;
}

/// A mark of the document's end is nothing to libyaml and not plain.
std::string by_libyaml(const std::string& text) {
  const std::string ended = text + "\n...\n";
  Diagnostics findings;
  const auto tree = parse_yaml("t.yaml", ended, findings);
  return findings.all().empty() ? show(tree) : "findings: " + findings.all().front().message;
}

/// Whether the quick reader took it; then it must agree with libyaml.
bool agreed(const std::string& text) {
  YamlDocument plain;
  if (!read_plain_yaml(text, plain)) return false;
  EXPECT_EQ(show(plain), by_libyaml(text)) << text;
  return true;
}

const std::string kPlain = R"(# a comment
lists:
  sahel: [ML, BF, NE]
  towns:
    - Gao
    - "Ménaka"   
  none: []

macros:
  deadly: killed >= 10 or injured > 20
rules:
- rule: one
  title: {en: "One: two", fr: l'été à Gao, de: 'x'}
  when: >
    type in [attack, bombing] and place is capital and
    country in sahel and place = 'Ménaka'

  unless: |-
    a
    b
  empty:
  nested:
    deeper:
      - - 
)";

TEST(PlainYaml, of_a_rule_file_is_read_as_libyaml_reads_it) {
  const std::string text = kPlain.substr(0, kPlain.find("  nested:"));
  EXPECT_TRUE(agreed(text));
  EXPECT_TRUE(agreed(text + "  last: >-\n    one line\n"));
  EXPECT_FALSE(agreed(kPlain)) << "a list in a list is left to libyaml";
}

TEST(PlainYaml, leaves_what_is_not_plain_to_libyaml) {
  for (const char* text : {"a: b\n  c\n",
                           "a: b # c\n",
                           "a: *b\n",
                           "a: &b c\n",
                           "a: !b c\n",
                           "a: \"\\n\"\n",
                           "a: 'b''c'\n",
                           "a: b: c\n",
                           "a: b:\n",
                           "a: [b,\n c]\n",
                           "a: {b}\n",
                           "a: [b: c]\n",
                           "a:\n\t- b\n",
                           "? a\n: b\n",
                           "a: 1\na: 2\n",
                           "{a: b, a: c}\n",
                           "a\n",
                           "",
                           "# only words\n",
                           "---\na: b\n",
                           " a: b\n",
                           "a: >+\n  b\n",
                           "a: >\n  b\n   c\n",
                           "a: >\n\n  b\n",
                           "a: >\n  b",
                           "a: b\r\n",
                           "a: @b\n",
                           "a: [b,]\n"})
    EXPECT_FALSE(agreed(text)) << text;
}

TEST(PlainYaml, a_line_of_blanks_ends_no_text) {
  agreed("rules:\n  - when: |\n      killed >= 1\n \n      # and country = ML\n    severity: Minor\n");
  agreed("rules:\n  - when: >\n      killed >= 1\n    \n  \n      and country = ML\n");
  EXPECT_TRUE(agreed("rules:\n  - when: |\n      killed >= 1\n   \n    severity: Minor\n"));
}

TEST(PlainYaml, and_libyaml_agree_on_damaged_files) {
  std::mt19937 random(9);
  const std::string alphabet = " \n'\">|-:?[]{},#&*!%@\\xé\t";
  std::size_t taken = 0;
  for (int round = 0; round < 8'000; ++round) {
    std::string text = kPlain.substr(0, kPlain.find("  nested:"));
    for (unsigned edits = 1 + random() % 3; edits > 0; --edits) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text.replace(at, random() % 3, 1, alphabet[random() % alphabet.size()]);
          break;
        case 1:
          text.erase(at, random() % 9);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 12));
          break;
        default:  // another indentation
          if (const auto line = text.find('\n', at); line != std::string::npos)
            random() % 2 ? text.insert(line + 1, random() % 3, ' ') : text.erase(line + 1, random() % 3);
      }
      if (text.empty()) text = "a";
    }
    Diagnostics findings;
    parse_yaml("t.yaml", text, findings);
    if (!findings.all().empty() && findings.all().front().code == "Y001") continue;
    taken += agreed(text);
    if (HasFailure()) return;
  }
  EXPECT_GT(taken, 1'000u) << "a test in which nothing is read quickly proves nothing";
}

}  // namespace
}  // namespace tocsin
