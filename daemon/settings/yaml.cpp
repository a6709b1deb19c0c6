#include "settings/yaml.hpp"

#include <yaml.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.hpp"
#include "settings/yaml_plain.hpp"
#include "settings/yaml_source.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kMaxBytes = 8u << 20;
constexpr int kMaxDepth = 64;

struct Explanation {
  std::string_view libyaml, ours;
};
constexpr std::array kExplanations{
    Explanation{"mapping values are not allowed in this context",
                "a second \": \" in one line; put the text in quotes, or check the indentation"},
    Explanation{"found character that cannot start any token",
                "a value cannot start with this character (a tab, @, ` or %); indent with blanks, put text in quotes"},
    Explanation{"did not find expected key",
                "expected a key here; check the indentation and the quotes of the lines above"},
    Explanation{"could not find expected ':'", "expected a colon and a blank after the key"},
    Explanation{"did not find expected '-' indicator", "expected \"- \" here; check the indentation of the list"},
    Explanation{"did not find expected ',' or ']'", "expected \",\" or \"]\" in this list"},
    Explanation{"did not find expected ',' or '}'",
                "expected \",\" or \"}\" in this mapping; put text that holds commas or braces in quotes"},
    Explanation{"found unexpected end of stream", "the file ends inside a quoted text; close the quote"},
    Explanation{"found a tab character where an indentation space is expected", "a tab in the indentation; use blanks"},
    Explanation{"found unknown escape character",
                "unknown escape in double quotes; write \\\\ for a backslash, or use single quotes"},
    Explanation{"block sequence entries are not allowed in this context",
                "a list cannot start here; put it on the next line"},
};

std::string explain(const char* problem) {
  const std::string_view given = problem != nullptr ? problem : "not readable as YAML";
  const auto it =
      std::find_if(kExplanations.begin(), kExplanations.end(), [&](const auto& e) { return e.libyaml == given; });
  return std::string(it != kExplanations.end() ? it->ours : given);
}

