// A small part of CSS selectors (W3C Selectors 3) over a tree of HTML: type, *, .class, #id, [attr], [attr=v] and its
// kin ~= ^= $= *= |=, :first-child, :last-child, :nth-child(N), descendants ("a b"), children ("a > b"), lists ("a,
// b"). For the mapped sources in feeds/.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
class xml_node;
}

namespace tocsin {

class Selector {
 public:
  /// `fault` says why the text is no selector, with the word that is not understood; then it matches nothing.
  Selector(std::string_view text, std::string& fault);

  /// Every match below or at `scope`, in order of the document; inside a match none is looked for. Ends when `found`
  /// returns false. Linear in the nodes. Recursion is as deep as the tree, which HtmlTree bounds.
  void each(const pugi::xml_node& scope, const std::function<bool(const pugi::xml_node&)>& found) const;

  struct Test {
    enum class Kind { has, equals, word, prefix, suffix, part, dash, nth_child, last_child } kind;
    std::string attribute, value;
    std::size_t nth = 0;
  };
  struct Compound {
    std::string type;  // "" for any
    std::vector<Test> tests;
    bool child_of_previous = false;
  };
  static constexpr std::size_t kMaxCompounds = 16;  // of one chain
  static constexpr std::size_t kMaxChains = 8;

 private:
  std::vector<std::vector<Compound>> chains_;
};

}  // namespace tocsin
