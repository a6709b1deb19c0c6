#include "rules/expression.hpp"

#include <optional>

#include "base/text.hpp"
#include "rules/lexer.hpp"

namespace tocsin {

namespace {

constexpr int kMostBrackets = 64;

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

  ParsedCondition run() {
    ParsedCondition out;
    out.expr = disjunction();
    // A stray token is one fault; what follows it is read all the same, so that its faults are shown too.
    while (here().kind != Token::Kind::end) {
      stray();
      if (here().kind != Token::Kind::end) out.expr = joined(Expr::Kind::all, {std::move(out.expr), disjunction()});
    }
    out.faults = std::move(faults_);
    return out;
  }

 private:
  const Token& here() const { return tokens_[next_]; }
  Token take() { return here().kind == Token::Kind::end ? here() : tokens_[next_++]; }
  bool at_word(std::string_view word) const { return here().kind == Token::Kind::word && here().text == word; }
  bool take_word(std::string_view word) {
    if (!at_word(word)) return false;
    ++next_;
    return true;
  }

  void fault(const Token& where, std::string message) {
    if (faults_.empty() || faults_.back().at != where.at) faults_.push_back({where.at, "R010", std::move(message)});
  }

  static std::string shown(const Token& t) {
    return t.kind == Token::Kind::end ? "the condition ends" : "\"" + shortened(t.text, 30) + "\" stands";
  }

  static std::string hint(const Token& t) {
    if (t.text == "&&" || t.text == "AND" || t.text == "And") return "; write \"and\" in lower case";
    if (t.text == "||" || t.text == "OR" || t.text == "Or") return "; write \"or\" in lower case";
    if (t.text == "!" || t.text == "NOT" || t.text == "Not") return "; write \"not\" in lower case";
    if (t.kind != Token::Kind::bad) return "";
    if (t.text[0] == '"' || t.text[0] == '\'') return "; the closing quote is missing";
    return "; use plain quotes \" or ' around anything but letters, digits, - _ .";
  }

  Expr broken(const Token& where, std::string_view expected) {
    fault(where, std::string(expected) + " is expected where " + shown(where) + hint(where));
    skip_part();
    return {};
  }

  void stray() {
    const Token t = here();
    if (t.kind == Token::Kind::close) {
      fault(t, "this bracket closes nothing");
      take();
    } else {
      fault(t, "\"and\", \"or\" or the end is expected where " + shown(t) + hint(t));
    }
    if (!hint(t).empty() && t.kind != Token::Kind::close) take();
    // "killed over 3": what cannot be a test is part of the same fault.
    if (t.kind != Token::Kind::close && hint(t).empty() && !looks_like_test()) skip_part();
    if (at_word("and") || at_word("or")) take();
  }

  bool looks_like_test() const {
    if (here().kind != Token::Kind::word || is_keyword(here().text) || next_ + 1 >= tokens_.size()) return false;
    const Token& then = tokens_[next_ + 1];
    return then.kind == Token::Kind::op || (then.kind == Token::Kind::word && kOps.find(then.text));
  }

  void skip_part() {
    while (here().kind != Token::Kind::end && here().kind != Token::Kind::close && !at_word("and") && !at_word("or"))
      take();
  }

  static Expr joined(Expr::Kind kind, std::vector<Expr> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    Expr e;
    e.kind = kind;
    e.parts = std::move(parts);
    return e;
  }

  Expr disjunction() {
    std::vector<Expr> parts;
    do parts.push_back(conjunction());
    while (take_word("or"));
    return joined(Expr::Kind::any, std::move(parts));
  }

  Expr conjunction() {
    std::vector<Expr> parts;
    do parts.push_back(negation());
    while (take_word("and"));
    return joined(Expr::Kind::all, std::move(parts));
  }

  Expr negation() {
    const Token start = here();
    if (!take_word("not")) return primary();
    if (++depth_ > kMostBrackets) return too_deep(start);
    Expr inner = negation();
    --depth_;
    if (inner.kind == Expr::Kind::broken) return inner;
    Expr e;
    e.kind = Expr::Kind::negation;
    e.parts.push_back(std::move(inner));
    return e;
  }

  Expr too_deep(const Token& where) {
    fault(where, "more than 64 brackets deep; use macros to make it readable");
    while (here().kind != Token::Kind::end) take();
    --depth_;
    return {};
  }

  Expr primary() {
    const Token start = here();
    if (start.kind == Token::Kind::open) return bracketed();
    if (take_word("within")) return within(start);
    if (take_word("inside")) return inside(start);
    if (start.kind != Token::Kind::word || is_keyword(start.text)) return broken(start, "a field or a macro");
    take();
    return test_or_macro(start);
  }

  Expr bracketed() {
    const Token start = take();
    if (++depth_ > kMostBrackets) return too_deep(start);
    Expr e = disjunction();
    --depth_;
    while (here().kind != Token::Kind::close && here().kind != Token::Kind::end) {
      stray();
      if (here().kind != Token::Kind::close && here().kind != Token::Kind::end)
        e = joined(Expr::Kind::all, {std::move(e), disjunction()});
    }
    if (here().kind == Token::Kind::end)
      fault(start, "this bracket is never closed");
    else
      take();
    return e;
  }

