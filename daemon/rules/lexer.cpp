#include "rules/lexer.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tocsin {

namespace {

constexpr std::array<std::string_view, 10> kKeywords{"and", "or",       "not",     "in",     "is",
                                                     "has", "contains", "matches", "within", "inside"};
// Word processors put these in place of plain quotes; taken as letters they would make a rule that never fires.
constexpr std::array<char32_t, 9> kTypographicQuotes{0x2018, 0x2019, 0x201A, 0x201C, 0x201D,
                                                     0x201E, 0x00AB, 0x00BB, 0x2032};
constexpr std::string_view kSpaces = " \t\r\n";

bool is_letter(char32_t c) {
  if (c < 0x80)
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.';
  const bool space_or_control = c <= 0xA0 || (c >= 0x2000 && c <= 0x206F) || c == 0x3000 || c == 0xFEFF || c == 0xFFFD;
  return !space_or_control &&
         std::find(kTypographicQuotes.begin(), kTypographicQuotes.end(), c) == kTypographicQuotes.end();
}

std::size_t end_of_word(std::string_view text, std::size_t pos) {
  while (pos < text.size()) {
    std::size_t next = pos;
    if (!is_letter(next_code_point(text, next))) break;
    pos = next;
  }
  return pos;
}

Token quoted(std::string_view text, std::size_t at) {
  const auto end = text.find(text[at], at + 1);
  if (end == std::string_view::npos) return {Token::Kind::bad, text.substr(at), at};
  return {Token::Kind::quoted, text.substr(at + 1, end - at - 1), at};
}

Token symbol(std::string_view text, std::size_t at) {
  using Kind = Token::Kind;
  switch (text[at]) {
    case '(':
      return {Kind::open, text.substr(at, 1), at};
    case ')':
      return {Kind::close, text.substr(at, 1), at};
    case '[':
      return {Kind::open_list, text.substr(at, 1), at};
    case ']':
      return {Kind::close_list, text.substr(at, 1), at};
    case ',':
      return {Kind::comma, text.substr(at, 1), at};
    default:
      break;
  }
  for (const std::string_view op : {"!=", "<=", ">=", "==", "&&", "||"})
    if (text.substr(at, 2) == op) return {op[1] == '=' ? Kind::op : Kind::bad, text.substr(at, 2), at};
  if (std::string_view("=<>").find(text[at]) != std::string_view::npos) return {Kind::op, text.substr(at, 1), at};
  std::size_t next = at;
  next_code_point(text, next);
  return {Kind::bad, text.substr(at, next - at), at};
}

Token next_token(std::string_view text, std::size_t at) {
  if (const auto end = end_of_word(text, at); end > at) return {Token::Kind::word, text.substr(at, end - at), at};
  if (text[at] == '"' || text[at] == '\'') return quoted(text, at);
  return symbol(text, at);
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 4 + 1);
  for (std::size_t pos = 0;;) {
    pos = text.find_first_not_of(kSpaces, pos);
    if (pos == std::string_view::npos) break;
    const Token t = next_token(text, pos);
    tokens.push_back(t);
    pos += t.text.size() + (t.kind == Token::Kind::quoted ? 2 : 0);
  }
  tokens.push_back({Token::Kind::end, {}, text.find_last_not_of(kSpaces) + 1});
  return tokens;
}

bool is_keyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

bool is_bare_word(std::string_view text) {
  return !text.empty() && end_of_word(text, 0) == text.size() && !is_keyword(text);
}

}  // namespace tocsin
