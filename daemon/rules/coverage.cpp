#include "rules/coverage.hpp"

#include <algorithm>
#include <array>

#include "settings/yaml.hpp"

namespace tocsin {

namespace {

constexpr std::array<std::string_view, 3> kParts{"when", "unless", "confirm"};

const Condition* part_of(const Rule& rule, std::string_view part) {
  if (part == "when") return &rule.when;
  const auto& other = part == "unless" ? rule.unless : rule.confirm;
  return other ? &*other : nullptr;
}

void tests_of(const Condition& c, std::vector<const Test*>& out) {
  if (c.kind == Condition::Kind::test) out.push_back(c.test.get());
  for (const Condition& part : c.parts) tests_of(part, out);
}

void places_in(const Expr& e, const std::string& part, const YamlNode& node,
               std::map<std::pair<std::string, std::string>, Position>& out) {
  if (e.kind == Expr::Kind::test) out.emplace(std::pair{part, print(e)}, node.position_of(e.name.at));
  for (const Expr& inner : e.parts) places_in(inner, part, node, out);
}

const YamlNode* rule_node(const YamlNode& root, const std::string& name) {
  const YamlNode* rules = root.find("rules");
  if (!rules) return nullptr;
  for (const YamlNode& rule : rules->items())
    if (const YamlNode* its = rule.find("rule"); its && its->text == name) return &rule;
  return nullptr;
}

}  // namespace

bool Coverage::ask(const Condition& c, std::string_view part, const Facts& facts, Outcomes& outcomes) {
  const auto asked = [&](const Condition& inner) { return ask(inner, part, facts, outcomes); };
  switch (c.kind) {
    case Condition::Kind::all:
      return std::all_of(c.parts.begin(), c.parts.end(), asked);
    case Condition::Kind::any:
      return std::any_of(c.parts.begin(), c.parts.end(), asked);
    case Condition::Kind::negation:
      asked(c.parts.front());
      return holds(c, facts);
    case Condition::Kind::test:
      break;
  }
  const bool answer = holds(c, facts);
  Outcome& outcome = outcomes[{std::string(part), c.test->printed}];
  (answer ? outcome.was_true : outcome.was_false) = true;
  return answer;
}

void Coverage::judge(const Rule& rule, const Incident& incident, const MatchContext& context) {
  const Facts facts(incident, context);
  Outcomes& outcomes = rules_[rule.name];
  if (!ask(rule.when, "when", facts, outcomes)) return;
  if (rule.unless && ask(*rule.unless, "unless", facts, outcomes)) return;
  if (rule.confirm) ask(*rule.confirm, "confirm", facts, outcomes);
}

std::vector<Coverage::Question> Coverage::of(const Rule& rule) const {
  const auto known = rules_.find(rule.name);
  std::vector<Question> questions;
  for (const std::string_view part : kParts) {
    const Condition* condition = part_of(rule, part);
    if (!condition) continue;
    std::vector<const Test*> tests;
    tests_of(*condition, tests);
    for (const Test* test : tests) {
      Question question{part, test->printed};
      if (known != rules_.end())
        if (const auto seen = known->second.find({std::string(part), test->printed}); seen != known->second.end())
          question.was_true = seen->second.was_true, question.was_false = seen->second.was_false;
      questions.push_back(std::move(question));
    }
  }
  return questions;
}

std::map<std::pair<std::string, std::string>, Position> question_places(const Rule& rule, const std::string& text) {
  std::map<std::pair<std::string, std::string>, Position> places;
  Diagnostics ignored;
  const auto document = parse_yaml(rule.file, text, ignored);
  const YamlNode* node = rule_node(document, rule.name);
  if (!node) return places;
  for (const std::string_view part : kParts)
    if (const YamlNode* condition = node->find(part); condition && condition->is_scalar())
      places_in(parse_condition(condition->text).expr, std::string(part), *condition, places);
  return places;
}

}  // namespace tocsin
