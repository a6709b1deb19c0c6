#include "rules/implication.hpp"

#include <algorithm>

#include "rules/unreachable.hpp"

namespace tocsin {

namespace {

using Kind = Condition::Kind;

bool subset(const std::vector<std::string>& some, const std::vector<std::string>& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());  // operands are sorted
}

/// Both ask for words: `a` for one of its own, or for none of them.
bool words_imply(const Test& a, const Test& b) {
  if (a.op != Op::ne && b.op != Op::ne) return subset(a.operand.words, b.operand.words);
  if (a.op == Op::ne && b.op == Op::ne) return subset(b.operand.words, a.operand.words);
  return a.op != Op::ne && exclude_each_other(a, Test{b.field, Op::in, b.operand, ""});
}

bool satisfies(const Test& b, double number) {
  Value value;
  value.number = number;
  return holds(b, value);
}

bool is_equality(Op op) {
  return op == Op::eq || op == Op::in;
}
bool is_upper_bound(Op op) {
  return op == Op::lt || op == Op::le;
}
bool is_lower_bound(Op op) {
  return op == Op::gt || op == Op::ge;
}

bool numbers_imply(const Test& a, const Test& b) {
  const auto& wanted = a.operand.numbers;
  if (is_equality(a.op)) return std::all_of(wanted.begin(), wanted.end(), [&](double n) { return satisfies(b, n); });
  const double bound = wanted.front(), other = b.operand.numbers.front();
  const bool closed_in_open = (a.op == Op::le && b.op == Op::lt) || (a.op == Op::ge && b.op == Op::gt);
  if (is_upper_bound(a.op) && is_upper_bound(b.op)) return closed_in_open ? bound < other : bound <= other;
  if (is_lower_bound(a.op) && is_lower_bound(b.op)) return closed_in_open ? bound > other : bound >= other;
  return false;
}

bool shapes_imply(const Test& a, const Test& b) {
  // Nothing to measure to holds for no incident, and says nothing about the rules.
  if (a.operand.reach || b.operand.reach || a.operand.shapes.empty()) return false;
  const auto has = [&](const Shape& shape) {
    return std::any_of(b.operand.shapes.begin(), b.operand.shapes.end(),
                       [&](const Shape& s) { return s.id == shape.id; });
  };
  return a.operand.km <= b.operand.km && std::all_of(a.operand.shapes.begin(), a.operand.shapes.end(), has);
}

bool test_implies(const Test& a, const Test& b) {
  if (&a == &b || a.printed == b.printed) return true;
  if (a.field != b.field) return false;
  switch (a.field->kind) {
    case ValueKind::words:
    case ValueKind::names:
      return words_imply(a, b);
    case ValueKind::number:
    case ValueKind::ordinal:
    case ValueKind::duration:
      return numbers_imply(a, b);
    case ValueKind::distance:
    case ValueKind::zone:
      return shapes_imply(a, b);
    case ValueKind::phrase:
      break;
  }
  return false;
}

/// Every branch of one side against every branch of the other: without an end to its patience a condition of a kilobyte
/// would take hours. What is not found in time counts as not implied, which only leaves a warning out.
class Inference {
 public:
  bool implies(const Condition& a, const Condition& b) {
    if (steps_ == 0) return false;
    --steps_;
    const auto implied = [&](const Condition& part) { return implies(a, part); };
    const auto implying = [&](const Condition& part) { return implies(part, b); };
    if (a.kind == Kind::any) return std::all_of(a.parts.begin(), a.parts.end(), implying);
    if (b.kind == Kind::all) return std::all_of(b.parts.begin(), b.parts.end(), implied);
    if (a.kind == Kind::all && std::any_of(a.parts.begin(), a.parts.end(), implying)) return true;
    if (b.kind == Kind::any) return std::any_of(b.parts.begin(), b.parts.end(), implied);
    if (a.kind == Kind::negation && b.kind == Kind::negation) return implies(b.parts.front(), a.parts.front());
    const bool tests = a.kind == Kind::test;
    if (tests && b.kind == Kind::test) return test_implies(*a.test, *b.test);
    const bool denied_test = b.kind == Kind::negation && b.parts.front().kind == Kind::test;
    return tests && denied_test && exclude_each_other(*a.test, *b.parts.front().test);
  }

 private:
  int steps_ = 20'000;
};

}  // namespace

bool implies(const Condition& a, const Condition& b) {
  return Inference().implies(a, b);
}

}  // namespace tocsin