  static Word word(const Token& t) { return {std::string(t.text), t.kind == Token::Kind::quoted, t.at}; }

  std::optional<Op> take_op() {
    if (here().kind != Token::Kind::op && here().kind != Token::Kind::word) return std::nullopt;
    if (here().text == "==") fault(here(), "write = for equality, not ==");
    const auto op = here().text == "==" ? std::optional(Op::eq) : kOps.find(here().text);
    if (!op || *op == Op::within || *op == Op::inside) return std::nullopt;
    take();
    return op;
  }

  Expr test_or_macro(const Token& name) {
    Expr e;
    e.name = word(name);
    const Token at = here();
    const auto op = take_op();
    if (!op) {
      const bool other_operator = at.kind == Token::Kind::bad && hint(at).find("write \"") == std::string::npos;
      if (other_operator) return broken(at, "an operator (= != < <= > >= is in has contains matches)");
      e.kind = Expr::Kind::macro;
      return e;
    }
    e.op = *op;
    e.op_word = word(at);
    return values(e) ? finished(e, Expr::Kind::test) : Expr{};
  }

  static Expr finished(Expr& e, Expr::Kind kind) {
    e.kind = kind;
    return std::move(e);
  }

  bool take_value(Expr& e) {
    const Token t = here();
    const bool value = t.kind == Token::Kind::quoted || (t.kind == Token::Kind::word && !is_keyword(t.text));
    if (!value) {
      broken(t, "a value");
      return false;
    }
    e.values.push_back(word(take()));
    return true;
  }

  bool values(Expr& e) {
    if (here().kind != Token::Kind::open_list) return take_value(e);
    e.listed = true;
    const Token start = take();
    while (here().kind != Token::Kind::close_list) {
      if (here().kind == Token::Kind::end) {
        fault(start, "this list is never closed; write ] after its last value");
        return false;
      }
      if (!take_value(e)) return false;
      if (here().kind == Token::Kind::comma)
        take();
      else if (here().kind != Token::Kind::close_list && here().kind != Token::Kind::end)
        return broken(here(), "\",\" or \"]\""), false;
    }
    take();
    return true;
  }

  Expr within(const Token& start) {
    Expr e;
    e.name = word(start);
    e.op = Op::within;
    e.op_word = e.name;
    if (here().kind != Token::Kind::word || is_keyword(here().text)) return broken(here(), "a distance such as 25km");
    e.distance = word(take());
    if (!take_word("of")) return broken(here(), "\"of\"");
    if (take_word("any"))
      e.near = Expr::Near::any_of_kind;
    else if (take_word("road"))
      e.near = Expr::Near::road;
    return values(e) ? finished(e, Expr::Kind::test) : Expr{};
  }

  Expr inside(const Token& start) {
    Expr e;
    e.name = word(start);
    e.op = Op::inside;
    e.op_word = e.name;
    return values(e) ? finished(e, Expr::Kind::test) : Expr{};
  }

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  std::vector<Fault> faults_;
};

std::string print_values(const Expr& e) {
  std::vector<std::string> words;
  for (const Word& w : e.values) words.push_back(print(w));
  return e.listed ? "[" + join(words, ", ") + "]" : join(words, "");
}

std::string print_test(const Expr& e) {
  if (e.op == Op::inside) return "inside " + print_values(e);
  if (e.op != Op::within) return e.name.text + " " + std::string(kOps(e.op)) + " " + print_values(e);
  const std::string_view to = e.near == Expr::Near::any_of_kind ? "any " : e.near == Expr::Near::road ? "road " : "";
  return "within " + e.distance.text + " of " + std::string(to) + print_values(e);
}

/// Brackets keep the tree: `(a or b) or c` is not `a or b or c`.
std::string print_part(const Expr& part, Expr::Kind around) {
  const bool compound = part.kind == Expr::Kind::all || part.kind == Expr::Kind::any;
  const bool bare = !compound || (part.kind == Expr::Kind::all && around == Expr::Kind::any);
  return bare ? print(part) : "(" + print(part) + ")";
}

std::string print_parts(const Expr& e, std::string_view separator) {
  std::vector<std::string> parts;
  for (const Expr& part : e.parts) parts.push_back(print_part(part, e.kind));
  return join(parts, separator);
}

}  // namespace

ParsedCondition parse_condition(std::string_view text) {
  return Parser(text).run();
}

std::string print(const Word& w) {
  if (!w.quoted) return w.text;
  const char quote = w.text.find('"') == std::string::npos ? '"' : '\'';
  return quote + w.text + quote;
}

std::string print(const Expr& e) {
  switch (e.kind) {
    case Expr::Kind::all:
      return print_parts(e, " and ");
    case Expr::Kind::any:
      return print_parts(e, " or ");
    case Expr::Kind::negation:
      return "not " + print_part(e.parts.front(), e.kind);
    case Expr::Kind::test:
      return print_test(e);
    case Expr::Kind::macro:
      return e.name.text;
    case Expr::Kind::broken:
      break;
  }
  return "";
}

}  // namespace tocsin
