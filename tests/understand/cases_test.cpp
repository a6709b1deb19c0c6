// Runs every sentence of tests/cases/understand/*.tsv. Columns: language, expectation (news: relevant; past: tells of
// an incident, no news; silent: not relevant), publication date, type, country, place, killed, event date, title, text.
// An empty cell is not checked; "-" means that nothing may be found.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"
#include "understand/understander.hpp"

namespace tocsin {
namespace {

struct Case {
  std::string where;
  std::vector<std::string> cells;
};

std::vector<Case> all_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(TOCSIN_SOURCE_DIR "/tests/cases/understand"))
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Case> cases;
  for (const auto& path : files) {
    std::ifstream file(path);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      if (line.empty() || line[0] == '#') continue;
      Case c{path.filename().string() + ':' + std::to_string(number), {}};
      for (const auto cell : split(line, '\t')) c.cells.emplace_back(cell);
      cases.push_back(std::move(c));
    }
  }
  return cases;
}

const Understander& understander() {
  static const auto opened = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image");
  return *opened;
}

Understanding read(const Case& c) {
  Item item;
  item.language = c.cells[0];
  if (!c.cells[2].empty()) item.published = parse_rfc3339(c.cells[2] + "T12:00:00Z");
  item.title = c.cells[8];
  item.text = c.cells[9];
  return understander().understand(item, {});
}

std::string expectation_met(const std::string& expected, const Understanding& u) {
  if (expected == "news") return u.relevant ? "news" : "silent";
  if (expected == "past") return !u.relevant && u.mentions_incident ? "past" : u.relevant ? "news" : "silent";
  return u.relevant ? "news" : "silent";
}

void check(const std::string& expected, const std::string& found, const char* what, const Case& c) {
  if (expected.empty()) return;
  EXPECT_EQ(expected == "-" ? "" : expected, found)
      << c.where << ": " << what << " of \"" << c.cells[8] << ' ' << c.cells[9] << '"';
}

TEST(Cases, every_sentence_is_understood_as_its_case_file_says) {
  const auto cases = all_cases();
  ASSERT_GE(cases.size(), 200U);
  for (const Case& c : cases) {
    ASSERT_EQ(c.cells.size(), 10U) << c.where << " needs ten cells";
    const Understanding u = read(c);
    check(c.cells[1], expectation_met(c.cells[1], u), "news value", c);
    check(c.cells[3], u.types.empty() ? "" : std::string(name(u.types.front())), "type", c);
    check(c.cells[4], u.place.country, "country", c);
    check(c.cells[5], u.place.name, "place", c);
    check(c.cells[6], u.killed.min ? std::to_string(*u.killed.min) : "", "killed", c);
    check(c.cells[7], u.event_date ? iso_date(*u.event_date) : "", "date", c);
  }
}

TEST(Cases, every_piece_of_evidence_is_the_text_at_its_offsets) {
  for (const Case& c : all_cases()) {
    const std::string whole = c.cells[8].empty() ? c.cells[9] : c.cells[8] + '\n' + c.cells[9];
    for (const Report& report : read(c).reports)
      for (const Evidence& e : report.evidence) {
        const auto from = byte_of_code_point(whole, e.start), to = byte_of_code_point(whole, e.end);
        EXPECT_EQ(e.text, whole.substr(from, to - from)) << c.where;
      }
  }
}

}  // namespace
}  // namespace tocsin
