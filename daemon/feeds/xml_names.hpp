// Names in feeds: by namespace URI, with the wrong URIs that the world uses, else by the prefix everybody uses. feeds/
// only.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"

namespace pugi {
class xml_node;
}

namespace tocsin {

/// The vocabularies that a reader understands; `core` is the language of the feed itself (RSS of any age, Atom, none).
enum class Vocabulary : std::uint8_t {
  core,
  dc,
  dcterms,
  content,
  media,
  itunes,
  georss,
  geo,
  gml,
  gdacs,
  cap,
  xhtml,
  sy,
  rdf,
  feedburner,
  other
};

struct Name {
  Vocabulary vocabulary = Vocabulary::core;
  std::uint64_t local = 0;  // fnv1a of the local name in lower case
  [[nodiscard]] bool is(Vocabulary v, std::string_view lower) const { return vocabulary == v && local == fnv1a(lower); }
};

class Names {
 public:
  /// Reads the declarations of the root element; `document` is its text, to see whether any other element declares
  /// some.
  Names(const pugi::xml_node& root, std::string_view document);
  /// Declarations nearer than the root's are honoured too. `element` is of the document, which outlives this.
  [[nodiscard]] Name of(const pugi::xml_node& element) const;

 private:
  struct Declared {
    std::string prefix;
    Vocabulary vocabulary;
  };
  [[nodiscard]] Vocabulary vocabulary_of(std::string_view prefix, const pugi::xml_node& element) const;
  [[nodiscard]] Name read(std::string_view qualified, const pugi::xml_node& element) const;

  /// A document has few names and each of them often.
  struct Seen {
    std::string_view qualified;
    Name name;
  };
  static constexpr std::size_t kSeen = 64;
  mutable std::array<Seen, kSeen> seen_;
  std::vector<Declared> at_root_;
  bool declared_below_ = false;
};

inline constexpr int kMaxAttributes = 64;  // of one element that are looked at

/// The value of `qualified` ("xml:base") on this very element; "" when there is none.
std::string_view own_attribute(const pugi::xml_node& element, std::string_view qualified);
/// The local part of a qualified name.
std::string_view local_name(std::string_view qualified);
/// The attribute of that local name, whatever its prefix and case; "" when there is none.
std::string_view attribute(const pugi::xml_node& element, std::string_view local);

}  // namespace tocsin
