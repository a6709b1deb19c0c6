#include "rules/binder.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/fold.hpp"
#include "base/text.hpp"
#include "rules/lexer.hpp"
#include "rules/suggestion.hpp"

namespace tocsin {

namespace {

/// Macros upon macros; deeper ones nobody follows, and each level is a call on the stack.
constexpr int kHighest = 64;

/// Macros that double each other would grow a one-page file to billions of tests.
constexpr std::size_t kMostTests = 2000;

std::vector<std::string> field_names() {
  std::vector<std::string> names;
  for (const Field& f : all_fields())
    if (names.empty() || names.back() != f.name) names.emplace_back(f.name);
  return names;
}

std::string operators(const Field& field) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < kOps.names.size(); ++i)
    for (const Field& row : all_fields())
      if (row.name == field.name && allows(row.ops, static_cast<Op>(i))) words.emplace_back(kOps.names[i]);
  return join(words, " ");
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (failed != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

bool is_set_op(Op op) {
  return op == Op::in || op == Op::eq || op == Op::ne;
}

}  // namespace

void Binder::error(const Source& source, std::size_t offset, std::string_view code, std::string message) {
  findings_.error(source.file, source.at(offset), code, std::move(message));
}

void Binder::wrong(Draft& draft, Spot spot, std::string_view code, std::string message) {
  draft.good = false;
  findings_.error(spot.file, spot.at, code, std::move(message));
}

std::optional<Condition> Binder::bind(const Expr& expr, const Source& source) {
  Condition condition;
  bool good = false;
  switch (expr.kind) {
    case Expr::Kind::broken:
      return std::nullopt;
    case Expr::Kind::test:
      good = bind_test(expr, source, condition);
      break;
    case Expr::Kind::macro:
      good = bind_macro(expr, source, condition);
      break;
    default:
      good = bind_parts(expr, source, condition);
      break;
  }
  if (!good) return std::nullopt;
  if (count_tests(condition) <= kMostTests) return condition;
  error(source, 0, "R016", "with its macros this condition has more than 2000 tests; make the macros smaller");
  return std::nullopt;
}

bool Binder::bind_parts(const Expr& expr, const Source& source, Condition& out) {
  out.kind = expr.kind == Expr::Kind::all   ? Condition::Kind::all
             : expr.kind == Expr::Kind::any ? Condition::Kind::any
                                            : Condition::Kind::negation;
  bool good = true;
  for (const Expr& part : expr.parts) {
    auto bound = bind(part, source);  // every part, so that all findings are shown
    good = good && bound;
    if (bound) out.parts.push_back(std::move(*bound));
  }
  return good;
}

bool Binder::bind_macro(const Expr& expr, const Source& source, Condition& out) {
  const auto it = names_.macros.find(expr.name.text);
  if (it == names_.macros.end()) {
    const Field* f = find_field(expr.name.text, Op::eq);
    if (f) {
      error(source, expr.name.at, "R010",
            "after the field \"" + expr.name.text + "\" an operator is expected: " + operators(*f));
      return false;
    }
    std::vector<std::string> candidates = field_names();
    for (const auto& [name, macro] : names_.macros) candidates.push_back(name);
    error(source, expr.name.at, "R011",
          "unknown macro or field \"" + expr.name.text + "\"" + did_you_mean(expr.name.text, candidates));
    return false;
  }
  MacroDefinition& macro = it->second;
  macro.used = true;
  if (macro.state == MacroDefinition::State::binding) {
    error(source, expr.name.at, "R016", "the macro \"" + expr.name.text + "\" uses itself, here or through others");
    return false;
  }
  const bool fresh = macro.state == MacroDefinition::State::unbound;
  const bool good = depth_ < kHighest && unfold(macro);
  if (fresh && (depth_ >= kHighest || macro.height > kHighest))
    error(source, expr.name.at, "R016",
          "macros stand upon macros more than " + std::to_string(kHighest) + " high here; make the chain shorter");
  if (!good || macro.height > kHighest) return false;
  height_ = std::max(height_, macro.height);
  highest_layer_ = std::max({highest_layer_, macro.layer, macro.highest_layer});
  out = macro.condition;
  return true;
}

bool Binder::unfold(MacroDefinition& macro) {
  if (macro.state != MacroDefinition::State::unbound) return macro.state == MacroDefinition::State::bound;
  macro.state = MacroDefinition::State::binding;
  const int before = std::exchange(highest_layer_, kNoLayer), height = std::exchange(height_, 0);
  ++depth_;
  auto bound = bind(macro.expr, macro.source);
  --depth_;
  macro.height = std::exchange(height_, height) + 1;
  macro.highest_layer = std::exchange(highest_layer_, before);
  macro.state = bound ? MacroDefinition::State::bound : MacroDefinition::State::broken;
  if (bound) macro.condition = std::move(*bound);
  return macro.state == MacroDefinition::State::bound;
}

const Field* Binder::field_of(const Expr& expr, const Source& source) {
  const Field* f = find_field(expr.name.text, expr.op);
  if (!f) {
    const bool macro = names_.macros.count(expr.name.text) != 0;
    error(source, expr.name.at, "R011",
          macro ? "\"" + expr.name.text + "\" is a macro; a macro stands alone, without an operator"
                : "unknown field \"" + expr.name.text + "\"" + did_you_mean(expr.name.text, field_names()));
    return nullptr;
  }
  if (allows(f->ops, expr.op)) return f;
  error(source, expr.op_word.at, "R013",
        "\"" + std::string(kOps(expr.op)) + "\" does not fit the field \"" + expr.name.text +
            "\"; it takes: " + operators(*f));
  return nullptr;
}

bool Binder::bind_test(const Expr& expr, const Source& source, Condition& out) {
  out.kind = Condition::Kind::test;
  std::string printed = print(expr);
  if (const auto known = bound_.find(printed); known != bound_.end()) {
    highest_layer_ = std::max(highest_layer_, known->second.highest_layer);
    out.test = known->second.test;
    return true;
  }
  const std::size_t findings = findings_.all().size();
  const int before = std::exchange(highest_layer_, kNoLayer);
  out.test = test_of(expr, source, printed);
  // What was found is said again at every place, so only what is faultless is remembered.
  if (out.test && findings_.all().size() == findings)
    bound_.emplace(std::move(printed), Bound{out.test, highest_layer_});
  highest_layer_ = std::max(highest_layer_, before);
  return out.test != nullptr;
}

std::shared_ptr<const Test> Binder::test_of(const Expr& expr, const Source& source, std::string printed) {
  const Field* f = field_of(expr, source);
  if (!f) return nullptr;
  Draft draft{expr, source, *f, {}, true};
  if (f->kind == ValueKind::distance)
    bind_distance(draft);
  else if (f->kind == ValueKind::zone)
    bind_zone(draft);
  else
    bind_values(draft);
  if (!draft.good) return nullptr;
  auto& words = draft.operand.words;
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return std::make_shared<const Test>(Test{f, expr.op, std::move(draft.operand), std::move(printed)});
}

void Binder::bind_values(Draft& draft) {
  const Expr& e = draft.expr;
  const auto spot = [&](std::size_t offset) { return Spot{draft.source.file, draft.source.at(offset)}; };
  if (e.values.empty()) return wrong(draft, spot(e.op_word.at), "R014", "an empty list never holds");
  const bool several = is_set_op(e.op) && draft.field.kind != ValueKind::duration;
  if (e.listed && !several)
    return wrong(
        draft, spot(e.values.front().at), "R013",
        "\"" + std::string(kOps(e.op)) + "\" takes one value" +
            (allows(draft.field.ops, Op::in) ? "; for any of several write \"in\"" : "; join several with \"or\""));
  std::vector<std::string> open_lists;
  for (const Word& word : e.values) bind_value(draft, word, spot(word.at), open_lists);
}

void Binder::bind_value(Draft& draft, const Word& word, Spot spot, std::vector<std::string>& open_lists) {
  const bool own_word = draft.field.vocabulary && vocabulary(draft.field).known.count(word.text) != 0;
  const bool may_be_list = is_set_op(draft.expr.op) || draft.expr.op == Op::is;
  if (!own_word && may_be_list && is_list(word) && bind_list(draft, word, spot, open_lists)) return;
  switch (draft.field.kind) {
    case ValueKind::words:
      return bind_word(draft, word, spot);
    case ValueKind::names:
      return bind_name(draft, word, spot);
    case ValueKind::number:
      return bind_number(draft, word, spot);
    case ValueKind::ordinal:
      return bind_ordinal(draft, word, spot);
    case ValueKind::duration:
      return bind_duration(draft, word, spot);
    default:
      return bind_phrase(draft, word, spot);
  }
}

bool Binder::bind_list(Draft& draft, const Word& word, Spot spot, std::vector<std::string>& open_lists) {
  auto& list = names_.lists.find(word.text)->second;
  list.used = true;
  highest_layer_ = std::max(highest_layer_, list.layer);
  // Each list counts once, so that lists which name each other cannot grow without bound.
  if (std::find(open_lists.begin(), open_lists.end(), word.text) != open_lists.end()) return true;
  open_lists.push_back(word.text);
  const bool names = draft.field.kind == ValueKind::names;
  for (const auto& entry : list.entries) {
    const bool is_name = names && !names_.lists.count(entry.text);
    // A list of the configuration has no place in a rule file; what is wrong with it shows where it is used.
    bind_value(draft, {entry.text, is_name, 0}, entry.at.line > 0 ? Spot{list.file, entry.at} : spot, open_lists);
  }
  return true;
}

const Binder::Vocabulary& Binder::vocabulary(const Field& field) {
  const auto [it, is_new] = vocabularies_.try_emplace(&field);
  if (is_new && field.vocabulary) {
    it->second.words = field.vocabulary(world_);
    it->second.known.insert(it->second.words.begin(), it->second.words.end());
  }
  return it->second;
}

void Binder::unknown(Draft& draft, const Word& word, Spot spot, std::vector<std::string> candidates) {
  const bool lists = is_set_op(draft.expr.op);
  if (lists)
    for (const auto& [name, list] : names_.lists) candidates.push_back(name);
  const std::string alias = known_alias(draft.field, word.text);
  const std::string hint = alias.empty() ? did_you_mean(word.text, candidates) : "; did you mean \"" + alias + "\"?";
  wrong(draft, spot, "R012", "unknown " + std::string(draft.field.noun) + " \"" + word.text + "\"" + hint);
}

void Binder::bind_word(Draft& draft, const Word& word, Spot spot) {
  const Vocabulary& v = vocabulary(draft.field);
  if (v.known.count(word.text) == 0) return unknown(draft, word, spot, v.words);
  auto members = group_members(draft.field, word.text);
  if (members.empty()) members.push_back(word.text);
  auto& words = draft.operand.words;
  words.insert(words.end(), std::make_move_iterator(members.begin()), std::make_move_iterator(members.end()));
}

void Binder::bind_name(Draft& draft, const Word& word, Spot spot) {
  if (word.text.empty()) return wrong(draft, spot, "R014", "an empty name never holds");
  if (draft.field.name == "region" && is_region_code(word.text)) {
    if (!world_.regions.empty() && world_.regions.count(word.text) == 0) {
      std::vector<std::string> codes;
      for (const auto& [code, name] : world_.regions) codes.push_back(code);
      return unknown(draft, word, spot, std::move(codes));
    }
    draft.operand.words.push_back(word.text);
    return;
  }
  if (!word.quoted) {
    const bool kind = draft.field.name == "place" && find_field("place", Op::is) != nullptr &&
                      vocabulary(*find_field("place", Op::is)).known.count(word.text) != 0;
    if (kind) return wrong(draft, spot, "R012", "a kind of place is asked with \"is\": place is " + word.text);
    std::vector<std::string> lists;
    for (const auto& [name, list] : names_.lists) lists.push_back(name);
    return wrong(draft, spot, "R012",
                 "unknown list \"" + word.text + "\"" + did_you_mean(word.text, lists) + "; the name of a " +
                     std::string(draft.field.noun) + " stands in quotes");
  }
  draft.operand.words.push_back(fold(word.text));
}

void Binder::bind_number(Draft& draft, const Word& word, Spot spot) {
  const auto value = number(word.text);
  const Range& range = draft.field.range;
  const bool fits =
      value && *value >= range.least && *value <= range.most && (!range.whole || *value == std::floor(*value));
  if (!fits)
    return wrong(draft, spot, "R014",
                 "\"" + word.text + "\" does not fit the field \"" + std::string(draft.field.name) +
                     "\"; it takes: " + std::string(draft.field.values));
  draft.operand.numbers.push_back(*value);
}

void Binder::bind_ordinal(Draft& draft, const Word& word, Spot spot) {
  const auto& words = vocabulary(draft.field).words;
  const auto it = std::find(words.begin(), words.end(), word.text);
  if (it == words.end())
    return wrong(draft, spot, "R014",
                 "\"" + word.text + "\" does not fit the field \"" + std::string(draft.field.name) +
                     "\"; it takes: " + join(words, " "));
  draft.operand.numbers.push_back(static_cast<double>(it - words.begin()) + 1);
}

void Binder::bind_duration(Draft& draft, const Word& word, Spot spot) {
  const auto span = parse_duration(word.text);
  if (!span) return wrong(draft, spot, "R014", "\"" + word.text + "\" is no duration; write 15m, 48h or 7d");
  draft.operand.numbers.push_back(static_cast<double>(*span));
}

void Binder::bind_phrase(Draft& draft, const Word& word, Spot spot) {
  if (word.text.empty()) return wrong(draft, spot, "R014", "an empty text is in every title; name at least one letter");
  if (draft.expr.op != Op::matches) {
    draft.operand.words.push_back(fold(word.text));
    return;
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  auto pattern = std::make_shared<const re2::RE2>(word.text, options);
  if (!pattern->ok()) return wrong(draft, spot, "R017", "this regular expression cannot be used: " + pattern->error());
  draft.operand.pattern = std::move(pattern);
}

}  // namespace tocsin
