// Which rules can fire on an incident at all: each rule is filed under the rarest words that its `when` cannot do
// without, and judged only when the incident has one of them. Rules without such words (only numbers, distances, texts,
// negations) are judged every time: their cost is one plain evaluation each. Used by RuleSet alone.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "rules/packed_conditions.hpp"

namespace tocsin {

class RuleIndex {
 public:
  /// Files rule `number` by its condition; the conditions are the same in every call. Numbers ascend.
  void add(std::uint32_t number, const PackedConditions& conditions, PackedCondition when);
  /// After the last add().
  void seal(const PackedConditions& conditions);
  /// Every rule whose condition can hold, and some whose cannot; ascending.
  [[nodiscard]] std::vector<std::uint32_t> candidates(const Facts& facts) const;
  [[nodiscard]] std::size_t unfiled() const { return always_.size(); }

 private:
  /// Tests of words of which an incident must satisfy at least one, and how often about it will.
  struct Required {
    std::vector<std::uint32_t> tests;
    double share = 0;
  };
  struct Filed {
    std::uint32_t test, rule;
  };
  /// A word that a filed test wants. Two words of one hash only make a candidate too many.
  struct Entry {
    std::uint32_t hash, test;
  };

  bool require(const PackedConditions& conditions, PackedCondition condition, Required& out);
  bool require_test(const PackedConditions& conditions, std::uint32_t test, Required& out);
  double share_of_one_word(std::size_t field);
  void file_words(const PackedConditions& conditions);
  [[nodiscard]] std::size_t bucket(std::uint32_t hash) const { return hash >> shift_; }

  std::vector<Filed> filed_;            // until seal()
  std::vector<double> shares_;          // by field, -1: not asked for yet; until seal()
  std::vector<std::uint32_t> first_;    // by test: its first in rules_
  std::vector<std::uint32_t> rules_;    // by test, ascending
  std::vector<bool> fields_;            // of which any test is filed
  std::vector<std::uint32_t> buckets_;  // by the highest bits of the hash: the first in entries_
  std::vector<Entry> entries_;          // by bucket
  unsigned shift_ = 31;
  std::vector<std::uint32_t> always_;
};

}  // namespace tocsin
