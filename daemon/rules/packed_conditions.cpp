#include "rules/packed_conditions.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "model/unplaced.hpp"

namespace tocsin {

namespace {

using Kind = Condition::Kind;

/// "place = ": what every printed test begins with whose field is a word of its own.
std::string prefix_of(const Field& field, Op op) {
  return std::string(field.name) + " " + std::string(kOps(op)) + " ";
}

std::uint64_t hash_of(const std::vector<std::uint32_t>& node) {
  return fnv1a({reinterpret_cast<const char*>(node.data()), node.size() * sizeof node.front()});
}

bool is_of_words(const Field& field) {
  return field.kind == ValueKind::words || field.kind == ValueKind::names;
}

}  // namespace

PackedCondition PackedConditions::add(const Condition& condition) {
  if (condition.kind == Kind::test) return add_test(condition.test);
  std::vector<std::uint32_t> node{static_cast<std::uint32_t>(condition.parts.size()) << kCountShift |
                                  static_cast<std::uint32_t>(condition.kind)};
  for (const Condition& part : condition.parts) node.push_back(add(part));
  const auto place = static_cast<PackedCondition>(nodes_.size());
  const auto [it, is_new] = known_->junctions.try_emplace(hash_of(node), place);
  if (!is_new && std::equal(node.begin(), node.end(), nodes_.begin() + it->second)) return it->second;
  nodes_.insert(nodes_.end(), node.begin(), node.end());
  return place;
}

PackedCondition PackedConditions::add_test(const std::shared_ptr<const Test>& test) {
  const auto [it, is_new] = known_->tests.try_emplace(test, kTest | static_cast<std::uint32_t>(tests_.size()));
  if (is_new) tests_.push_back(pack(test));
  return it->second;
}

PackedConditions::PackedTest PackedConditions::pack(const std::shared_ptr<const Test>& test) {
  const std::string prefix = prefix_of(*test->field, test->op);
  const auto& words = test->operand.words;
  const auto& numbers = test->operand.numbers;
  PackedTest packed{static_cast<std::uint8_t>(test->field - all_fields().data()), test->op};
  const bool one_number = !is_of_words(*test->field) && numbers.size() == 1;
  if (!test->printed.starts_with(prefix) || !(is_of_words(*test->field) || one_number)) {
    packed.operand = static_cast<std::uint32_t>(whole_.size());
    whole_.push_back(test);
    return packed;
  }
  packed.written = texts_.put(std::string_view(test->printed).substr(prefix.size()));
  if (one_number) {
    packed.form = PackedTest::Form::number;
    packed.operand = static_cast<std::uint32_t>(numbers_.size());
    numbers_.push_back(numbers.front());
  } else if (words.size() == 1) {
    packed.form = PackedTest::Form::word;
    packed.operand = texts_.put(words.front());
  } else {
    packed.form = PackedTest::Form::words;
    packed.operand = static_cast<std::uint32_t>(word_lists_.size());
    word_lists_.push_back(static_cast<std::uint32_t>(words.size()));
    for (const std::string& word : words) word_lists_.push_back(texts_.put(word));
  }
  return packed;
}

void PackedConditions::seal() {
  known_.reset();
  nodes_.shrink_to_fit();
  tests_.shrink_to_fit();
  word_lists_.shrink_to_fit();
  numbers_.shrink_to_fit();
  whole_.shrink_to_fit();
}

bool PackedConditions::has_word(const PackedTest& test, std::string_view word) const {
  if (test.form == PackedTest::Form::word) return texts_.at(test.operand) == word;
  const auto* first = word_lists_.data() + test.operand + 1;
  const auto* last = first + word_lists_[test.operand];
  const auto* it = std::lower_bound(first, last, word, [&](TextId id, auto w) { return texts_.at(id) < w; });
  return it != last && texts_.at(*it) == word;
}

bool PackedConditions::test_holds(const PackedTest& test, const Facts& facts) const {
  const Field& field = all_fields()[test.field];
  const Value& value = facts.of(field);
  switch (test.form) {
    case PackedTest::Form::word:
    case PackedTest::Form::words: {
      const auto has = [&](const std::string& word) { return has_word(test, word); };
      if (value.words.empty()) return false;
      return std::any_of(value.words.begin(), value.words.end(), has) != (test.op == Op::ne);
    }
    case PackedTest::Form::number:
      return value.number && compares(field, *value.number, test.op, {&numbers_[test.operand], 1});
    case PackedTest::Form::whole:
      break;
  }
  return tocsin::holds(*whole_[test.operand], value);
}

template <bool kPerhaps>
bool PackedConditions::judge(PackedCondition condition, const Facts& facts) const {
  if (is_test(condition)) {
    const PackedTest& test = tests_[test_number(condition)];
    return (kPerhaps && asks_of_place(all_fields()[test.field])) || test_holds(test, facts);
  }
  const auto part_holds = [&](PackedCondition part) { return judge<kPerhaps>(part, facts); };
  const auto own = parts(condition);
  switch (kind(condition)) {
    case Kind::all:
      return std::all_of(own.begin(), own.end(), part_holds);
    case Kind::any:
      return std::any_of(own.begin(), own.end(), part_holds);
    default:
      return is_unplaced(facts.incident()) ? !judge<!kPerhaps>(own.front(), facts) : !part_holds(own.front());
  }
}

bool PackedConditions::holds(PackedCondition condition, const Facts& facts) const {
  return judge<false>(condition, facts);
}

bool PackedConditions::may_hold(PackedCondition condition, const Facts& facts) const {
  return is_unplaced(facts.incident()) ? judge<true>(condition, facts) : judge<false>(condition, facts);
}

Condition PackedConditions::unpack(PackedCondition condition) const {
  Condition out;
  out.kind = kind(condition);
  if (is_test(condition)) {
    out.test = unpack_test(tests_[test_number(condition)]);
    return out;
  }
  for (const PackedCondition part : parts(condition)) out.parts.push_back(unpack(part));
  return out;
}

std::shared_ptr<const Test> PackedConditions::unpack_test(const PackedTest& test) const {
  if (test.form == PackedTest::Form::whole) return whole_[test.operand];
  const Field& field = all_fields()[test.field];
  Test out{&field, test.op, {}, prefix_of(field, test.op).append(texts_.at(test.written))};
  if (test.form == PackedTest::Form::number) out.operand.numbers.push_back(numbers_[test.operand]);
  if (test.form == PackedTest::Form::word) out.operand.words.emplace_back(texts_.at(test.operand));
  if (test.form == PackedTest::Form::words)
    for (std::uint32_t i = 1; i <= word_lists_[test.operand]; ++i)
      out.operand.words.emplace_back(texts_.at(word_lists_[test.operand + i]));
  return std::make_shared<const Test>(std::move(out));
}

Kind PackedConditions::kind(PackedCondition condition) const {
  if (is_test(condition)) return Kind::test;
  return static_cast<Kind>(nodes_[condition] & ((1u << kCountShift) - 1));
}

std::span<const PackedCondition> PackedConditions::parts(PackedCondition junction) const {
  return {nodes_.data() + junction + 1, nodes_[junction] >> kCountShift};
}

std::size_t PackedConditions::wanted_words(std::uint32_t number) const {
  const PackedTest& test = tests_[number];
  if (test.op == Op::ne) return 0;
  if (test.form == PackedTest::Form::words) return word_lists_[test.operand];
  return test.form == PackedTest::Form::word ? 1 : 0;
}

std::vector<std::string_view> PackedConditions::wanted(std::uint32_t number) const {
  const PackedTest& test = tests_[number];
  std::vector<std::string_view> words;
  if (test.op == Op::ne) return words;
  if (test.form == PackedTest::Form::word) words.push_back(texts_.at(test.operand));
  if (test.form == PackedTest::Form::words)
    for (std::uint32_t i = 1; i <= word_lists_[test.operand]; ++i)
      words.push_back(texts_.at(word_lists_[test.operand + i]));
  return words;
}

}  // namespace tocsin
