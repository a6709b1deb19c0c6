// Which phrases of the text are place names at all: longest match behind the gates for words, persons and codes.
// Called by places.cpp only.
#pragma once
#include <cstdint>
#include <vector>

#include "model/event_type.hpp"
#include "understand/place_cues.hpp"
#include "understand/places.hpp"

namespace tocsin {

/// A place that a name may mean.
struct Candidate {
  std::uint32_t row = kNoPlace;
  std::uint8_t name_kind = 0;  // as Payload::a of a place
  double score = 0;
};

/// Tokens [first, last) name one of the candidates; `phrase` is the same for the same words.
struct PlaceName {
  std::uint32_t first = 0, last = 0;
  const Payload* phrase = nullptr;
  bool aside = false;  // part of a longer name (a club, a person): counts for its country, locates nothing
  bool known = false;  // some candidate is a country, a region, a capital or a big town
  bool led = false;    // "in", "near", "to" stands before
  std::vector<Candidate> candidates;
};

std::vector<PlaceName> find_place_names(const PlaceContext& context, const PlaceCues& cues);

PlaceKind kind_of(const Image& image, std::uint32_t row);
std::uint16_t country_of(const Image& image, std::uint32_t row);

}  // namespace tocsin
