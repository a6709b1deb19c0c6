#include "rules/rule_index.hpp"

#include <algorithm>
#include <optional>

namespace tocsin {

namespace {

/// Words of which an incident must have at least one, and how often about it will.
struct Required {
  std::vector<const Test*> tests;
  double share = 0;
};

constexpr double kOpenShare = 0.002;  // of a word out of an open vocabulary: a town, an actor, a feed

double share_of_one_word(const Field& field) {
  const std::size_t words = field.vocabulary ? field.vocabulary({}).size() : 0;
  return words == 0 ? kOpenShare : 1.0 / static_cast<double>(words);
}

std::optional<Required> required(const Test& test) {
  const bool of_words = test.field->kind == ValueKind::words || test.field->kind == ValueKind::names;
  if (!of_words || test.op == Op::ne) return std::nullopt;
  return Required{{&test}, share_of_one_word(*test.field) * static_cast<double>(test.operand.words.size())};
}

std::optional<Required> required(const Condition& c) {
  if (c.kind == Condition::Kind::test) return required(*c.test);
  if (c.kind == Condition::Kind::negation) return std::nullopt;
  std::optional<Required> best;
  for (const Condition& part : c.parts) {
    auto one = required(part);
    if (c.kind == Condition::Kind::all) {
      if (one && (!best || one->share < best->share)) best = std::move(one);
      continue;
    }
    if (!one) return std::nullopt;  // this side of the `or` needs no word
    if (!best) best.emplace();
    best->tests.insert(best->tests.end(), one->tests.begin(), one->tests.end());
    best->share += one->share;
  }
  return best;
}

std::size_t row_of(const Field& field) {
  return static_cast<std::size_t>(&field - all_fields().data());
}

}  // namespace

void RuleIndex::add(std::uint32_t number, const Condition& when) {
  const auto words = required(when);
  if (!words) {
    always_.push_back(number);
    return;
  }
  by_field_.resize(all_fields().size());
  for (const Test* test : words->tests)
    for (const std::string& word : test->operand.words) {
      auto& rules = by_field_[row_of(*test->field)][word];
      if (rules.empty() || rules.back() != number) rules.push_back(number);
    }
}

std::vector<std::uint32_t> RuleIndex::candidates(const Facts& facts) const {
  std::vector<std::uint32_t> found = always_;
  for (std::size_t row = 0; row < by_field_.size(); ++row) {
    if (by_field_[row].empty()) continue;
    for (const std::string& word : facts.of(all_fields()[row]).words) {
      const auto it = by_field_[row].find(word);
      if (it != by_field_[row].end()) found.insert(found.end(), it->second.begin(), it->second.end());
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace tocsin
