#include "rules/handbook.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "rule_fixture.hpp"
#include "rules/needless.hpp"

namespace tocsin {
namespace {

std::string file_text(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(std::string(TOCSIN_SOURCE_DIR) + "/" + path).rdbuf();
  return text.str();
}

/// The blocks between ```yaml and ```, with their indentation taken off.
std::vector<std::string> yaml_blocks(const std::string& markdown) {
  std::vector<std::string> blocks;
  bool inside = false;
  std::size_t indent = 0;
  for (const std::string_view line : split(markdown, '\n')) {
    const auto start = line.find_first_not_of(' ');
    const std::string_view word = start == std::string_view::npos ? "" : line.substr(start);
    if (word == "```yaml") {
      blocks.emplace_back();
      indent = start;
    } else if (inside && word != "```") {
      blocks.back() += std::string(line.substr(std::min(indent, line.size()))) + "\n";
    }
    inside = word == "```yaml" || (inside && word != "```");
  }
  return blocks;
}

/// "R012" and the like in a text.
std::set<std::string> codes_in(const std::string& text) {
  std::set<std::string> codes;
  for (const std::string family : {"R0", "Y0"})
    for (std::size_t at = text.find(family); at != std::string::npos; at = text.find(family, at + 1))
      if (at + 4 <= text.size() && std::isdigit(text[at + 2]) && std::isdigit(text[at + 3]))
        codes.insert(text.substr(at, 4));
  return codes;
}

TEST(Handbook, holds_the_tables_that_the_code_makes) {
  const std::string handbook = file_text("docs/rules.md");
  EXPECT_NE(handbook.find(field_table()), std::string::npos) << "put this into docs/rules.md:\n" << field_table();
  EXPECT_NE(handbook.find(vocabulary_table()), std::string::npos) << vocabulary_table();
  EXPECT_NE(handbook.find(key_table()), std::string::npos) << key_table();
}

/// With TOCSIN_RENEW set the file is written anew instead.
void expect_committed(const std::string& path, const std::string& made) {
  if (std::getenv("TOCSIN_RENEW")) std::ofstream(std::string(TOCSIN_SOURCE_DIR) + "/" + path) << made;
  EXPECT_EQ(file_text(path), made) << "renew it: TOCSIN_RENEW=1 test_rules --gtest_filter='Handbook.*'";
}

TEST(Handbook, man_page_and_schema_are_what_the_code_makes) {
  expect_committed("packaging/man/tocsin-rules.5", rule_man_page());
  expect_committed("packaging/schema/tocsin-rules.schema.json", rule_schema());
}

TEST(Handbook, every_example_that_is_a_file_of_rules_loads) {
  RuleWorld world = small_world();
  world.organisation.recipients.push_back({"country-director", "", "en", false, {}, ""});
  const RuleFile shipped{"shipped.yaml",
                         "rules:\n  - {rule: coup, when: type = coup, severity: Minor}\n"
                         "  - {rule: attack-on-capital, when: type = attack, severity: Minor}\n",
                         0, true};
  int files = 0;
  for (const std::string& block : yaml_blocks(file_text("docs/rules.md"))) {
    if (block.rfind(" ", 0) == 0) continue;  // a fragment
    const auto loaded = load_rules({shipped, {"docs/rules.md", block, 1}}, world);
    EXPECT_TRUE(errors_of(loaded.findings).empty()) << join(messages_of(loaded.findings), "\n") << "\n" << block;
    ++files;
  }
  EXPECT_EQ(files, 6);
}

/// What stands between ``` and ``` below the first example.
std::string printed_finding(const std::string& page) {
  const auto start = page.find("\n```\n", page.find("```yaml"));
  const auto from = page.find("```\n", start + 5) + 4;
  return page.substr(from, page.find("```", from) - from);
}

/// Every finding of a text, the lints of `check` included, as `check` prints it.
std::string printed(const std::string& text, const std::string& code) {
  auto loaded = load_rules({{"rules.yaml", text, 1}}, small_world());
  warn_of_needless(loaded.rules.all().copy(), {"duty-officer"}, loaded.findings);
  for (const auto& d : loaded.findings.all())
    if (d.code == code) return pretty(d, text);
  return "";
}

TEST(Handbook, every_page_of_a_code_shows_an_example_that_produces_it_and_one_that_does_not) {
  for (const auto& code : codes_in(file_text("docs/errors/README.md"))) {
    const std::string page = file_text("docs/errors/" + code + ".md");
    ASSERT_EQ(page.rfind("# " + code + ": ", 0), 0u) << "docs/errors/" << code << ".md";
    if (code == "Y001") continue;  // bytes that are no text cannot stand in a page
    const auto examples = yaml_blocks(page);
    ASSERT_EQ(examples.size(), 2u) << code;
    EXPECT_EQ(trim(printed(examples[0], code)), trim(printed_finding(page))) << code;
    EXPECT_EQ(printed(examples[1], code), "") << code << " is not mended by its own page";
  }
}

TEST(Handbook, no_page_tells_of_a_code_that_does_not_exist) {
  const auto codes = codes_in(file_text("docs/errors/README.md"));
  for (const auto& entry : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/docs/errors"))
    EXPECT_TRUE(entry.path().stem() == "README" || codes.contains(entry.path().stem().string())) << entry.path();
}

TEST(Handbook, every_code_of_a_finding_is_documented_and_every_documented_code_exists) {
  std::set<std::string> used;
  for (const std::string folder : {"daemon/rules/", "daemon/settings/"})
    for (const auto& entry : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/" + folder))
      if (entry.path().extension() == ".cpp")
        used.merge(codes_in(file_text(folder + entry.path().filename().string())));
  EXPECT_EQ(codes_in(file_text("docs/errors/README.md")), used);
}

}  // namespace
}  // namespace tocsin
