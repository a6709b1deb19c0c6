// The condition language as it is written: words, operators, brackets. Pure syntax; what a word means is decided in
// binder.hpp. Grammar (docs/rules.md):
//   or:      and { "or" and }            and:  not { "and" not }          not: "not" not | primary
//   primary: "(" or ")" | FIELD OP operand | MACRO | "within" KM "of" ("any" KIND | "road" ROAD | ASSET) | "inside"
//   ZONE operand: WORD | "[" [WORD {"," WORD}] "]"
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/event_type.hpp"

namespace tocsin {

enum class Op : std::uint8_t { eq, ne, lt, le, gt, ge, is, in, has, contains, matches, within, inside };
inline constexpr Words<Op, 13> kOps{
    {"=", "!=", "<", "<=", ">", ">=", "is", "in", "has", "contains", "matches", "within", "inside"}};

/// A word of a condition. Two are equal when they mean the same, wherever they stand.
struct Word {
  std::string text;
  bool quoted = false;  // a quoted word is never the name of a list
  std::size_t at = 0;   // byte in the condition's text
  bool operator==(const Word& other) const { return text == other.text && quoted == other.quoted; }
};

struct Expr {
  enum class Kind : std::uint8_t { all, any, negation, test, macro, broken };
  enum class Near : std::uint8_t { asset, any_of_kind, road };  // what `within` measures to
  Kind kind = Kind::broken;
  std::vector<Expr> parts;  // all, any: two or more; negation: one
  Word name;                // field or macro; "within" and "inside" are fields too
  Word op_word;             // as written, for findings
  Op op = Op::eq;
  std::vector<Word> values;
  bool listed = false;  // the values stand in brackets
  Near near = Near::asset;
  Word distance;  // of `within`: "25km"
  bool operator==(const Expr& o) const {
    return kind == o.kind && parts == o.parts && name == o.name && op == o.op && values == o.values &&
           listed == o.listed && near == o.near && distance == o.distance;
  }
};

/// What is wrong with a condition, at a byte of its text.
struct Fault {
  std::size_t at = 0;
  std::string code;
  std::string message;
};

/// Every fault of the text, not the first alone: what stands between two `and` is skipped after one. Never throws and
/// never recurses deeper than 64 brackets, whatever the bytes.
struct ParsedCondition {
  Expr expr;
  std::vector<Fault> faults;
};
ParsedCondition parse_condition(std::string_view text);

/// In the language itself: parsing what is printed gives an equal tree.
std::string print(const Expr& expr);
std::string print(const Word& word);

}  // namespace tocsin
