// One XML document, bounded and mended, for the formats that are XML. feeds/ only.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "feeds/notes.hpp"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace tocsin {

/// A tree that owns its text. No entity is ever expanded: the internal subset of a DOCTYPE is thrown away unread.
class XmlDocument {
 public:
  /// `utf8` is valid UTF-8. Bounds: kMaxTags, kMaxDepth, kMaxItems. What is not well-formed is mended (xml_mend.hpp).
  XmlDocument(std::string_view utf8, Notes& notes);
  ~XmlDocument();
  XmlDocument(XmlDocument&&) noexcept;

  /// The first element, or an empty node.
  [[nodiscard]] pugi::xml_node root() const;

  static constexpr std::size_t kMaxTags = 150'000;  // start tags; 5,000 items of 30 elements
  static constexpr std::size_t kMaxDepth = 256;

 private:
  std::string text_;
  std::unique_ptr<pugi::xml_document> tree_;
};

}  // namespace tocsin
