// The conditions of a whole rule set in a few flat arrays, as they are kept and judged while the daemon runs: a test of
// one word takes 12 bytes beside its texts, an `and` four and four a part; equal parts are kept once. They answer as
// the trees of condition.hpp do, which come back from unpack() wherever reasons are wanted. Used by PackedRules and the
// index.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/condition.hpp"
#include "rules/text_pool.hpp"

namespace tocsin {

/// A condition: a test where the highest bit is set, else the place of an `and`, `or` or `not`.
using PackedCondition = std::uint32_t;

class PackedConditions {
 public:
  explicit PackedConditions(TextPool& texts) : texts_(texts) {}

  PackedCondition add(const Condition& condition);
  /// After the last add().
  void seal();

  /// As holds() and may_hold() of the tree that was added.
  [[nodiscard]] bool holds(PackedCondition condition, const Facts& facts) const;
  [[nodiscard]] bool may_hold(PackedCondition condition, const Facts& facts) const;
  [[nodiscard]] Condition unpack(PackedCondition condition) const;

  [[nodiscard]] static bool is_test(PackedCondition condition) { return (condition & kTest) != 0; }
  [[nodiscard]] static std::uint32_t test_number(PackedCondition condition) { return condition & ~kTest; }
  [[nodiscard]] std::size_t tests() const { return tests_.size(); }
  [[nodiscard]] Condition::Kind kind(PackedCondition condition) const;
  /// Of an `and`, `or` or `not`.
  [[nodiscard]] std::span<const PackedCondition> parts(PackedCondition junction) const;
  [[nodiscard]] const Field& field(std::uint32_t test) const { return all_fields()[tests_[test].field]; }
  /// The words of which an incident must have one for the test to hold; nothing for every other kind of test.
  [[nodiscard]] std::vector<std::string_view> wanted(std::uint32_t test) const;
  /// How many those are.
  [[nodiscard]] std::size_t wanted_words(std::uint32_t test) const;

 private:
  static constexpr std::uint32_t kTest = 1u << 31;
  static constexpr unsigned kCountShift = 2;  // below it the kind

  struct PackedTest {
    enum class Form : std::uint8_t { word, words, number, whole };
    std::uint8_t field = 0;
    Op op = Op::eq;
    Form form = Form::whole;
    std::uint32_t operand = 0;  // word: its text; words: of their count; number: in numbers_; whole: in whole_
    TextId written = 0;         // what stands behind field and operator
  };

  PackedCondition add_test(const std::shared_ptr<const Test>& test);
  PackedTest pack(const std::shared_ptr<const Test>& test);
  [[nodiscard]] bool test_holds(const PackedTest& test, const Facts& facts) const;
  [[nodiscard]] bool has_word(const PackedTest& test, std::string_view word) const;
  [[nodiscard]] std::shared_ptr<const Test> unpack_test(const PackedTest& test) const;
  template <bool kPerhaps>
  [[nodiscard]] bool judge(PackedCondition condition, const Facts& facts) const;

  /// What only adding needs.
  struct Known {
    std::unordered_map<std::shared_ptr<const Test>, PackedCondition> tests;
    std::unordered_map<std::uint64_t, PackedCondition> junctions;  // by hash
  };

  TextPool& texts_;
  std::vector<std::uint32_t> nodes_;  // of each junction: kind and count, then its parts
  std::vector<PackedTest> tests_;
  std::vector<std::uint32_t> word_lists_;  // of each: count, then texts in their order
  std::vector<double> numbers_;
  std::vector<std::shared_ptr<const Test>> whole_;  // patterns, distances, zones, several numbers
  std::unique_ptr<Known> known_ = std::make_unique<Known>();
};

}  // namespace tocsin
