// Reads an item as an analyst would: what happened, where, to whom, how many, when, and whether it is news. Pure and
// without state; every field carries the span that proves it. Called by app/ (daemon, understand, explain) and rule
// tests.
#pragma once
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/feed.hpp"
#include "model/report.hpp"
#include "understand/image.hpp"

namespace tocsin {

/// What is known of the feed that an item came from; all may be empty.
struct Origin {
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2 that the feed covers
  std::string language;                // BCP 47, stands when the item names none
  std::string publisher;
  bool by_people = false;  // reports of people: the points of their items are where it happened
};
inline Origin origin_of(const Feed& feed) {
  return {feed.countries, feed.language, feed.publisher, feed.owner == "human"};
}

class Understander {
 public:
  /// Maps the phrase image (see image.hpp). Fails with the path and the reason.
  static Result<Understander> open(const std::string& image_path);

  /// Never fails: nonsense gives an Understanding without reports. May be called from several threads at once.
  [[nodiscard]] Understanding understand(const Item& item, const Origin& origin) const;

 private:
  explicit Understander(Image image) : image_(std::move(image)) {}
  Image image_;
};

/// An item is news of an incident at or above this score; one threshold for all languages and sources.
inline constexpr double kNewsThreshold = 0.5;

}  // namespace tocsin
