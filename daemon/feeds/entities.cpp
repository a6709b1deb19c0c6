#include "feeds/entities.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tocsin {

namespace {
struct NamedEntity {
  std::string_view name, utf8;
};
constexpr NamedEntity kEntities[] = {
#include "feeds/html_entities.inc"
};
constexpr std::size_t kLongestName = 32;
static_assert(std::is_sorted(std::begin(kEntities), std::end(kEntities),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));

constexpr std::array<char16_t, 32> kWindows1252{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

const NamedEntity* find_entity(std::string_view name) {
  const auto* at = std::lower_bound(std::begin(kEntities), std::end(kEntities), name,
                                    [](const NamedEntity& e, std::string_view n) { return e.name < n; });
  return at != std::end(kEntities) && at->name == name ? at : nullptr;
}

std::size_t append_numeric(std::string& out, std::string_view text) {
  const bool hex = text.size() > 2 && (text[2] | 0x20) == 'x';
  std::size_t pos = hex ? 3 : 2;
  const std::size_t first = pos;
  char32_t value = 0;
  for (; pos < text.size(); ++pos) {
    const int digit = hex ? hex_value(text[pos]) : (is_digit(text[pos]) ? text[pos] - '0' : -1);
    if (digit < 0) break;
    if (value <= 0x10FFFF) value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
  }
  if (pos == first) return 0;
  if (value >= 0x80 && value <= 0x9F) value = windows_1252(static_cast<unsigned char>(value));
  append_utf8(out, value == 0 ? 0xFFFD : value);
  return pos < text.size() && text[pos] == ';' ? pos + 1 : pos;
}

std::size_t append_named(std::string& out, std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && end <= kLongestName && (is_alpha(text[end]) || is_digit(text[end]))) ++end;
  const bool closed = end < text.size() && text[end] == ';';
  if (const auto* entity = find_entity(text.substr(1, end - 1 + (closed ? 1 : 0)))) {
    out += entity->utf8;
    return end + (closed ? 1 : 0);
  }
  return 0;
}
}  // namespace

char32_t windows_1252(unsigned char byte) {
  return byte >= 0x80 && byte <= 0x9F ? kWindows1252[byte - 0x80u] : byte;
}

std::size_t append_entity(std::string& out, std::string_view text) {
  if (text.size() < 3) return 0;
  if (text[1] == '#') return append_numeric(out, text);
  return is_alpha(text[1]) ? append_named(out, text) : 0;
}

}  // namespace tocsin
