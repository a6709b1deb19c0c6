// Which questions of the rules their tests ever decided: for `tocsin test --coverage`. A question counts as decided
// when the judgement of the rule came to it; one that never came out true, or never false, is one that nobody has
// tried.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.hpp"

namespace tocsin {

class Coverage {
 public:
  /// Judges the rule's conditions in their order, as matching does, and notes every question that was asked.
  void judge(const Rule& rule, const Incident& incident, const MatchContext& context);

  struct Question {
    std::string_view part;  // when | unless | confirm
    std::string text;       // as printed
    bool was_true = false, was_false = false;
  };
  /// Every question of one rule, in the order in which it is written.
  [[nodiscard]] std::vector<Question> of(const Rule& rule) const;

 private:
  struct Outcome {
    bool was_true = false, was_false = false;
  };
  using Key = std::pair<std::string, std::string>;  // part and text
  using Outcomes = std::map<Key, Outcome>;

  bool ask(const Condition& condition, std::string_view part, const Facts& facts, Outcomes& outcomes);

  std::map<std::string, Outcomes, std::less<>> rules_;
};

/// Where each question of a rule stands in its file: by part and text. One that a macro or another rule brings is not
/// in it. `text` is the file's.
std::map<std::pair<std::string, std::string>, Position> question_places(const Rule& rule, const std::string& text);

}  // namespace tocsin
