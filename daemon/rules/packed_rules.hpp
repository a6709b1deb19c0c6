// The rules of a set as they are kept while the daemon runs: about a hundred bytes each where a Rule takes fifteen
// hundred. What rules share, recipients, grades, an action, is kept once; a rule that counts or hears feeds is kept as
// it is. open() gives one back. Used by RuleSet alone.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/packed_conditions.hpp"
#include "rules/rule_set.hpp"

namespace tocsin {

/// One rule to look at: unpacked for this, or one that is kept whole.
class OpenRule {
 public:
  explicit OpenRule(Rule own) : own_(std::move(own)) {}
  explicit OpenRule(const Rule* kept) : kept_(kept) {}
  const Rule& operator*() const { return kept_ ? *kept_ : *own_; }
  const Rule* operator->() const { return &**this; }

 private:
  std::optional<Rule> own_;
  const Rule* kept_ = nullptr;
};

class PackedRules {
 public:
  PackedRules() = default;
  PackedRules(const PackedRules&) = delete;
  PackedRules& operator=(const PackedRules&) = delete;

  /// Rules are numbered in this order. Their tests are left out.
  void add(Rule rule);
  /// Takes out every rule of a file for which this holds; those behind it move up.
  void drop_files(const std::function<bool(const std::string&)>& broken);
  /// After the last add(): lets go of what only adding needs.
  void seal();

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] OpenRule open(std::size_t number) const;
  [[nodiscard]] std::string_view name(std::size_t number) const { return texts_.at(rows_[number].texts); }
  /// Whether it can match incidents at all: it is enabled and hears no feeds.
  [[nodiscard]] bool matches_incidents(std::size_t number) const;
  [[nodiscard]] Severity severity(std::size_t number) const { return manner(number).severity; }
  [[nodiscard]] PackedCondition when(std::size_t number) const { return rows_[number].when; }
  /// Whether its `when` holds and its `unless` does not; counting is not looked at.
  [[nodiscard]] bool conditions_hold(std::size_t number, const Facts& facts) const;
  [[nodiscard]] bool excepted(std::size_t number, const Facts& facts) const;
  [[nodiscard]] const PackedConditions& conditions() const { return conditions_; }
  /// Those that count or hear feeds, in their order.
  [[nodiscard]] const std::vector<Rule>& whole() const { return whole_; }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Row {
    TextId texts = 0;  // the name, then its title
    PackedCondition when = 0;
    std::uint32_t manner = 0;
    std::uint32_t line = 0;
  };
  /// What rules of one kind have in common.
  struct Manner {
    TextId file = 0, action = 0, notify = 0;
    PackedCondition unless = kNone, confirm = kNone;
    std::uint32_t column = 0;
    std::uint32_t whole = kNone;  // in whole_
    Severity severity = Severity::Unknown;
    Urgency urgency = Urgency::Unknown;
    Tlp tlp = Tlp::Green;
    bool enabled = true;
    bool operator==(const Manner&) const = default;
  };

  [[nodiscard]] const Manner& manner(std::size_t number) const { return manners_[rows_[number].manner]; }
  std::uint32_t number_of(const Manner& manner);
  TextId once(const std::vector<std::string_view>& texts);
  PackedCondition optional(const std::optional<Condition>& condition);
  [[nodiscard]] std::vector<std::string> texts_at(TextId id) const;
  [[nodiscard]] Rule unpack(std::size_t number) const;

  /// What only adding needs.
  struct Known {
    std::unordered_map<std::string, TextId> texts;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> manners;  // by hash
  };

  TextPool texts_;
  PackedConditions conditions_{texts_};
  std::vector<Row> rows_;
  std::vector<Manner> manners_;
  std::vector<Rule> whole_;
  std::unique_ptr<Known> known_ = std::make_unique<Known>();
};

}  // namespace tocsin
