#include "understand/characters.hpp"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

struct Range {
  char32_t first, last;
};
// Beyond ASCII every code point is a letter except these.
constexpr std::array<Range, 31> kNotLetters{
    {{0x80, 0xA9},       {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},
     {0x2B9, 0x2DF},     {0x37E, 0x37E},   {0x387, 0x387},   {0x55A, 0x55F},   {0x589, 0x58A},   {0x5BE, 0x5BE},
     {0x5F3, 0x5F4},     {0x609, 0x60D},   {0x61B, 0x61F},   {0x66A, 0x66D},   {0x6D4, 0x6D4},   {0x964, 0x965},
     {0x1360, 0x1368},   {0x2000, 0x200B}, {0x2010, 0x205F}, {0x207A, 0x209F}, {0x20A0, 0x20CF}, {0x2100, 0x2BFF},
     {0x2E00, 0x2E7F},   {0x3000, 0x3003}, {0x3008, 0x3020}, {0xE000, 0xF8FF}, {0xFF01, 0xFF0F}, {0xFFF0, 0xFFFF},
     {0x1F000, 0x10FFFF}}};

}  // namespace

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c >= 0xC0 && c < 0x2B9) return c != 0xD7 && c != 0xF7;
  return std::none_of(kNotLetters.begin(), kNotLetters.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

bool is_digit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB || c == 0x02BD || c == 0x02BE ||
         c == 0x02BF || c == 0x60 || c == 0xB4 || c == 0x201B || c == 0x2032;
}

bool is_capital(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c >= 0xC0 && c <= 0xDE) return c != 0xD7;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c % 2 == 0;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1;
  if (c >= 0x391 && c <= 0x3AB) return true;
  if (c >= 0x400 && c <= 0x42F) return true;
  if (c >= 0x1E00 && c <= 0x1EFF) return c % 2 == 0;
  return c == 0x178 || c == 0x18A || c == 0x181 || c == 0x198 || c == 0x1B3;
}

Script script_of(char32_t c) {
  if (is_digit(c)) return Script::digits;
  if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x250 && c < 0x2B0)) return Script::latin;
  if ((c >= 0x600 && c < 0x780) || (c >= 0xFB50 && c < 0xFE00) || (c >= 0xFE70 && c < 0xFF00)) return Script::arabic;
  if (c >= 0x400 && c < 0x530) return Script::cyrillic;
  if (c >= 0x1200 && c < 0x13A0) return Script::ethiopic;
  return Script::other;
}

Gap gap_of(char32_t c) {
  switch (c) {
    case '-':
    case 0x2010:
    case 0x2011:
      return Gap::hyphen;
    case '/':
      return Gap::slash;
    case ',':
    case 0x60C:
    case 0x3001:
    case 0xFF0C:
      return Gap::comma;
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case 0xFF08:
    case 0xFF09:
      return Gap::bracket;
    case '"':
    case 0x201C:
    case 0x201D:
    case 0xAB:
    case 0xBB:
    case 0x201E:
      return Gap::quote;
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case '|':
    case 0x2022:
      return Gap::dash;
    case ':':
    case ';':
    case 0x61B:
    case 0x2026:
      return Gap::clause;
    case '.':
    case '!':
    case '?':
    case 0x61F:
    case 0x6D4:
    case 0x3002:
    case 0x964:
    case 0x1362:
      return Gap::stop;
    default:
      return Gap::space;
  }
}

}  // namespace tocsin
