// What a code point is to the tokeniser: letter, digit, capital, script, and the gap that it makes. Called by
// tokens.cpp.
#pragma once
#include "understand/tokens.hpp"

namespace tocsin {

bool is_letter(char32_t c);
bool is_digit(char32_t c);
bool is_apostrophe(char32_t c);
/// Capital letters of the scripts that have them.
bool is_capital(char32_t c);
Script script_of(char32_t c);
Gap gap_of(char32_t c);

}  // namespace tocsin
