// A web page as a bounded tree: what browsers forgive is forgiven, as far as the words and attributes need it. For the
// mapped sources and the discovery in feeds/.
#pragma once
#include <memory>
#include <string_view>

#include "feeds/notes.hpp"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace tocsin {

/// Element and attribute names in lower case, references decoded, comments, scripts and styles left out. Elements
/// deeper than kMaxDepth lose their tags, not their words; after kMaxNodes tags and attributes the rest is left unread.
/// Linear in the input.
class HtmlTree {
 public:
  static constexpr std::size_t kMaxDepth = 256;
  static constexpr std::size_t kMaxNodes = 250'000;

  HtmlTree(std::string_view utf8, Notes& notes);
  ~HtmlTree();
  /// Holds every element of the page.
  [[nodiscard]] pugi::xml_node root() const;

 private:
  std::unique_ptr<pugi::xml_document> tree_;
};

/// Whether `word` is one of those that an attribute lists ("rel", "class"), parted by ASCII white space.
bool has_word(std::string_view list, std::string_view word);

}  // namespace tocsin
