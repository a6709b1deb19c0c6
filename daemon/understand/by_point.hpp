// Places a report by the point that its item carries (GeoRSS, GDACS, GeoJSON, a report of a person), where the words
// name no town. Called by understander.cpp.
#pragma once
#include "base/geo.hpp"
#include "model/report.hpp"
#include "understand/image.hpp"

namespace tocsin {

/// The nearest populated place within `within_km`, kNoPlace when there is none. `country` as in image.hpp, 0 for any.
std::uint32_t nearest_town(const Image& image, LatLon point, std::uint16_t country, double within_km);

/// What the words say stays, and the point says where exactly: it gives the position when a town of the words lies
/// near, and town and country when the words name none. A point far outside of the country of the words is not of the
/// event and changes nothing.
void place_by_point(Place& place, const Image& image, LatLon point);

/// The same for what an instrument measured: there the point is right whatever the words seem to name; far from every
/// town it stands alone, without a country.
void place_by_instrument(Place& place, const Image& image, LatLon point);

}  // namespace tocsin
