// A rule file that somebody damaged at night: a word misspelt, bytes lost or doubled, lines moved. It is accepted or
// refused with a place that exists; nothing crashes and nothing is half loaded.
#include <gtest/gtest.h>

#include <cctype>
#include <random>

#include "base/text.hpp"
#include "rule_fixture.hpp"

namespace tocsin {
namespace {

const std::string kGood = R"(lists:
  sahel: [ML, BF, NE]
  towns:
    - Gao
    - "Ménaka"
macros:
  deadly: killed >= 10 or injured > 20
rules:
  - rule: one
    title: {en: One, fr: Un}
    when: >
      type in [attack, bombing] and place is capital and
      (country in sahel or place in towns) and not deadly
    unless: modality != reported or age > 48h
    severity: Extreme
    urgency: Immediate
    confirm: publishers >= 2 or reliability <= B
    notify: [duty-officer, security-lead]
    tlp: TLP:AMBER
    enabled: true
    tests:
      - {title: a, published: 2024-09-17T09:00:00Z, reliability: C, expect: fires}
      - items: [{title: b}, {title: c}]
        expect: silent
  - rule: two
    extends: one
    when: within 25km of any office and actor has jnim or inside liptako-gourma
    count: ">= 3 in 7d by region"
  - rule: three
    when: target in [airport, hotel] and actor_group has rebel and feed_tag has mali and hour >= 20
    severity: Minor
    spike: 3x of 28d by country
    new: actor in 90d by region
  - rule: four
    when: type = riot and within reach of any office
    severity: Minor
reach:
  - {type: [riot, protest], asset: office, hours: 18-6, km: 12.5}
  - {km: 30}
tests:
  - rule: four
    title: d
    expect: silent
    messages: [Alert, Update]
    recipients: [duty-officer]
)";

/// Words of which every letter matters, wherever they stand in kGood.
const std::vector<std::string> kWords{"lists",
                                      "macros",
                                      "rules",
                                      "title",
                                      "when",
                                      "type",
                                      "attack",
                                      "bombing",
                                      "capital",
                                      "country",
                                      "sahel",
                                      "towns",
                                      "deadly",
                                      "unless",
                                      "modality",
                                      "reported",
                                      "age",
                                      "48h",
                                      "severity",
                                      "Extreme",
                                      "urgency",
                                      "Immediate",
                                      "confirm",
                                      "publishers",
                                      "reliability",
                                      "notify",
                                      "duty-officer",
                                      "security-lead",
                                      "tlp",
                                      "TLP:AMBER",
                                      "enabled",
                                      "true",
                                      "tests",
                                      "published",
                                      "2024-09-17T09:00:00Z",
                                      "expect",
                                      "fires",
                                      "silent",
                                      "items",
                                      "extends",
                                      "within",
                                      "25km",
                                      "office",
                                      "actor",
                                      "jnim",
                                      "inside",
                                      "liptako-gourma",
                                      "count",
                                      "7d",
                                      "region",
                                      "target",
                                      "airport",
                                      "hotel",
                                      "actor_group",
                                      "rebel",
                                      "feed_tag",
                                      "mali",
                                      "hour",
                                      "Minor",
                                      "spike",
                                      "3x",
                                      "28d",
                                      "new",
                                      "90d",
                                      "ML",
                                      "NE"};

Position position_of(const std::string& text, std::size_t offset) {
  Position p{1, 1};
  for (std::size_t pos = 0; pos < offset;) {
    const bool line_end = text[pos] == '\n';
    next_code_point(text, pos);
    p = line_end ? Position{p.line + 1, 1} : Position{p.line, p.column + 1};
  }
  return p;
}

bool is_inside(const std::string& text, Position at) {
  const auto lines = split(text, '\n');
  return at.line >= 1 && at.line <= lines.size() + 1 && at.column >= 1 &&
         (at.line > lines.size() || at.column <= count_code_points(lines[at.line - 1]) + 1);
}

/// Where the whole word stands last: where it is used, not where it is defined, and not inside another.
std::size_t last_use(const std::string& word) {
  const auto part = [](std::size_t i) {
    const char c = i < kGood.size() ? kGood[i] : ' ';
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  };
  std::size_t at = kGood.rfind(word);
  while (at != std::string::npos && at > 0 && (part(at - 1) || part(at + word.size()))) at = kGood.rfind(word, at - 1);
  return at;
}

/// What must hold of any text at all.
void expect_sane(const std::string& text) {
  const auto loaded = load(text);
  for (const auto& d : loaded.findings.all()) {
    ASSERT_TRUE(is_inside(text, d.at)) << d.message << " at " << d.at.line << ":" << d.at.column << "\n" << text;
    ASSERT_FALSE(d.message.empty() || d.code.empty());
  }
  if (loaded.findings.has_errors()) {
    ASSERT_TRUE(loaded.rules.all().empty()) << "half loaded:\n" << text;
  }
}

TEST(DamagedFiles, the_good_one_is_good) {
  const auto loaded = load(kGood);
  EXPECT_TRUE(errors_of(loaded.findings).empty()) << join(messages_of(loaded.findings), "\n");
  EXPECT_EQ(loaded.rules.all().size(), 4u);
}

TEST(DamagedFiles, a_misspelt_word_is_found_where_it_stands) {
  int misspelt = 0;
  for (const std::string& word : kWords) {
    const std::size_t at = last_use(word);
    ASSERT_NE(at, std::string::npos) << word;
    for (const std::size_t cut : {std::size_t{0}, word.size() / 2, word.size()}) {
      std::string text = kGood;
      text.insert(at + cut, "Q");
      const auto loaded = load(text);
      const Position place = position_of(text, at);
      const std::string expected = std::to_string(place.line) + ":" + std::to_string(place.column) + " ";
      bool found = false;
      for (const std::string& e : errors_of(loaded.findings))
        found = found || e.find(":" + expected) != std::string::npos;
      EXPECT_TRUE(found) << word << " " << expected << join(errors_of(loaded.findings), ", ");
      EXPECT_TRUE(loaded.rules.all().empty());
      ++misspelt;
    }
  }
  EXPECT_GE(misspelt, 180);
}

std::string damaged(std::string text, std::mt19937& random) {
  const auto somewhere = [&] { return static_cast<std::size_t>(random() % (text.size() + 1)); };
  static const std::string kBytes = "[]{}()\"'\n:-,#&*!|>%@`? \t\xff\x00é=<";
  for (unsigned n = 1 + random() % 3; n > 0; --n) {
    const std::size_t at = somewhere(), length = random() % 12;
    switch (random() % 5) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, 1, kBytes[random() % kBytes.size()]);
        break;
      case 2:
        text.insert(at, text.substr(somewhere(), length));
        break;
      case 3:
        text.resize(at);
        break;
      default: {
        const auto line = text.find('\n', at);
        if (line != std::string::npos) text.insert(line + 1, text.substr(text.rfind('\n', at) + 1, line - at));
      }
    }
  }
  return text;
}

TEST(DamagedFiles, three_thousand_damaged_files_are_accepted_or_refused_with_a_place) {
  std::mt19937 random(3);
  for (int i = 0; i < 3000; ++i) {
    expect_sane(damaged(kGood, random));
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace tocsin
