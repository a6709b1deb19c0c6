// A condition ready to be judged: every word resolved, lists and macros expanded. Made by binder.hpp; judged against
// the facts of one incident, with the reason for the answer.
#pragma once
#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/field.hpp"

namespace tocsin {

/// One question about one field. Equal tests of a rule set share one object.
struct Test {
  const Field* field = nullptr;
  Op op = Op::eq;
  Operand operand;
  std::string printed;  // in the language
};

struct Condition {
  enum class Kind : std::uint8_t { all, any, negation, test };
  Kind kind = Kind::all;  // `all` of no parts always holds
  std::vector<Condition> parts;
  std::shared_ptr<const Test> test;
};

/// The values of one incident, each read once however many rules ask. Refers to what it is made from.
class Facts {
 public:
  Facts(const Incident& incident, const MatchContext& context) : incident_(incident), context_(context) {}
  const Value& of(const Field& field) const;
  const Incident& incident() const { return incident_; }
  const MatchContext& context() const { return context_; }

 private:
  const Incident& incident_;
  const MatchContext& context_;
  mutable std::vector<std::unique_ptr<Value>> values_;
};

/// A number that is known against the numbers of a test.
bool compares(const Field& field, double seen, Op op, std::span<const double> wanted);
bool holds(const Test& test, const Value& value);
/// Whether it surely holds. Where nothing is known of the place, what is asked of it neither holds nor fails, also
/// behind a `not`: an incident without a place is in no country, and outside of none.
bool holds(const Condition& condition, const Facts& facts);
/// Whether it would hold at some place, for an incident of which no place is known; holds() for every other one.
bool may_hold(const Condition& condition, const Facts& facts);

/// Why a condition is true or false: the first part that decided it, as written, and the value it saw.
struct Reason {
  std::string condition;  // "country in sahel"
  std::string saw;        // "FR"
};
/// Call only when the condition holds (`why_true`: one reason a test that contributed) or does not (`why_false`).
std::vector<Reason> why_true(const Condition& condition, const Facts& facts);
Reason why_false(const Condition& condition, const Facts& facts);

std::string print(const Condition& condition);
/// How many tests there are, shared ones as often as they occur.
std::size_t count_tests(const Condition& condition);

}  // namespace tocsin
