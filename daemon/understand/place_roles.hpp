// Whether a resolved place is where something happened, or a government that speaks; whether its airport is meant.
// Called by places.cpp only.
#pragma once
#include "understand/place_cues.hpp"
#include "understand/places.hpp"

namespace tocsin {

/// Sets metonym and at_airport. `aside`: the name belongs to something longer, so it locates nothing.
void assign_role(const PlaceContext& context, const PlaceCues& cues, PlaceMention& mention, bool aside);

}  // namespace tocsin
