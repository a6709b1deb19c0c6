#include "rules/reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "rules/suggestion.hpp"

namespace tocsin {

namespace {

std::string shape(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::nothing:
      return "nothing";
    case YamlNode::Kind::scalar:
      return "a text";
    case YamlNode::Kind::sequence:
      return "a list";
    case YamlNode::Kind::mapping:
      break;
  }
  return "a group of keys";
}

bool is_language(std::string_view code) {
  return (code.size() == 2 || code.size() == 3) &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void Reader::known_keys(const YamlNode& mapping, std::span<const std::string_view> known, std::string_view of) const {
  for (const auto& entry : mapping.entries())
    if (std::find(known.begin(), known.end(), entry.key.text) == known.end())
      error(entry.key.at, "R001",
            "unknown key \"" + entry.key.text + "\" in " + std::string(of) +
                did_you_mean(entry.key.text, {known.begin(), known.end()}));
}

bool Reader::mapping(const YamlNode& node, std::string_view what) const {
  if (node.is_mapping()) return true;
  error(node.at, "R003", std::string(what) + " must be a group of keys, not " + shape(node));
  return false;
}

bool Reader::sequence(const YamlNode& node, std::string_view what) const {
  if (node.is_sequence()) return true;
  error(node.at, "R003", std::string(what) + " must be a list, [a, b] or a line with \"- \" each, not " + shape(node));
  return false;
}

std::optional<std::string> Reader::text(const YamlNode& node, std::string_view what) const {
  if (node.is_scalar() && !trim(node.text).empty()) return node.text;
  error(node.at, "R003",
        std::string(what) + " must be a text, not " + (node.is_scalar() ? "an empty one" : shape(node)));
  return std::nullopt;
}

std::optional<std::size_t> Reader::word(const YamlNode& node, std::string_view what,
                                        std::span<const std::string_view> words) const {
  const auto written = text(node, what);
  if (!written) return std::nullopt;
  const auto it = std::find(words.begin(), words.end(), *written);
  if (it != words.end()) return static_cast<std::size_t>(it - words.begin());
  error(node.at, "R004",
        std::string(what) + " cannot be \"" + *written + "\"" + did_you_mean(*written, {words.begin(), words.end()}));
  return std::nullopt;
}

std::optional<bool> Reader::flag(const YamlNode& node, std::string_view what) const {
  static constexpr std::string_view kFlags[]{"false", "true"};
  const auto index = word(node, what, kFlags);
  return index ? std::optional(*index == 1) : std::nullopt;
}

std::optional<Millis> Reader::time(const YamlNode& node, std::string_view what) const {
  const auto written = text(node, what);
  if (!written) return std::nullopt;
  const auto at = parse_rfc3339(*written);
  if (!at)
    error(node.at, "R004",
          std::string(what) + " must be a time such as 2024-09-17T09:00:00Z, not \"" + *written + "\"");
  return at;
}

LocalText Reader::local_text(const YamlNode& node, std::string_view what) const {
  LocalText out;
  if (node.is_scalar()) {
    if (const auto one = text(node, what)) out["en"] = *one;
    return out;
  }
  if (!mapping(node, what)) return out;
  for (const auto& [language, value] : node.entries()) {
    if (!is_language(language.text))
      error(language.at, "R004", "\"" + language.text + "\" is no language; write en, fr, ...");
    else if (const auto words = text(value, what))
      out[language.text] = *words;
  }
  return out;
}

std::vector<const YamlNode*> Reader::words(const YamlNode& node, std::string_view what) const {
  std::vector<const YamlNode*> out;
  if (!sequence(node, what)) return out;
  for (const YamlNode& item : node.items())
    if (text(item, what)) out.push_back(&item);
  return out;
}

}  // namespace tocsin
