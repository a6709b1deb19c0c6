// Which phrases of the text are place names at all: longest match behind the gates for words, persons and codes.
// Called by places.cpp only.
#pragma once
#include <cstdint>
#include <vector>

#include "model/event_type.hpp"
#include "understand/place_cues.hpp"
#include "understand/places.hpp"

namespace tocsin {

/// People; the names of smaller territories abroad are mostly towns' ("San Martín").
inline constexpr std::uint32_t kNation = 500000;

/// A place that a name may mean.
struct Candidate {
  std::uint32_t row = kNoPlace;
  std::uint8_t name_kind = 0;  // as Payload::a of a place
  bool word = false;           // the name equals a dictionary word
  double score = 0;
};

/// Tokens [first, last) name one of the candidates; `phrase` is the same for the same words.
struct PlaceName {
  std::uint32_t first = 0, last = 0;
  const Payload* phrase = nullptr;
  bool aside = false;          // part of a longer name (a club, a person): counts for its country, locates nothing
  bool known = false;          // some candidate is a country, a region, a capital or a big town
  bool led = false;            // "in", "near", "to" stands before
  bool heard = false;          // nobody lists this spelling: it sounds like them
  bool spelled_alike = false;  // and differs in a letter or two only
  std::vector<Candidate> candidates;
};

std::vector<PlaceName> find_place_names(const PlaceContext& context, const PlaceCues& cues);

PlaceKind kind_of(const Image& image, std::uint32_t row);
std::uint16_t country_of(const Image& image, std::uint32_t row);
bool is_district(const Image& image, std::uint32_t row);

}  // namespace tocsin
