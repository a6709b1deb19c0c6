// The property that every YAML scalar must have: each of its characters leads back to where it was written.
#pragma once
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "settings/yaml.hpp"

namespace tocsin {

/// The code point at a place, 0 when there is none.
inline char32_t code_point_at(std::string_view source, Position at) {
  if (source.starts_with("\xEF\xBB\xBF")) source.remove_prefix(3);
  for (std::size_t line = 1; line < at.line; ++line) {
    const auto end = source.find('\n');
    if (end == std::string_view::npos) return 0;
    source.remove_prefix(end + 1);
  }
  std::size_t byte = byte_of_code_point(source, at.column - 1);
  return byte < source.size() ? next_code_point(source, byte) : 0;
}

/// "" when every visible character of every scalar below `node` is found at its place; else what is wrong.
inline std::string wrong_place(const YamlNode& node, std::string_view source) {
  for (std::size_t byte = 0; byte < node.text.size();) {
    const Position at = node.position_of(byte);
    const char32_t text = next_code_point(node.text, byte);
    const char32_t there = code_point_at(source, at);
    if (text > ' ' && there != text && there != '\\' && there != '\'')
      return "byte " + std::to_string(byte) + " of \"" + node.text + "\" is not at " + std::to_string(at.line) + ":" +
             std::to_string(at.column);
  }
  std::string wrong;
  for (const auto& item : node.items())
    if (wrong.empty()) wrong = wrong_place(item, source);
  for (const auto& [key, value] : node.entries()) {
    if (wrong.empty()) wrong = wrong_place(key, source);
    if (wrong.empty()) wrong = wrong_place(value, source);
  }
  return wrong;
}

}  // namespace tocsin
