#include "feeds/html_tree.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "feeds/entities.hpp"
#include "feeds/xml_names.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

template <std::size_t N>
bool one_of(std::uint64_t name, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](auto w) { return fnv1a(w) == name; });
}

/// WHATWG HTML, 13.1.2: elements without an end.
bool is_void(std::uint64_t name) {
  static constexpr std::array<std::string_view, 14> kVoid{"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                                          "input", "link", "meta", "param", "source", "track", "wbr"};
  return one_of(name, kVoid);
}

/// Elements that an end tag of an inline element must not close.
bool is_block(std::uint64_t name) {
  static constexpr std::array<std::string_view, 22> kBlocks{
      "div",  "p",  "ul", "ol", "li", "table", "tbody",   "thead",   "tr",     "td",     "th",
      "body", "dl", "dt", "dd", "h1", "h2",    "section", "article", "header", "footer", "main"};
  return one_of(name, kBlocks);
}

/// A start tag that ends an open element of its kind, and the elements beyond which it does not look for one (WHATWG
/// HTML, 13.1.2.4).
struct ImpliedEnd {
  std::array<std::string_view, 2> kind;
  std::array<std::string_view, 5> until;
};
constexpr std::array<ImpliedEnd, 6> kImplied{{{{"li", "li"}, {"ul", "ol", "table", "dl", "menu"}},
                                              {{"dt", "dd"}, {"dl", "ul", "ol", "table", "td"}},
                                              {{"td", "th"}, {"tr", "table", "tbody", "thead", "tfoot"}},
                                              {{"tr", "tr"}, {"table", "tbody", "thead", "tfoot", "table"}},
                                              {{"option", "option"}, {"select", "table", "ul", "ol", "dl"}},
                                              {{"p", "p"}, {"div", "td", "li", "blockquote", "table"}}}};

std::string decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto mark = std::min(text.find('&'), text.size());
    out += text.substr(0, mark);
    text.remove_prefix(mark);
    if (text.empty()) break;
    auto length = append_entity(out, text.substr(0, 40));
    if (length == 0) out += '&', length = 1;
    text.remove_prefix(length);
  }
  return out;
}

class Builder {
 public:
  Builder(std::string_view in, pugi::xml_document& tree, Notes& notes) : in_(in), notes_(notes) {
    open_.push_back({tree, 0});
  }

  void run() {
    while (pos_ < in_.size() && nodes_ <= HtmlTree::kMaxNodes) {
      const auto next = std::min(in_.find('<', pos_), in_.size());
      words_ += decoded(in_.substr(pos_, next - pos_));
      pos_ = next;
      if (pos_ < in_.size()) markup();
    }
    put_words();
    if (nodes_ > HtmlTree::kMaxNodes)
      notes_.mended("F024", "more than " + std::to_string(HtmlTree::kMaxNodes) +
                                " tags and attributes; the rest was left unread");
  }

 private:
  struct Open {
    pugi::xml_node node;
    std::uint64_t name;
  };

  /// Words between two tags are one node, however many stray "<" stand in them.
  void put_words() {
    if (!words_.empty()) open_.back().node.append_child(pugi::node_pcdata).set_value(words_.c_str());
    words_.clear();
  }

  void markup() {
    const char next = pos_ + 1 < in_.size() ? in_[pos_ + 1] : ' ';
    if (is_alpha(next)) return start_tag();
    if (next == '/' && pos_ + 2 < in_.size() && is_alpha(in_[pos_ + 2])) return end_tag();
    if (in_.substr(pos_, 4) == "<!--") return skip_past("-->");
    if (next == '!' || next == '?' || next == '/') return skip_past(">");
    words_ += '<';
    ++pos_;
  }

  void skip_past(std::string_view end) {
    const auto at = in_.find(end, pos_ + 2);
    pos_ = at == kNone ? in_.size() : at + end.size();
  }

  std::string take_name() {
    const auto start = pos_;
    while (pos_ < in_.size() && !is_space(in_[pos_]) && in_[pos_] != '>' && in_[pos_] != '/' && in_[pos_] != '=')
      ++pos_;
    return lower_ascii(in_.substr(start, pos_ - start));
  }

