#include "feeds/selectors.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/html_tree.hpp"

namespace tocsin {

namespace {
using Test = Selector::Test;
using Compound = Selector::Compound;
constexpr std::size_t kNone = std::string_view::npos;

bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Reader {
 public:
  Reader(std::string_view text, std::string& fault) : text_(text), fault_(fault) {}

  std::vector<std::vector<Compound>> run() {
    std::vector<std::vector<Compound>> chains(1);
    skip_space();
    while (good() && pos_ < text_.size()) {
      const bool child = !chains.back().empty() && eat('>');
      if (child) skip_space();
      chains.back().push_back(compound());
      chains.back().back().child_of_previous = child;
      if (chains.back().size() > Selector::kMaxCompounds) return refuse("too many parts"), chains;
      skip_space();
      if (!eat(',')) continue;
      if (chains.size() == Selector::kMaxChains) return refuse("too many alternatives"), chains;
      chains.emplace_back();
      skip_space();
    }
    if (good() && chains.back().empty()) refuse("nothing is selected");
    return chains;
  }

 private:
  [[nodiscard]] bool good() const { return fault_.empty(); }
  void refuse(const std::string& why) {
    if (!good()) return;
    fault_ = "\"" + one_line(text_) + "\" is no selector that is understood: " + why;
    if (pos_ < text_.size()) fault_ += " at \"" + shortened(one_line(text_.substr(pos_)), 20) + "\"";
  }
  void skip_space() {
    while (pos_ < text_.size() && (text_[pos_] == ' ' || (text_[pos_] >= '\t' && text_[pos_] <= '\r'))) ++pos_;
  }
  [[nodiscard]] char peek() const { return pos_ < text_.size() ? text_[pos_] : '\0'; }
  bool eat(char c) { return peek() == c && pos_ < text_.size() && (++pos_, true); }

  std::string name() {
    const auto start = pos_;
    while (pos_ < text_.size() && in_name(text_[pos_])) ++pos_;
    if (pos_ == start) refuse("a name is missing");
    return std::string(text_.substr(start, pos_ - start));
  }

  Compound compound() {
    Compound c;
    const auto start = pos_;
    if (!eat('*') && in_name(peek())) c.type = lower_ascii(name());
    while (good()) {
      if (eat('.'))
        c.tests.push_back({Test::Kind::word, "class", name()});
      else if (eat('#'))
        c.tests.push_back({Test::Kind::equals, "id", name()});
      else if (eat('['))
        c.tests.push_back(attribute());
      else if (eat(':'))
        c.tests.push_back(pseudo_class());
      else
        break;
    }
    if (good() && pos_ == start) refuse("only types, classes, ids, attributes, children and lists are");
    return c;
  }

  Test attribute() {
    skip_space();
    Test test{Test::Kind::has, lower_ascii(name()), {}};
    skip_space();
    if (eat(']')) return test;
    static constexpr std::string_view kSigns = "~^$*|";
    static constexpr std::array kKinds{Test::Kind::word, Test::Kind::prefix, Test::Kind::suffix, Test::Kind::part,
                                       Test::Kind::dash};
    const auto sign = kSigns.find(peek());
    test.kind = sign == kNone || peek() == '\0' ? Test::Kind::equals : kKinds[sign];
    if (test.kind != Test::Kind::equals) ++pos_;
    if (!eat('=')) return refuse("expected = or ]"), test;
    skip_space();
    test.value = value();
    skip_space();
    if (!eat(']')) refuse("expected ]");
    return test;
  }

  std::string value() {
    const char quote = peek();
    if (quote != '"' && quote != '\'') return name();
    const auto end = text_.find(quote, pos_ + 1);
    if (end == kNone) return refuse("a quote is never closed"), std::string();
    const auto start = std::exchange(pos_, end + 1) + 1;
    return std::string(text_.substr(start, end - start));
  }

  Test pseudo_class() {
    const auto start = pos_;
    const auto word = name();
    if (word == "first-child") return {Test::Kind::nth_child, {}, {}, 1};
    if (word == "last-child") return {Test::Kind::last_child, {}, {}};
    Test test{Test::Kind::nth_child, {}, {}};
    if (word == "nth-child" && eat('(')) {
      const auto close = std::min(text_.find(')', pos_), text_.size());
      const auto number = trim(text_.substr(pos_, close - pos_));
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), test.nth);
      if (error == std::errc{} && end == number.data() + number.size() && test.nth > 0 && close < text_.size())
        return pos_ = close + 1, test;
    }
    pos_ = start;
    refuse("only :first-child, :last-child and :nth-child(NUMBER) are");
    return test;
  }

