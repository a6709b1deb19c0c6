// Cuts a condition into tokens. Called by the parser and by the reader of counting clauses.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace tocsin {

struct Token {
  enum class Kind : std::uint8_t { word, quoted, op, open, close, open_list, close_list, comma, end, bad };
  Kind kind = Kind::end;
  std::string_view text;  // of a quoted word: without the quotes; of a bad token: the offending bytes
  std::size_t at = 0;     // byte of its first character, the quote included
};

/// Always ends with a token of kind `end`. `text` must outlive the tokens.
std::vector<Token> tokens_of(std::string_view text);

/// and or not in is has contains matches within inside: never a field, a macro or an unquoted value.
bool is_keyword(std::string_view word);
/// Whether the text can stand without quotes: letters (of any script), digits and - _ . alone, and no keyword.
bool is_bare_word(std::string_view text);

}  // namespace tocsin
