#include "settings/yaml_source.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tocsin {

void SourceCursor::advance() {
  if (done()) return;
  const bool line_end = peek() == '\n';
  next_code_point(source, byte);
  at = line_end ? Position{at.line + 1, 1} : Position{at.line, at.column + 1};
}

void SourceCursor::advance_line() {
  if (peek() == '\r') advance();
  if (peek() == '\n') advance();
}

namespace {

/// Walks a plain or quoted scalar, source and text side by side.
class FlowWalk {
 public:
  FlowWalk(SourceCursor start, std::string_view text) : from_(start), text_(text) { begin_run(); }

  [[nodiscard]] bool done() const { return byte_ >= text_.size() || from_.done(); }
  [[nodiscard]] const SourceCursor& from() const { return from_; }
  void skip_source() { from_.advance(); }
  void begin_run() {
    if (!runs_.empty() && runs_.back().byte == byte_) runs_.pop_back();
    runs_.push_back({byte_, from_.at});
  }
  /// One character that stands in the text as it was written.
  void copy() {
    from_.advance();
    take(1);
  }
  /// One character that was written as `length` source characters.
  void escape(std::size_t length) {
    begin_run();
    for (std::size_t i = 0; i < length; ++i) from_.advance();
    take(1);
    begin_run();
  }
  /// White space up to the next word. Within a line it is kept; around line ends it is folded: one end is a blank, n
  /// ends are n - 1 newlines.
  void white_space() {
    SourceCursor ahead = from_;
    while (ahead.at_blank()) ahead.advance();
    if (!ahead.at_break()) {
      while (from_.at_blank() && !done()) copy();
      return;
    }
    from_ = ahead;
    const std::size_t ends = skip_line_ends();
    take(ends == 1 ? 1 : ends - 1);
    begin_run();
  }
  void escaped_line_end() {
    from_.advance();
    from_.advance_line();
    take(skip_line_ends());
    begin_run();
  }
  ScalarRuns runs() { return std::move(runs_); }

 private:
  std::size_t skip_line_ends() {
    std::size_t ends = 0;
    while (from_.at_blank() || from_.at_break()) {
      if (from_.at_break()) {
        ++ends;
        from_.advance_line();
      } else {
        from_.advance();
      }
    }
    return ends;
  }
  void take(std::size_t code_points) {
    for (; code_points > 0 && byte_ < text_.size(); --code_points) next_code_point(text_, byte_);
  }

  SourceCursor from_;
  std::string_view text_;
  std::size_t byte_ = 0;
  ScalarRuns runs_;
};

bool white(const SourceCursor& c) {
  return c.at_blank() || c.at_break();
}

std::size_t escape_length(char after_backslash) {
  switch (after_backslash) {
    case 'x':
      return 4;
    case 'u':
      return 6;
    case 'U':
      return 10;
    default:
      return 2;
  }
}

std::size_t leading_spaces(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

std::string_view line_at(std::string_view text, std::size_t byte) {
  return text.substr(byte, text.find_first_of("\r\n", byte) - byte);
}

/// How many blanks libyaml took off each line: the difference shows at the first line that has text.
std::size_t block_indent(const SourceCursor& first_line, std::string_view text) {
  const std::size_t begin = text.find_first_not_of('\n');
  if (begin == std::string_view::npos) return 0;
  const std::size_t kept = leading_spaces(line_at(text, begin));
  SourceCursor c = first_line;
  while (!c.done()) {
    const auto line = line_at(c.source, c.byte);
    const std::size_t spaces = leading_spaces(line);
    if (spaces < line.size() || (spaces > kept && kept == line_at(text, begin).size()))
      return spaces - std::min(kept, spaces);
    while (!c.done() && !c.at_break()) c.advance();
    c.advance_line();
  }
  return 0;
}

}  // namespace

ScalarRuns runs_of_plain(SourceCursor start, std::string_view text) {
  FlowWalk walk(start, text);
  while (!walk.done()) white(walk.from()) ? walk.white_space() : walk.copy();
  return walk.runs();
}

ScalarRuns runs_of_single_quoted(SourceCursor start, std::string_view text) {
  start.advance();
  FlowWalk walk(start, text);
  while (!walk.done()) {
    if (white(walk.from())) {
      walk.white_space();
    } else if (walk.from().peek() == '\'') {
      walk.escape(2);
    } else {
      walk.copy();
    }
  }
  return walk.runs();
}

ScalarRuns runs_of_double_quoted(SourceCursor start, std::string_view text) {
  start.advance();
  FlowWalk walk(start, text);
  while (!walk.done()) {
    if (white(walk.from())) {
      walk.white_space();
    } else if (walk.from().peek() != '\\') {
      walk.copy();
    } else {
      SourceCursor next = walk.from();
      next.advance();
      next.at_break() ? walk.escaped_line_end() : walk.escape(escape_length(next.peek()));
    }
  }
  return walk.runs();
}

ScalarRuns runs_of_block(SourceCursor start, std::string_view text) {
  ScalarRuns runs;
  SourceCursor c = start;
  while (!c.done() && !c.at_break()) c.advance();  // the header, with its comment
  c.advance_line();
  const std::size_t indent = block_indent(c, text);
  std::size_t byte = 0;
  while (!c.done() && byte < text.size()) {
    const auto line = line_at(c.source, c.byte);
    if (line.size() > indent) {
      for (std::size_t i = 0; i < indent; ++i) c.advance();
      while (byte < text.size() && text[byte] == '\n') ++byte;
      if (byte < text.size() && text[byte] == ' ' && !c.at_blank()) ++byte;  // a folded line end
      if (byte >= text.size()) break;
      runs.push_back({byte, c.at});
      byte += line.size() - indent;
    }
    while (!c.done() && !c.at_break()) c.advance();
    c.advance_line();
  }
  if (runs.empty()) runs.push_back({0, start.at});
  return runs;
}

namespace {
std::string code_point_name(char32_t c) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) out += kDigits[(c >> shift) & 15];
  return "U+" + out;
}

Position place_of(std::string_view text, std::size_t byte) {
  SourceCursor c{text};
  while (c.byte < byte) c.advance();
  return c.at;
}

bool refused(char32_t c) {
  const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
  const bool odd_line_end = c == 0x85 || c == 0x2028 || c == 0x2029;
  return control || (c >= 0x7F && c < 0xA0) || odd_line_end || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}
}  // namespace

std::optional<BadByte> find_bad_byte(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto plain = static_cast<unsigned char>(text[begin]);
    if ((plain >= 0x20 && plain < 0x7F) || plain == '\n') {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    const char32_t point = next_code_point(text, end);
    if (point == 0xFFFD && text.substr(begin, 3) != "\xEF\xBF\xBD")
      return BadByte{place_of(text, begin), "a byte that is not UTF-8; save the file as UTF-8"};
    if (refused(point))
      return BadByte{place_of(text, begin), "the character " + code_point_name(point) +
                                                "; delete it or write it as an escape in double quotes"};
    if (point == '\r' && text.substr(end, 1) != "\n")
      return BadByte{place_of(text, begin), "a carriage return without a newline; save the file with Unix line ends"};
    begin = end;
  }
  return std::nullopt;
}

}  // namespace tocsin
