#include "rules/unreachable.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace tocsin {

namespace {

using Clash = std::optional<UnreachablePart>;

/// Tests that must hold together: those of nested `and` too.
void conjuncts(const Condition& c, std::vector<const Test*>& out) {
  if (c.kind == Condition::Kind::test) out.push_back(c.test.get());
  if (c.kind == Condition::Kind::all)
    for (const Condition& part : c.parts) conjuncts(part, out);
}

bool share_a_word(const Operand& a, const Operand& b) {
  return std::any_of(a.words.begin(), a.words.end(),
                     [&](const auto& word) { return std::binary_search(b.words.begin(), b.words.end(), word); });
}

struct Interval {
  double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;
};

Interval interval(const Test& t) {
  const auto& n = t.operand.numbers;
  Interval i;
  if (t.op == Op::eq || t.op == Op::in || t.op == Op::gt || t.op == Op::ge)
    i.low = *std::min_element(n.begin(), n.end());
  if (t.op == Op::eq || t.op == Op::in || t.op == Op::lt || t.op == Op::le)
    i.high = *std::max_element(n.begin(), n.end());
  i.low_open = t.op == Op::gt;
  i.high_open = t.op == Op::lt;
  return i;
}

bool overlap(const Interval& a, const Interval& b) {
  const auto below = [](const Interval& x, const Interval& y) {  // x wholly below y
    return x.high < y.low || (x.high == y.low && (x.high_open || y.low_open));
  };
  return !below(a, b) && !below(b, a);
}

Clash clash(const Condition& c);

Clash clash_of_all(const Condition& c) {
  std::vector<const Test*> tests;
  conjuncts(c, tests);
  for (std::size_t i = 0; i < tests.size(); ++i)
    for (std::size_t j = i + 1; j < tests.size(); ++j)
      if (exclude_each_other(*tests[i], *tests[j])) return UnreachablePart{tests[i]->printed, tests[j]->printed};
  for (const Condition& part : c.parts)
    if (auto found = clash(part)) return found;
  return std::nullopt;
}

/// The contradiction that makes this condition impossible, if there is one.
Clash clash(const Condition& c) {
  if (c.kind == Condition::Kind::all) return clash_of_all(c);
  if (c.kind != Condition::Kind::any) return std::nullopt;
  Clash first;
  for (const Condition& part : c.parts) {
    auto found = clash(part);
    if (!found) return std::nullopt;
    if (!first) first = std::move(found);
  }
  return first;
}

void collect(const Condition& c, std::vector<UnreachablePart>& out) {
  if (auto found = clash(c)) {
    out.push_back(std::move(*found));
    return;
  }
  for (const Condition& part : c.parts) collect(part, out);
}

}  // namespace

bool exclude_each_other(const Test& a, const Test& b) {
  if (a.field != b.field || !a.field->single) return false;
  if (a.field->kind != ValueKind::words) return !overlap(interval(a), interval(b));
  const bool positive = a.op != Op::ne && b.op != Op::ne;
  return positive && !share_a_word(a.operand, b.operand);
}

std::vector<UnreachablePart> unreachable_parts(const Condition& condition) {
  std::vector<UnreachablePart> parts;
  collect(condition, parts);
  if (parts.size() == 1) parts.front().whole = clash(condition).has_value();
  return parts;
}

}  // namespace tocsin
