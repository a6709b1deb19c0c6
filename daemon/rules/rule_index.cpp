#include "rules/rule_index.hpp"

#include <algorithm>
#include <bit>

#include "base/hash.hpp"

namespace tocsin {

namespace {

constexpr double kOpenShare = 0.002;  // of a word out of an open vocabulary: a town, an actor, a feed

std::uint32_t hash_of(std::size_t field, std::string_view word) {
  const std::uint64_t hash = fnv1a(word, 0xcbf29ce484222325ULL + field);
  return static_cast<std::uint32_t>((hash * 0x9E3779B97F4A7C15ULL) >> 32);
}

std::size_t row_of(const Field& field) {
  return static_cast<std::size_t>(&field - all_fields().data());
}

}  // namespace

double RuleIndex::share_of_one_word(std::size_t field) {
  if (shares_.empty()) shares_.assign(all_fields().size(), -1);
  double& share = shares_[field];
  if (share >= 0) return share;
  const auto vocabulary = all_fields()[field].vocabulary;
  const std::size_t words = vocabulary ? vocabulary({}).size() : 0;
  return share = words == 0 ? kOpenShare : 1.0 / static_cast<double>(words);
}

bool RuleIndex::require_test(const PackedConditions& conditions, std::uint32_t test, Required& out) {
  const std::size_t words = conditions.wanted_words(test);
  if (words == 0) return false;
  out.tests.push_back(test);
  out.share += share_of_one_word(row_of(conditions.field(test))) * static_cast<double>(words);
  return true;
}

/// Adds to `out`; false when the condition can hold without any word.
bool RuleIndex::require(const PackedConditions& conditions, PackedCondition condition, Required& out) {
  using Kind = Condition::Kind;
  if (PackedConditions::is_test(condition))
    return require_test(conditions, PackedConditions::test_number(condition), out);
  const Kind kind = conditions.kind(condition);
  if (kind == Kind::negation) return false;
  bool any = false;
  Required best;
  for (const PackedCondition part : conditions.parts(condition)) {
    Required one;
    const bool needed = require(conditions, part, kind == Kind::any ? out : one);
    if (kind == Kind::any && !needed) return false;  // this side of the `or` needs no word
    if (kind == Kind::all && needed && (!any || one.share < best.share)) best = std::move(one);
    any = any || needed;
  }
  out.tests.insert(out.tests.end(), best.tests.begin(), best.tests.end());
  out.share += best.share;
  return any;
}

void RuleIndex::add(std::uint32_t number, const PackedConditions& conditions, PackedCondition when) {
  Required words;
  if (!require(conditions, when, words)) return always_.push_back(number);
  for (const std::uint32_t test : words.tests) filed_.push_back({test, number});
}

void RuleIndex::seal(const PackedConditions& conditions) {
  first_.assign(conditions.tests() + 1, 0);
  for (const Filed& f : filed_) ++first_[f.test + 1];
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  rules_.resize(filed_.size());
  auto next = first_;
  for (const Filed& f : filed_) rules_[next[f.test]++] = f.rule;
  file_words(conditions);
  filed_ = {};
  shares_ = {};
  always_.shrink_to_fit();
}

void RuleIndex::file_words(const PackedConditions& conditions) {
  fields_.assign(all_fields().size(), false);
  std::vector<Entry> entries;
  for (std::uint32_t test = 0; test + 1 < first_.size(); ++test) {
    if (first_[test] == first_[test + 1]) continue;
    const std::size_t field = row_of(conditions.field(test));
    fields_[field] = true;
    for (const auto word : conditions.wanted(test)) entries.push_back({hash_of(field, word), test});
  }
  shift_ = 32 - std::max(1u, static_cast<unsigned>(std::bit_width(entries.size())) - (entries.empty() ? 0 : 1));
  buckets_.assign((std::size_t{1} << (32 - shift_)) + 1, 0);
  for (const Entry& e : entries) ++buckets_[bucket(e.hash) + 1];
  for (std::size_t i = 1; i < buckets_.size(); ++i) buckets_[i] += buckets_[i - 1];
  entries_.resize(entries.size());
  auto next = buckets_;
  for (const Entry& e : entries) entries_[next[bucket(e.hash)]++] = e;
}

std::vector<std::uint32_t> RuleIndex::candidates(const Facts& facts) const {
  std::vector<std::uint32_t> found = always_;
  for (std::size_t field = 0; field < fields_.size(); ++field) {
    if (!fields_[field]) continue;
    for (const std::string& word : facts.of(all_fields()[field]).words) {
      const std::uint32_t hash = hash_of(field, word);
      for (std::uint32_t i = buckets_[bucket(hash)]; i < buckets_[bucket(hash) + 1]; ++i)
        if (const Entry& e = entries_[i]; e.hash == hash)
          found.insert(found.end(), rules_.begin() + first_[e.test], rules_.begin() + first_[e.test + 1]);
    }
  }
  if (found.size() == always_.size()) return found;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace tocsin
