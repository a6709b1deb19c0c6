#include "settings/yaml_plain.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tocsin {

namespace {

constexpr int kMostLevels = 16;
constexpr std::size_t kLongestKey = 100;
constexpr std::size_t kSmall = 24;  // keys that are compared pair by pair

enum Class : std::uint8_t { key_start = 1, key_more = 2, plain_start = 4 };

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (word) classes[c] |= key_start | key_more | plain_start;
    if (c == '-' || c == '.') classes[c] |= key_more;
    if (c >= 0x80 || c == '(' || c == '/' || c == '+') classes[c] |= plain_start;
  }
  return classes;
}();

bool is(char c, Class wanted) {
  return (kClasses[static_cast<unsigned char>(c)] & wanted) != 0;
}

bool keys_repeat(std::span<const YamlEntry> entries) {
  if (entries.size() <= kSmall) {
    for (std::size_t i = 1; i < entries.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (entries[i].key.text == entries[j].key.text) return true;
    return false;
  }
  std::vector<std::string_view> keys;
  for (const YamlEntry& entry : entries) keys.push_back(entry.key.text);
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

class PlainReader {
 public:
  PlainReader(std::string_view text, YamlArena& arena) : text_(text), arena_(arena) {}

  bool document(YamlNode& root) { return next_line() && indent_ == 0 && block(0, root) && done_; }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0';
  }
  [[nodiscard]] bool at_end() const { return pos_ >= text_.size() || text_[pos_] == '\n'; }
  void skip_blanks() {
    while (peek() == ' ') ++pos_;
  }

  /// Columns are asked for in the order of the line, so each code point is counted once.
  Position here() {
    for (; counted_ < pos_; ++counted_) column_ += (static_cast<unsigned char>(text_[counted_]) & 0xC0) != 0x80;
    return {line_, column_};
  }
  void begin_line() {
    counted_ = pos_;
    column_ = 1;
  }
  void pass_line_end() {
    if (pos_ < text_.size()) ++pos_;
    ++line_;
    begin_line();
  }

  /// From the end of a line to the content of the next that has any; false for what is not plain.
  bool next_line() {
    if (line_ == 0)
      line_ = 1;
    else
      pass_line_end();
    for (;; pass_line_end()) {
      const std::size_t begin = pos_;
      skip_blanks();
      indent_ = pos_ - begin;
      if (pos_ >= text_.size()) break;
      if (peek() == '#') pos_ = std::min(text_.find('\n', pos_), text_.size());
      if (pos_ >= text_.size()) break;
      if (peek() != '\n') return peek() != '\t';
    }
    done_ = true;
    return true;
  }

  bool node_made() { return ++nodes_ <= kMostYamlNodes; }

  bool block(std::size_t indent, YamlNode& out) {
    if (++level_ > kMostLevels) return false;
    const bool good = at_dash() ? sequence(indent, out) : mapping(indent, out);
    --level_;
    return good;
  }
  [[nodiscard]] bool at_dash() const { return peek() == '-' && peek(1) == ' '; }

  /// Whether another entry of the same block follows; anything deeper would continue a scalar and is not plain.
  bool more(std::size_t indent, bool& good) {
    good = done_ || indent_ <= indent;
    return good && !done_ && indent_ == indent;
  }

  bool mapping(std::size_t indent, YamlNode& out) {
    out.kind = YamlNode::Kind::mapping;
    out.at = here();
    const std::size_t first = entries_.size();
    bool good = node_made();
    do {
      YamlEntry entry;
      if (!good || !key(entry.key) || !value(indent, entry.value)) return false;
      entries_.push_back(entry);
    } while (more(indent, good) && !at_dash());
    if (!good) return false;
    return close_mapping(out, first);
  }

  bool close_mapping(YamlNode& out, std::size_t first) {
    const auto own = std::span<const YamlEntry>(entries_).subspan(first);
    if (keys_repeat(own)) return false;
    arena_.give_entries(out, own);
    entries_.resize(first);
    return true;
  }

  bool sequence(std::size_t indent, YamlNode& out) {
    out.kind = YamlNode::Kind::sequence;
    out.at = here();
    const std::size_t first = items_.size();
    bool good = node_made();
    do {
      YamlNode item;
      if (!good || !at_dash() || !item_of(indent, item)) return false;
      items_.push_back(item);
    } while (more(indent, good) && at_dash());
    if (!good) return false;
    close_sequence(out, first);
    return true;
  }

  void close_sequence(YamlNode& out, std::size_t first) {
    arena_.give_items(out, std::span<const YamlNode>(items_).subspan(first));
    items_.resize(first);
  }

  bool item_of(std::size_t indent, YamlNode& item) {
    const std::size_t dash = pos_;
    ++pos_;
    skip_blanks();
    if (at_end()) return false;
    if (const std::size_t colon = end_of_key(); colon != 0 && text_[colon] == ':' && ends_key(colon))
      return block(indent + (pos_ - dash), item);
    return in_line(indent, item);
  }

  [[nodiscard]] std::size_t end_of_key() const {
    if (!is(peek(), key_start)) return 0;
    std::size_t end = pos_;
    while (end < text_.size() && is(text_[end], key_more)) ++end;
    return end < text_.size() && end - pos_ <= kLongestKey ? end : 0;
  }
  [[nodiscard]] bool ends_key(std::size_t colon) const {
    return colon + 1 == text_.size() || text_[colon + 1] == ' ' || text_[colon + 1] == '\n';
  }

  bool key(YamlNode& out) {
    const std::size_t colon = end_of_key();
    if (colon == 0 || text_[colon] != ':' || !ends_key(colon)) return false;
    scalar(out, text_.substr(pos_, colon - pos_));
    pos_ = colon + 1;
    return node_made();
  }

  void scalar(YamlNode& out, std::string_view text) {
    out.kind = YamlNode::Kind::scalar;
    out.at = here();
    out.text = text;
  }

  /// What follows "key:", in the same line or below it; the next line is at hand afterwards.
  bool value(std::size_t indent, YamlNode& out) {
    const Position after_colon = here();
    skip_blanks();
    if (!at_end()) return in_line(indent, out);
    if (!next_line()) return false;
    const bool below = !done_ && (indent_ > indent || (indent_ == indent && at_dash()));
    if (below) return block(indent_, out);
    out.at = after_colon;
    return node_made();
  }

  /// A value up to the end of its line, or a block scalar up to its last; the next line is at hand afterwards.
  bool in_line(std::size_t indent, YamlNode& out) {
    if (peek() == '>' || peek() == '|') return block_scalar(indent, out);
    const bool flows = peek() == '"' || peek() == '\'' || peek() == '[' || peek() == '{';
    if (!(flows ? flow(out) : plain(out))) return false;
    skip_blanks();
    return at_end() && next_line();
  }

  bool plain(YamlNode& out) {
    if (!is(peek(), plain_start)) return false;
    const std::size_t end = std::min(text_.find('\n', pos_), text_.size());
    std::string_view text = text_.substr(pos_, end - pos_);
    text = text.substr(0, text.find_last_not_of(' ') + 1);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == ':' && (i + 1 == text.size() || text[i + 1] == ' ')) return false;
      if (text[i] == '\t' || text[i] == '\r' || (text[i] == '#' && text[i - 1] == ' ')) return false;
    }
    scalar(out, text);
    pos_ = end;
    return node_made();
  }

  bool flow(YamlNode& out) {
    if (++level_ > kMostLevels) return false;
    const char c = peek();
    const bool good = c == '[' ? list(out) : c == '{' ? group(out) : c == '"' || c == '\'' ? quoted(out) : word(out);
    --level_;
    return good;
  }

  bool quoted(YamlNode& out) {
    const char quote = peek();
    std::size_t end = pos_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n' && text_[end] != '\\' && text_[end] != '\r')
      ++end;
    if (quote == '\'')  // a backslash is a letter there
      while (end < text_.size() && text_[end] != quote && text_[end] != '\n' && text_[end] != '\r') ++end;
    if (end >= text_.size() || text_[end] != quote) return false;
    if (end + 1 < text_.size() && text_[end + 1] == quote) return false;
    scalar(out, text_.substr(pos_ + 1, end - pos_ - 1));
    out.quoted = true;
    pos_ = end + 1;
    return node_made();
  }

  bool word(YamlNode& out) {
    if (!is(peek(), plain_start)) return false;
    std::size_t end = pos_;
    for (; end < text_.size() && std::string_view(",[]{}").find(text_[end]) == std::string_view::npos; ++end) {
      const char c = text_[end], next = end + 1 < text_.size() ? text_[end + 1] : '\n';
      if (c == '\n' || c == '\t' || c == '\r' || c == '?' || c == '#') return false;
      if (c == ':' && !is(next, key_start)) return false;
    }
    const std::string_view text = text_.substr(pos_, end - pos_);
    scalar(out, text.substr(0, text.find_last_not_of(' ') + 1));
    pos_ = end;
    return node_made();
  }

  /// Between two parts of a list or group: true at a comma, `closed` at the end; neither for what is not plain.
  bool comma(char close, bool& closed) {
    skip_blanks();
    closed = peek() == close;
    const bool another = peek() == ',';
    if (closed || another) ++pos_;
    skip_blanks();
    return another;
  }

  bool list(YamlNode& out) {
    out.kind = YamlNode::Kind::sequence;
    out.at = here();
    ++pos_;
    const std::size_t first = items_.size();
    bool closed = false;
    skip_blanks();
    if (peek() == ']') return ++pos_, node_made();
    do {
      YamlNode item;
      if (!flow(item)) return false;
      items_.push_back(item);
    } while (comma(']', closed));
    close_sequence(out, first);
    return closed && node_made();
  }

  bool group(YamlNode& out) {
    out.kind = YamlNode::Kind::mapping;
    out.at = here();
    ++pos_;
    const std::size_t first = entries_.size();
    bool closed = false;
    skip_blanks();
    if (peek() == '}') return ++pos_, node_made();
    do {
      YamlEntry entry;
      if (!key(entry.key) || peek() != ' ') return false;
      skip_blanks();
      if (!flow(entry.value)) return false;
      entries_.push_back(entry);
    } while (comma('}', closed));
    return close_mapping(out, first) && closed && node_made();
  }

  /// Lines of one indentation without empty ones between them.
  bool block_scalar(std::size_t indent, YamlNode& out) {
    const bool folded = peek() == '>', stripped = peek(1) == '-';
    pos_ += stripped ? 2 : 1;
    if (peek() != '\n') return false;
    pass_line_end();
    std::string joined;
    std::vector<YamlRun> runs;
    std::size_t margin = 0;
    while (deeper(indent)) {
      const std::size_t own = blanks();
      if (margin == 0) margin = own;
      const std::size_t end = text_.find('\n', pos_);
      pos_ += own;
      if (own != margin || end == std::string_view::npos || pos_ == end) return false;
      if (text_[pos_] == '\t' || text_[end - 1] == '\r') return false;
      if (!runs.empty()) joined += folded ? ' ' : '\n';
      runs.push_back({joined.size(), here()});
      joined += text_.substr(pos_, end - pos_);
      pos_ = end;
      pass_line_end();
    }
    if (runs.empty() || !ended(indent)) return false;
    if (!stripped) joined += '\n';
    out.kind = YamlNode::Kind::scalar;
    out.at = runs.front().at;
    out.text = arena_.keep(joined);
    arena_.give_runs(out, runs);
    return node_made();
  }
  [[nodiscard]] std::size_t blanks() const { return std::min(text_.find_first_not_of(' ', pos_), text_.size()) - pos_; }
  [[nodiscard]] bool deeper(std::size_t indent) const {
    return pos_ < text_.size() && peek() != '\n' && blanks() > indent;
  }
  /// After a block scalar: empty lines and lines of blanks, then something that cannot belong to it.
  bool ended(std::size_t indent) {
    for (std::size_t gap = blanks(); pos_ + gap < text_.size() && text_[pos_ + gap] == '\n'; gap = blanks()) {
      pos_ += gap;
      pass_line_end();
    }
    if (deeper(indent)) return false;
    --pos_;  // next_line() begins at the end of a line
    --line_;
    return next_line();
  }

  std::string_view text_;
  YamlArena& arena_;
  std::size_t pos_ = 0, indent_ = 0, line_ = 0;
  std::size_t counted_ = 0, column_ = 1;  // the column of byte counted_
  std::size_t nodes_ = 0;
  int level_ = 0;
  bool done_ = false;
  std::vector<YamlNode> items_;  // of the sequences that are open, the innermost last
  std::vector<YamlEntry> entries_;
};

}  // namespace

bool read_plain_yaml(std::string_view text, YamlDocument& out) {
  return PlainReader(text, out.arena).document(out);
}

}  // namespace tocsin
