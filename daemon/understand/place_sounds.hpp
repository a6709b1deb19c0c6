// Names that no list spells as the text does: capitalised words that nobody knows are looked up by their sound. Called
// by place_names.cpp once the known names stand; places.cpp believes them where their country is spoken of.
#pragma once
#include <vector>

#include "understand/place_names.hpp"

namespace tocsin {

/// Adds what is heard to `names`, kept in reading order; each such name is marked `heard`.
void hear_place_names(const PlaceContext& context, const PlaceCues& cues, std::vector<PlaceName>& names);

}  // namespace tocsin
