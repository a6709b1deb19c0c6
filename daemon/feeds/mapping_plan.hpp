// A mapping made ready to run: its preset filled in, its templates cut into pieces, its locators gathered. Pure. For
// the mapped sources in feeds/ only.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "model/feed.hpp"

namespace tocsin {

/// A word made of another, by name: {27|cameo}.
struct WordFilter {
  std::string_view name;
  std::string_view about;
  std::string (*apply)(std::string_view);
};
std::span<const WordFilter> word_filters();

/// "{a} in {b|country}": literal text and locators, one after the other. A text without braces is one locator.
struct Template {
  struct Piece {
    std::string literal;
    std::size_t locator = kLiteral;  // index into Plan::locators
    std::vector<const WordFilter*> filters;
  };
  static constexpr std::size_t kLiteral = static_cast<std::size_t>(-1);
  std::string source;  // as it was written
  std::vector<Piece> pieces;
  [[nodiscard]] bool given() const { return !pieces.empty(); }
};

struct Plan {
  struct Only {
    Template value;
    std::vector<std::string> words;
  };
  std::string kind, items, delimiter;
  bool header = true;
  std::vector<std::string> locators;
  std::string feed_title;
  Template id, title, link, text, published, updated, language, authors, categories, lat, lon, unique;
  std::vector<Only> only;
};

struct MappingFault {
  std::string key;  // of the mapping, where it belongs
  std::string code;
  std::string message;
};

/// The plan is to be used only when `faults` stays empty.
Plan plan_mapping(const Mapping& mapping, std::vector<MappingFault>& faults);

}  // namespace tocsin
