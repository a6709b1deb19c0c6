// A YAML document as a tree in which every node knows its place. All scalars are text: `no`, `1e3` and `~` are what the
// admin wrote. Duplicate keys, anchors, aliases, tags and several documents are findings, not features. Read with
// libyaml; settings/ and rules/ build on it.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"

namespace tocsin {

struct YamlEntry;

struct YamlNode {
  enum class Kind { nothing, scalar, sequence, mapping };  // nothing: an empty value ("key:")
  Kind kind = Kind::nothing;
  Position at;                     // of its first character (for a block scalar: of the text's first character)
  std::string text;                // scalar, unescaped
  std::vector<YamlNode> items;     // sequence
  std::vector<YamlEntry> entries;  // mapping, keys are scalars, in file order

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
  /// The value under `key`, or nullptr.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  /// The key node of `key`, or nullptr: for findings about the key itself.
  [[nodiscard]] const YamlNode* key(std::string_view key) const;
  /// Where byte `offset` of `text` stands in the file, also inside folded, literal and quoted scalars.
  [[nodiscard]] Position position_of(std::size_t offset) const;

  std::vector<std::pair<std::size_t, Position>> runs;  // of position_of: from this byte on, at this place, same line
};

struct YamlEntry {
  YamlNode key, value;
};

/// Parses one document. On a syntax error the findings hold at least one error and the tree what could be read.
YamlNode parse_yaml(std::string_view file, std::string_view text, Diagnostics& findings);

}  // namespace tocsin