class Event {
 public:
  Event() = default;
  ~Event() { drop(); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  bool read(yaml_parser_t& parser) {
    drop();
    held_ = yaml_parser_parse(&parser, &event_) != 0;
    return held_;
  }
  [[nodiscard]] yaml_event_type_t type() const { return held_ ? event_.type : YAML_NO_EVENT; }
  [[nodiscard]] const yaml_event_t& operator*() const { return event_; }

 private:
  void drop() {
    if (held_) yaml_event_delete(&event_);
    held_ = false;
  }
  yaml_event_t event_{};
  bool held_ = false;
};

class Reader {
 public:
  Reader(std::string_view file, std::string_view text, YamlArena& arena, Diagnostics& findings)
      : file_(file), cursor_{text}, arena_(arena), findings_(findings) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~Reader() { yaml_parser_delete(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  YamlNode document() {
    YamlNode root;
    root.at = {1, 1};
    next();  // stream start
    if (next() != YAML_DOCUMENT_START_EVENT) return root;
    const auto& start = (*event_).data.document_start;
    if (start.tag_directives.start != start.tag_directives.end)
      error("Y006", "%TAG is not supported; write plain values");
    next();
    root = node(0);
    next();  // document end
    if (!stopped_ && next() == YAML_DOCUMENT_START_EVENT)
      error("Y007", "a second document begins here; use one file for each");
    return root;
  }

 private:
  yaml_event_type_t next() {
    if (!stopped_ && !event_.read(parser_)) {
      stopped_ = true;
      findings_.error(file_, place(parser_.problem_mark), "Y002", explain(parser_.problem));
    }
    return stopped_ ? YAML_NO_EVENT : event_.type();
  }
  void error(std::string_view code, std::string message) {
    findings_.error(file_, place((*event_).start_mark), code, std::move(message));
  }
  void stop(std::string message) {
    error("Y003", std::move(message));
    stopped_ = true;
  }
  static Position place(const yaml_mark_t& mark) { return {mark.line + 1, mark.column + 1}; }

  YamlNode node(int depth) {
    YamlNode out;
    out.at = place((*event_).start_mark);
    if (++nodes_ > kMostYamlNodes) stop("more than " + std::to_string(kMostYamlNodes) + " values; split the file");
    if (depth > kMaxDepth) stop("nested deeper than " + std::to_string(kMaxDepth) + " levels");
    if (stopped_) return out;
    const auto& data = (*event_).data;
    switch (event_.type()) {
      case YAML_SCALAR_EVENT:
        refuse(data.scalar.anchor, data.scalar.tag);
        scalar(out);
        break;
      case YAML_SEQUENCE_START_EVENT:
        refuse(data.sequence_start.anchor, data.sequence_start.tag);
        out.kind = YamlNode::Kind::sequence;
        sequence(out, depth);
        break;
      case YAML_MAPPING_START_EVENT:
        refuse(data.mapping_start.anchor, data.mapping_start.tag);
        out.kind = YamlNode::Kind::mapping;
        mapping(out, depth);
        break;
      case YAML_ALIAS_EVENT:
        error("Y005",
              "aliases (*name) are not supported; write the value out, or put text that begins with * in quotes");
        break;
      default:
        break;
    }
    return out;
  }

  void sequence(YamlNode& out, int depth) {
    std::vector<YamlNode> items;
    while (next() != YAML_SEQUENCE_END_EVENT && !stopped_) items.push_back(node(depth + 1));
    arena_.give_items(out, items);
  }

  void mapping(YamlNode& out, int depth) {
    std::vector<YamlEntry> entries;
    while (next() != YAML_MAPPING_END_EVENT && !stopped_) entry(entries, depth);
    find_duplicates(entries);
    arena_.give_entries(out, entries);
  }

  void refuse(const yaml_char_t* anchor, const yaml_char_t* tag) {
    if (anchor != nullptr)
      error("Y005", "anchors (&name) are not supported; write the value out, or put text that begins with & in quotes");
    if (tag != nullptr) error("Y006", "tags (!name) are not supported; put text that begins with ! in quotes");
  }

  void entry(std::vector<YamlEntry>& entries, int depth) {
    const YamlNode key = node(depth + 1);
    if (!stopped_ && !key.is_scalar())
      findings_.error(
          file_, key.at, "Y004",
          key.kind == YamlNode::Kind::nothing ? "a key is missing before the colon" : "a key must be one word");
    next();
    if (stopped_) return;
    const YamlNode value = node(depth + 1);
    if (key.is_scalar()) entries.push_back({key, value});
  }

  void find_duplicates(const std::vector<YamlEntry>& entries) {
    std::vector<std::size_t> order(entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return entries[a].key.text < entries[b].key.text; });
    for (std::size_t i = 1; i < order.size(); ++i) {
      const auto& first = entries[order[i - 1]].key;
      const auto& again = entries[order[i]].key;
      if (first.text == again.text)
        findings_.error(file_, again.at, "Y004",
                        "the key \"" + shortened(again.text, 60) + "\" is given twice, first in line " +
                            std::to_string(first.at.line));
    }
  }

  void scalar(YamlNode& out) {
    const auto& event = (*event_).data.scalar;
    out.text = arena_.keep({reinterpret_cast<const char*>(event.value), event.length});
    if (event.style == YAML_PLAIN_SCALAR_STYLE && out.text.empty()) return;
    out.kind = YamlNode::Kind::scalar;
    // An anchor or a tag: the mark stands before those, and a finding has been made.
    if (event.anchor != nullptr || event.tag != nullptr) return;
    move_to((*event_).start_mark);
    const ScalarRuns runs = runs_of(event.style, out.text);
    const bool block = event.style == YAML_LITERAL_SCALAR_STYLE || event.style == YAML_FOLDED_SCALAR_STYLE;
    if (block) out.at = runs.front().at;
    const std::size_t opening = block || event.style == YAML_PLAIN_SCALAR_STYLE ? 0 : 1;
    const bool in_one_piece =
        runs.size() == 1 && runs.front().byte == 0 && runs.front().at == Position{out.at.line, out.at.column + opening};
    out.quoted = in_one_piece && opening == 1;
    if (!in_one_piece) arena_.give_runs(out, runs);
  }

  ScalarRuns runs_of(yaml_scalar_style_t style, std::string_view text) const {
    switch (style) {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return runs_of_single_quoted(cursor_, text);
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return runs_of_double_quoted(cursor_, text);
      case YAML_LITERAL_SCALAR_STYLE:
      case YAML_FOLDED_SCALAR_STYLE:
        return runs_of_block(cursor_, text);
      default:
        return runs_of_plain(cursor_, text);
    }
  }

  /// libyaml's marks count code points, and scalars come in the order of the file.
  void move_to(const yaml_mark_t& mark) {
    for (; passed_ < mark.index && !cursor_.done(); ++passed_) cursor_.advance();
  }

  std::string_view file_;
  SourceCursor cursor_;
  std::size_t passed_ = 0;
  YamlArena& arena_;
  Diagnostics& findings_;
  yaml_parser_t parser_{};
  Event event_;
  std::size_t nodes_ = 0;
  bool stopped_ = false;
};

}  // namespace

std::span<const YamlNode> YamlNode::items() const {
  return {static_cast<const YamlNode*>(is_sequence() ? parts_ : nullptr), is_sequence() ? count_ : 0};
}

std::span<const YamlEntry> YamlNode::entries() const {
  return {static_cast<const YamlEntry*>(is_mapping() ? parts_ : nullptr), is_mapping() ? count_ : 0};
}

const YamlNode* YamlNode::find(std::string_view name) const {
  for (const YamlEntry& e : entries())
    if (e.key.text == name) return &e.value;
  return nullptr;
}

const YamlNode* YamlNode::key(std::string_view name) const {
  for (const YamlEntry& e : entries())
    if (e.key.text == name) return &e.key;
  return nullptr;
}

Position YamlNode::position_of(std::size_t offset) const {
  if (!is_scalar()) return at;
  offset = std::min(offset, text.size());
  YamlRun run{0, {at.line, at.column + (quoted ? 1 : 0)}};
  if (parts_ != nullptr) {
    const std::span runs(static_cast<const YamlRun*>(parts_), count_);
    const auto after = std::partition_point(runs.begin(), runs.end(), [&](const auto& r) { return r.byte <= offset; });
    if (after == runs.begin()) return at;
    run = *std::prev(after);
  }
  return {run.at.line, run.at.column + count_code_points(text.substr(run.byte, offset - run.byte))};
}

template <class T>
const T* YamlArena::copy(std::span<const T> parts) {
  if (parts.empty()) return nullptr;
  auto* own = static_cast<T*>(memory_->allocate(parts.size_bytes(), alignof(T)));
  std::uninitialized_copy(parts.begin(), parts.end(), own);
  return own;
}

std::string_view YamlArena::keep(std::string_view text) {
  return {copy(std::span<const char>(text)), text.size()};
}

void YamlArena::give_items(YamlNode& node, std::span<const YamlNode> items) {
  node.parts_ = copy(items);
  node.count_ = static_cast<std::uint32_t>(items.size());
}

void YamlArena::give_entries(YamlNode& node, std::span<const YamlEntry> entries) {
  node.parts_ = copy(entries);
  node.count_ = static_cast<std::uint32_t>(entries.size());
}

void YamlArena::give_runs(YamlNode& node, std::span<const YamlRun> runs) {
  node.parts_ = copy(runs);
  node.count_ = static_cast<std::uint32_t>(runs.size());
}

YamlDocument parse_yaml(std::string_view file, std::string_view text, Diagnostics& findings) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  YamlDocument document;
  document.at = {1, 1};
  if (text.size() > kMaxBytes) {
    findings.error(file, {1, 1}, "Y003", "larger than " + std::to_string(kMaxBytes >> 20) + " MiB; split the file");
    return document;
  }
  if (const auto bad = find_bad_byte(text)) {
    findings.error(file, bad->at, "Y001", bad->what);
    return document;
  }
  if (read_plain_yaml(text, document)) return document;
  static_cast<YamlNode&>(document) = Reader(file, text, document.arena, findings).document();
  return document;
}

}  // namespace tocsin
