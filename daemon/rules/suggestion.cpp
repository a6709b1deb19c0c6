#include "rules/suggestion.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tocsin {

namespace {
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
}  // namespace

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  if (const std::string near = nearest(word, candidates); !near.empty()) return "; did you mean \"" + near + "\"?";
  if (candidates.empty() || candidates.size() > 12) return "";
  return "; known: " + join(candidates, " ");
}

bool is_region_code(std::string_view w) {
  return w.size() >= 4 && w.size() <= 6 && is_upper(w[0]) && is_upper(w[1]) && w[2] == '-' &&
         std::all_of(w.begin() + 3, w.end(), [](char c) { return is_upper(c) || is_digit(c); });
}

bool is_kebab_case(std::string_view w) {
  if (w.empty() || !is_lower(w.front()) || w.back() == '-' || w.find("--") != std::string_view::npos) return false;
  return std::all_of(w.begin(), w.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

}  // namespace tocsin
