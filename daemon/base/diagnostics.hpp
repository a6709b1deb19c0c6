// Findings about a text that a person wrote or a feed served: what, where, and the line with a caret.
#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// Where a word stands. Line and column count from 1, the column in code points; 0 means unknown.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
  bool operator==(const Position&) const = default;
};

struct Diagnostic {
  enum class Level { error, warning, info };
  std::string file;
  Position at;
  Level level = Level::error;
  std::string code;     // "R012": stable, documented in docs/errors
  std::string message;  // what is wrong and what to do
};

/// Where a mapping and its entries stand in a file: for findings of those who see only the values.
struct Places {
  std::string file;
  Position at;                           // of the mapping
  std::map<std::string, Position> keys;  // of each key
  std::map<std::string, Position> values;
  [[nodiscard]] Position key(const std::string& name) const { return keys.contains(name) ? keys.at(name) : at; }
  [[nodiscard]] Position value(const std::string& name) const { return values.contains(name) ? values.at(name) : at; }
};

std::string_view level_name(Diagnostic::Level level);

/// Many findings of one run; the first error never hides the others.
class Diagnostics {
 public:
  void add(Diagnostic d) { all_.push_back(std::move(d)); }
  void error(std::string_view file, Position at, std::string_view code, std::string message);
  void warning(std::string_view file, Position at, std::string_view code, std::string message);
  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] std::size_t errors() const;
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
  void append(const Diagnostics& other);
  /// By file, line and column, so that output is stable.
  void sort();
  /// Of equal findings at one place only the first stays. Call after sort().
  void drop_repeated();

 private:
  std::vector<Diagnostic> all_;
};

/// "rules/a.yaml:7:12: error R012: unknown country \"MLI\"\n   the line\n      ^\n". `source` is the whole file's text,
/// or "" when it is not at hand (then no line is shown). A tab is kept as a tab under the caret so that both align.
std::string pretty(const Diagnostic& d, std::string_view source);

}  // namespace tocsin
