#include "rules/condition.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/text.hpp"
#include "model/unplaced.hpp"
#include "rules/near.hpp"

namespace tocsin {

namespace {

bool intersects(const std::vector<std::string>& some, const std::vector<std::string>& sorted) {
  return std::any_of(some.begin(), some.end(),
                     [&](const auto& word) { return std::binary_search(sorted.begin(), sorted.end(), word); });
}

bool holds_words(const Test& test, const Value& value) {
  if (value.words.empty()) return false;
  return intersects(value.words, test.operand.words) != (test.op == Op::ne);
}

bool holds_phrase(const Test& test, const Value& value) {
  if (test.op == Op::matches)
    return std::any_of(value.raw.begin(), value.raw.end(),
                       [&](const auto& text) { return re2::RE2::PartialMatch(text, *test.operand.pattern); });
  return std::any_of(value.words.begin(), value.words.end(),
                     [&](const auto& text) { return text.find(test.operand.words.front()) != std::string::npos; });
}

std::string number_text(double number) {
  char out[32];
  std::snprintf(out, sizeof out, number == std::floor(number) ? "%.0f" : "%.2f", number);
  return out;
}

std::string seen(const Test& test, const Value& value) {
  if (value.place) return seen_distance(test.operand, value);
  if (!value.shown.empty()) return value.shown;
  if (value.number) return number_text(*value.number);
  const auto& words = value.raw.empty() ? value.words : value.raw;
  return words.empty() ? "unknown" : shortened(one_line(join(words, ", ")), 200);
}

Reason reason(const Test& test, const Facts& facts) {
  return {test.printed, seen(test, facts.of(*test.field))};
}

/// Several reasons as what they saw, each once.
std::string seen_by(const std::vector<Reason>& reasons) {
  std::vector<std::string> seen;
  for (const Reason& r : reasons)
    if (std::find(seen.begin(), seen.end(), r.saw) == seen.end()) seen.push_back(r.saw);
  return join(seen, "; ");
}

std::string print_joined(const Condition& c, std::string_view separator) {
  std::vector<std::string> parts;
  for (const Condition& part : c.parts) {
    const bool bracket = part.kind != Condition::Kind::test && part.kind != Condition::Kind::negation &&
                         !(part.kind == Condition::Kind::all && c.kind == Condition::Kind::any);
    parts.push_back(bracket ? "(" + print(part) + ")" : print(part));
  }
  return join(parts, separator);
}

}  // namespace

const Value& Facts::of(const Field& field) const {
  const auto all = all_fields();
  if (values_.empty()) values_.resize(all.size());
  auto& value = values_[static_cast<std::size_t>(&field - all.data())];
  if (!value) value = std::make_unique<Value>(field.read(incident_, context_));
  return *value;
}

bool compares(const Field& field, double seen, Op op, std::span<const double> wanted) {
  const bool judged = field.range.unknown_at == 0 || seen < field.range.unknown_at;
  switch (op) {
    case Op::eq:
    case Op::in:
      return std::find(wanted.begin(), wanted.end(), seen) != wanted.end();
    case Op::ne:
      return std::find(wanted.begin(), wanted.end(), seen) == wanted.end();
    case Op::lt:
      return judged && seen < wanted.front();
    case Op::le:
      return judged && seen <= wanted.front();
    case Op::gt:
      return seen > wanted.front();
    case Op::ge:
      return seen >= wanted.front();
    default:
      return false;
  }
}

bool holds(const Test& test, const Value& value) {
  switch (test.field->kind) {
    case ValueKind::words:
    case ValueKind::names:
      return holds_words(test, value);
    case ValueKind::number:
    case ValueKind::ordinal:
    case ValueKind::duration:
      return value.number && compares(*test.field, *value.number, test.op, test.operand.numbers);
    case ValueKind::phrase:
      return holds_phrase(test, value);
    case ValueKind::distance:
      return within(test.operand, value);
    case ValueKind::zone:
      break;
  }
  return inside(test.operand, *value.place);
}

bool holds(const Condition& c, const Facts& facts) {
  const auto part_holds = [&](const Condition& part) { return holds(part, facts); };
  switch (c.kind) {
    case Condition::Kind::all:
      return std::all_of(c.parts.begin(), c.parts.end(), part_holds);
    case Condition::Kind::any:
      return std::any_of(c.parts.begin(), c.parts.end(), part_holds);
    case Condition::Kind::negation:
      return !may_hold(c.parts.front(), facts);
    case Condition::Kind::test:
      break;
  }
  return holds(*c.test, facts.of(*c.test->field));
}

bool may_hold(const Condition& c, const Facts& facts) {
  if (!is_unplaced(facts.incident())) return holds(c, facts);
  const auto part_may = [&](const Condition& part) { return may_hold(part, facts); };
  switch (c.kind) {
    case Condition::Kind::all:
      return std::all_of(c.parts.begin(), c.parts.end(), part_may);
    case Condition::Kind::any:
      return std::any_of(c.parts.begin(), c.parts.end(), part_may);
    case Condition::Kind::negation:
      return !holds(c.parts.front(), facts);
    case Condition::Kind::test:
      break;
  }
  return asks_of_place(*c.test->field) || holds(c, facts);
}

std::vector<Reason> why_true(const Condition& c, const Facts& facts) {
  std::vector<Reason> reasons;
  if (c.kind == Condition::Kind::test) return {reason(*c.test, facts)};
  if (c.kind == Condition::Kind::negation) return {{print(c), why_false(c.parts.front(), facts).saw}};
  for (const Condition& part : c.parts) {
    if (c.kind == Condition::Kind::any && !holds(part, facts)) continue;
    auto more = why_true(part, facts);
    reasons.insert(reasons.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    if (c.kind == Condition::Kind::any) break;
  }
  return reasons;
}

Reason why_false(const Condition& c, const Facts& facts) {
  if (c.kind == Condition::Kind::test) return reason(*c.test, facts);
  if (c.kind == Condition::Kind::negation)
    return {print(c), seen_by(holds(c.parts.front(), facts) ? why_true(c.parts.front(), facts)
                                                            : std::vector{why_false(c.parts.front(), facts)})};
  if (c.kind == Condition::Kind::all) {
    for (const Condition& part : c.parts)
      if (!holds(part, facts)) return why_false(part, facts);
    return {};
  }
  std::vector<Reason> reasons;
  for (const Condition& part : c.parts) reasons.push_back(why_false(part, facts));
  return {print(c), seen_by(reasons)};
}

std::string print(const Condition& c) {
  switch (c.kind) {
    case Condition::Kind::all:
      return print_joined(c, " and ");
    case Condition::Kind::any:
      return print_joined(c, " or ");
    case Condition::Kind::negation: {
      const bool bracket = c.parts.front().kind == Condition::Kind::all || c.parts.front().kind == Condition::Kind::any;
      return bracket ? "not (" + print(c.parts.front()) + ")" : "not " + print(c.parts.front());
    }
    case Condition::Kind::test:
      break;
  }
  return c.test->printed;
}

std::size_t count_tests(const Condition& c) {
  if (c.kind == Condition::Kind::test) return 1;
  std::size_t n = 0;
  for (const Condition& part : c.parts) n += count_tests(part);
  return n;
}

}  // namespace tocsin
