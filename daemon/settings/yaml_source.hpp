// Leads from the bytes of an unescaped YAML scalar back to the places in the file where they were written. Only
// yaml.cpp calls this. Spec: YAML 1.1, chapters 7 and 8 as libyaml reads them.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settings/yaml.hpp"

namespace tocsin {

/// A place in a text, by byte and by line and column, that moves forward one code point at a time.
struct SourceCursor {
  std::string_view source;
  std::size_t byte = 0;
  Position at{1, 1};

  [[nodiscard]] bool done() const { return byte >= source.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : source[byte]; }
  [[nodiscard]] bool at_blank() const { return peek() == ' ' || (peek() == '\t'); }
  [[nodiscard]] bool at_break() const { return peek() == '\n' || peek() == '\r'; }
  void advance();
  /// Passes "\n" or "\r\n".
  void advance_line();
};

using ScalarRuns = std::vector<YamlRun>;

/// `start` stands on the opening quote; `text` is the scalar as libyaml unescaped it. Same for the others.
ScalarRuns runs_of_double_quoted(SourceCursor start, std::string_view text);
ScalarRuns runs_of_single_quoted(SourceCursor start, std::string_view text);
ScalarRuns runs_of_plain(SourceCursor start, std::string_view text);
/// `start` stands on the "|" or ">".
ScalarRuns runs_of_block(SourceCursor start, std::string_view text);

/// The first byte that no configuration file should hold, and what it is: broken UTF-8, control characters, and line
/// ends that editors and YAML count differently.
struct BadByte {
  Position at;
  std::string what;
};
std::optional<BadByte> find_bad_byte(std::string_view text);

}  // namespace tocsin
