// Which places the item names and where they are: longest match, gates, votes by country. Called by the understander
// after the phrase pass; sees words and phrases, never the news value. Pure. How it decides: docs/gazetteer.md.
#pragma once
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "understand/image.hpp"
#include "understand/phrases.hpp"
#include "understand/tokens.hpp"

namespace tocsin {

/// One place name in the text, resolved. Tokens [first, last).
struct PlaceMention {
  std::uint32_t first = 0, last = 0;
  std::uint32_t row = kNoPlace;    // of Image::places
  std::uint32_t rival = kNoPlace;  // the runner-up, kNoPlace when there was none
  double margin = 10;              // score over the rival; below 1 the choice is a guess
  bool metonym = false;            // a government or a club speaks or acts, nothing is located
  bool at_airport = false;         // "Bamako airport" read as the town: the airport of it is meant
};

struct PlaceContext {
  const Image& image;
  const Tokens& tokens;
  std::span<const Hit> hits;            // of find_phrases
  const std::vector<bool>& masked;      // per token: belongs to an actor's name
  std::span<const std::uint16_t> home;  // packed countries that the feed covers
  std::uint8_t language = 255;          // index of Image::languages
};

struct PlaceReading {
  std::vector<PlaceMention> mentions;                   // in reading order, never overlapping
  std::vector<std::pair<std::uint16_t, double>> votes;  // packed country, weight; strongest first
};

PlaceReading resolve_places(const PlaceContext& context);

/// The largest airport whose town is `city`, kNoPlace when the gazetteer has none.
std::uint32_t airport_of(const Image& image, std::uint32_t city);

}  // namespace tocsin
