#include "rules/handbook.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "rule_fixture.hpp"

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
  for (std::size_t at = text.find("R0"); at != std::string::npos; at = text.find("R0", at + 1))
    if (at + 4 <= text.size() && std::isdigit(text[at + 2]) && std::isdigit(text[at + 3]))
      codes.insert(text.substr(at, 4));
  return codes;
}

TEST(Handbook, holds_the_tables_that_the_code_makes) {
  const std::string handbook = file_text("docs/rules.md");
  EXPECT_NE(handbook.find(field_table()), std::string::npos) << "put this into docs/rules.md:\n" << field_table();
  EXPECT_NE(handbook.find(vocabulary_table()), std::string::npos) << vocabulary_table();
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
  EXPECT_EQ(files, 3);
}

TEST(Handbook, every_code_of_a_finding_is_documented_and_every_documented_code_exists) {
  std::set<std::string> used;
  for (const auto& entry : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/daemon/rules"))
    if (entry.path().extension() == ".cpp")
      for (const auto& code : codes_in(file_text("daemon/rules/" + entry.path().filename().string())))
        used.insert(code);
  EXPECT_EQ(codes_in(file_text("docs/errors/README.md")), used);
}

}  // namespace
}  // namespace tocsin