  std::string_view text_;
  std::string& fault_;
  std::size_t pos_ = 0;
};

bool is_element(const pugi::xml_node& node) {
  return node.type() == pugi::node_element;
}

bool is_last(pugi::xml_node node) {
  while ((node = node.next_sibling()))
    if (is_element(node)) return false;
  return true;
}

bool holds(const Test& test, const pugi::xml_node& node, std::size_t index) {
  if (test.kind == Test::Kind::nth_child) return index == test.nth;
  if (test.kind == Test::Kind::last_child) return is_last(node);
  const auto attribute = node.attribute(test.attribute.c_str());
  if (!attribute) return false;
  const std::string_view value = attribute.value();
  switch (test.kind) {
    case Test::Kind::equals:
      return value == test.value;
    case Test::Kind::word:
      return has_word(value, test.value);
    case Test::Kind::prefix:
      return !test.value.empty() && value.starts_with(test.value);
    case Test::Kind::suffix:
      return !test.value.empty() && value.ends_with(test.value);
    case Test::Kind::part:
      return !test.value.empty() && value.find(test.value) != kNone;
    case Test::Kind::dash:
      return value == test.value || value.starts_with(test.value + "-");
    default:
      return true;
  }
}

bool holds(const Compound& compound, const pugi::xml_node& node, std::size_t index) {
  return (compound.type.empty() || compound.type == node.name()) &&
         std::all_of(compound.tests.begin(), compound.tests.end(),
                     [&](const Test& t) { return holds(t, node, index); });
}

/// For each chain a bit for every compound up to which it holds, for a node or for any of those above it. So no step
/// has to be tried again, whatever the nesting.
using Reached = std::array<std::uint32_t, Selector::kMaxChains>;

class Walk {
 public:
  Walk(const std::vector<std::vector<Compound>>& chains, const std::function<bool(const pugi::xml_node&)>& found)
      : chains_(chains), found_(found) {}

  /// False when no more is wanted.
  bool visit(const pugi::xml_node& node, std::size_t index, const Reached& parent, const Reached& above) {
    Reached here{};
    bool matched = false;
    for (std::size_t c = 0; c < chains_.size() && is_element(node); ++c) {
      const auto& chain = chains_[c];
      for (std::size_t i = 0; i < chain.size(); ++i) {
        const auto before = i == 0 ? 1u : (chain[i].child_of_previous ? parent[c] : above[c]) >> (i - 1) & 1u;
        if (before && holds(chain[i], node, index)) here[c] |= 1u << i;
      }
      matched = matched || (!chain.empty() && (here[c] >> (chain.size() - 1) & 1u));
    }
    if (matched) return found_(node);
    Reached below = above;
    for (std::size_t c = 0; c < chains_.size(); ++c) below[c] |= here[c];
    std::size_t nth = 0;
    for (const auto& child : node.children())
      if (is_element(child) && !visit(child, ++nth, here, below)) return false;
    return true;
  }

 private:
  const std::vector<std::vector<Compound>>& chains_;
  const std::function<bool(const pugi::xml_node&)>& found_;
};
}  // namespace

Selector::Selector(std::string_view text, std::string& fault) {
  std::string why;
  chains_ = Reader(text, why).run();
  if (why.empty()) return;
  chains_.clear();
  fault = why;
}

void Selector::each(const pugi::xml_node& scope, const std::function<bool(const pugi::xml_node&)>& found) const {
  Walk(chains_, found).visit(scope, 0, {}, {});
}

}  // namespace tocsin
