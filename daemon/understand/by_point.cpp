#include "understand/by_point.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "understand/locate.hpp"

namespace tocsin {

namespace {
constexpr double kKmPerDegree = 111.2;
constexpr double kNearKm = 50;      // a town lends its name to what happened so near to it
constexpr double kInsideKm = 20;    // farther out it is no event in that town
constexpr double kSameKm = 100;     // the town of the words and the point speak of one event
constexpr double kAwayKm = 300;     // from the nearest town of the country, at sea or in a desert
constexpr double kAbroadKm = 1000;  // too far to be of the country, however empty it is

bool a_town(PlaceKind kind) {
  return kind == PlaceKind::capital || kind == PlaceKind::admin_capital || kind == PlaceKind::city ||
         kind == PlaceKind::town;
}
}  // namespace

std::uint32_t nearest_town(const Image& image, LatLon point, std::uint16_t country, double within_km) {
  // Degrees are compared first: a distance on the sphere for each of 50,000 places would cost milliseconds.
  const double high = within_km / kKmPerDegree;
  const double wide = high / std::max(0.05, std::cos(point.lat * std::numbers::pi / 180));
  std::uint32_t nearest = kNoPlace;
  double best = within_km;
  for (std::uint32_t i = 0; i < image.places.size(); ++i) {
    const PlaceRow& row = image.places[i];
    const LatLon at{row.lat / 1e6, row.lon / 1e6};
    if (std::abs(at.lat - point.lat) > high) continue;
    const double apart = std::abs(at.lon - point.lon);
    if (std::min(apart, 360 - apart) > wide || !a_town(static_cast<PlaceKind>(row.kind))) continue;
    if (country && image.regions[row.region].country != country) continue;
    if (const double km = distance_km(at, point); km < best) {
      best = km;
      nearest = i;
    }
  }
  return nearest;
}

void place_by_instrument(Place& place, const Image& image, LatLon point) {
  Place by_words = place;
  place_by_point(by_words, image, point);
  // Nothing of the country that the words name is within reach: they were misread, or name the sea.
  if (by_words.at != point && nearest_town(image, point, pack_country(place.country), kAbroadKm) == kNoPlace)
    by_words = Place{};
  place_by_point(by_words, image, point);
  by_words.at = point;
  by_words.precision = Precision::exact;
  place = std::move(by_words);
}

void place_by_point(Place& place, const Image& image, LatLon point) {
  const bool town_named = place.at && (place.precision == Precision::place || place.precision == Precision::exact);
  if (town_named) {
    if (distance_km(*place.at, point) > kSameKm) return;
    place.at = point;
    place.precision = Precision::exact;
    return;
  }
  const auto country = pack_country(place.country);
  const std::uint32_t town = nearest_town(image, point, country, kNearKm);
  if (town == kNoPlace) {
    const std::uint32_t far = nearest_town(image, point, country, kAwayKm);
    if (far == kNoPlace) return;
    if (place.country.empty()) place.country = place_of_row(image, far).country;
  } else {
    place = place_of_row(image, town);
    if (distance_km(*place.at, point) > kInsideKm) place.is_capital = place.is_admin_capital = place.is_city = false;
  }
  place.at = point;
  place.precision = Precision::exact;
}

}  // namespace tocsin