  void start_tag() {
    ++pos_;
    const auto name = take_name();
    const auto hash = fnv1a(name);
    ++nodes_;
    put_words();
    end_what_it_ends(hash);
    if (open_.size() > HtmlTree::kMaxDepth) return too_deep(hash);
    auto node = open_.back().node.append_child(name.c_str());
    const bool closed = attributes(node);
    if (hash == fnv1a("script") || hash == fnv1a("style") || hash == fnv1a("template")) return skip_element(name);
    if (!is_void(hash) && !closed) open_.push_back({node, hash});
  }

  void too_deep(std::uint64_t name) {
    notes_.mended("F025",
                  "elements nested deeper than " + std::to_string(HtmlTree::kMaxDepth) + " levels lost their tags");
    pugi::xml_document nowhere;
    if (!attributes(nowhere.append_child("a")) && !is_void(name)) ++deeper_;
  }

  /// Beyond the end tag of an element whose content is no words.
  void skip_element(std::string_view name) {
    for (auto at = in_.find("</", pos_); at != kNone; at = in_.find("</", at + 2))
      if (equal_ascii_nocase(in_.substr(at + 2, name.size()), name)) {
        pos_ = at;
        return skip_past(">");
      }
    pos_ = in_.size();
  }

  void end_what_it_ends(std::uint64_t name) {
    const auto rule =
        std::find_if(kImplied.begin(), kImplied.end(), [&](const auto& r) { return one_of(name, r.kind); });
    if (rule == kImplied.end()) return;
    for (auto at = open_.size(); at-- > 1 && !one_of(open_[at].name, rule->until);)
      if (one_of(open_[at].name, rule->kind)) return open_.resize(at);
  }

  /// True for "/>". Of attributes given twice the first counts.
  bool attributes(pugi::xml_node node) {
    bool slash = false;
    for (int n = 0; pos_ < in_.size();) {
      const char c = in_[pos_];
      if (c == '>') return ++pos_, slash;
      slash = c == '/';
      if (is_space(c) || slash || c == '=' || c == '"' || c == '\'') {
        ++pos_;
        continue;
      }
      const auto name = take_name();
      const auto value = take_value();
      if (++n <= kMaxAttributes && ++nodes_ <= HtmlTree::kMaxNodes && !node.attribute(name.c_str()))
        node.append_attribute(name.c_str()).set_value(decoded(value).c_str());
    }
    return slash;
  }

  std::string_view take_value() {
    while (pos_ < in_.size() && is_space(in_[pos_])) ++pos_;
    if (pos_ >= in_.size() || in_[pos_] != '=') return {};
    ++pos_;
    while (pos_ < in_.size() && is_space(in_[pos_])) ++pos_;
    if (pos_ >= in_.size()) return {};
    const char quote = in_[pos_];
    const bool quoted = quote == '"' || quote == '\'';
    const auto start = pos_ + quoted;
    const auto end = std::min(quoted ? in_.find(quote, start) : in_.find_first_of(" \t\r\n>", start), in_.size());
    pos_ = std::min(end + quoted, in_.size());
    return in_.substr(start, end - start);
  }

  void end_tag() {
    pos_ += 2;
    const auto name = fnv1a(take_name());
    pos_ = std::min(in_.find('>', pos_), in_.size() - 1) + 1;
    if (deeper_ > 0) return static_cast<void>(--deeper_);
    put_words();
    for (auto at = open_.size(); at-- > 1;) {
      if (open_[at].name == name) return open_.resize(at);
      if (is_block(open_[at].name) && !is_block(name)) return;
    }
  }

  std::string_view in_;
  Notes& notes_;
  std::size_t pos_ = 0, nodes_ = 0, deeper_ = 0;
  std::string words_;
  std::vector<Open> open_;
};
}  // namespace

HtmlTree::HtmlTree(std::string_view utf8, Notes& notes) : tree_(std::make_unique<pugi::xml_document>()) {
  Builder(utf8, *tree_, notes).run();
}

HtmlTree::~HtmlTree() = default;

pugi::xml_node HtmlTree::root() const {
  return *tree_;
}

bool has_word(std::string_view list, std::string_view word) {
  constexpr std::string_view kSpace = " \t\n\f\r";
  for (std::size_t at = 0; (at = list.find_first_not_of(kSpace, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(list.find_first_of(kSpace, at), list.size());
    if (list.substr(at, end - at) == word) return true;
    at = end;
  }
  return false;
}

}  // namespace tocsin
