// Which rules can fire on an incident at all: each rule is filed under the rarest words that its `when` cannot do
// without, and judged only when the incident has one of them. Rules without such words (only numbers, distances, texts,
// negations) are judged every time: their cost is one plain evaluation each. Used by RuleSet alone.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/condition.hpp"

namespace tocsin {

class RuleIndex {
 public:
  /// Files rule `number` by its condition. Numbers ascend.
  void add(std::uint32_t number, const Condition& when);
  /// Every rule whose condition can hold, and some whose cannot; ascending.
  [[nodiscard]] std::vector<std::uint32_t> candidates(const Facts& facts) const;
  [[nodiscard]] std::size_t unfiled() const { return always_.size(); }

 private:
  using Postings = std::unordered_map<std::string, std::vector<std::uint32_t>>;
  std::vector<Postings> by_field_;  // by the field's row
  std::vector<std::uint32_t> always_;
};

}  // namespace tocsin
