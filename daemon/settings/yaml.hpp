// A YAML document as a tree in which every node knows its place. All scalars are text: `no`, `1e3` and `~` are what the
// admin wrote. Duplicate keys, anchors, aliases, tags and several documents are findings, not features. Files that keep
// to the plain part of YAML are read by yaml_plain.hpp, all others by libyaml; settings/ and rules/ build on it.
#pragma once
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/diagnostics.hpp"

namespace tocsin {

struct YamlEntry;

/// A text of the document; it becomes a std::string of its own wherever one is asked for.
class YamlText : public std::string_view {
 public:
  constexpr YamlText() = default;
  constexpr YamlText(std::string_view text) : std::string_view(text) {}
  operator std::string() const { return std::string(data(), size()); }
  friend std::string operator+(std::string before, YamlText text) { return std::move(before.append(text)); }
};

/// Where a part of a scalar was written: from this byte of its text on, at this place, in the same line.
struct YamlRun {
  std::size_t byte = 0;
  Position at;
};

/// A plain value that refers to its document: 48 bytes, so that a file of 10,000 rules costs megabytes, not tens.
class YamlNode {
 public:
  enum class Kind : std::uint8_t { nothing, scalar, sequence, mapping };  // nothing: an empty value ("key:")
  Kind kind = Kind::nothing;
  bool quoted = false;  // a scalar in one line whose text begins one column after `at`
  Position at;          // of its first character (for a block scalar: of the text's first character)
  YamlText text;        // scalar, unescaped

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
  /// Of a sequence; empty for all else.
  [[nodiscard]] std::span<const YamlNode> items() const;
  /// Of a mapping, keys are scalars, in file order; empty for all else.
  [[nodiscard]] std::span<const YamlEntry> entries() const;
  /// The value under `key`, or nullptr.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  /// The key node of `key`, or nullptr: for findings about the key itself.
  [[nodiscard]] const YamlNode* key(std::string_view key) const;
  /// Where byte `offset` of `text` stands in the file, also inside folded, literal and quoted scalars.
  [[nodiscard]] Position position_of(std::size_t offset) const;

 private:
  friend class YamlArena;
  std::uint32_t count_ = 0;
  const void* parts_ = nullptr;  // items, entries, or the runs of a scalar that does not stand in one piece
};

struct YamlEntry {
  YamlNode key, value;
};

/// Where the nodes of one document live. Only the readers of this folder fill one.
class YamlArena {
 public:
  std::string_view keep(std::string_view text);
  void give_items(YamlNode& node, std::span<const YamlNode> items);
  void give_entries(YamlNode& node, std::span<const YamlEntry> entries);
  void give_runs(YamlNode& node, std::span<const YamlRun> runs);

 private:
  template <class T>
  const T* copy(std::span<const T> parts);
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
      std::make_unique<std::pmr::monotonic_buffer_resource>();
};

/// The root of a document, and the owner of all nodes below it. The text that was parsed must outlive it.
struct YamlDocument : YamlNode {
  YamlArena arena;
};

/// Parses one document. On a syntax error the findings hold at least one error and the tree what could be read.
YamlDocument parse_yaml(std::string_view file, std::string_view text, Diagnostics& findings);

}  // namespace tocsin
