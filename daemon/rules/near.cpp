#include "rules/near.hpp"

#include <algorithm>
#include <cstdio>

namespace tocsin {

namespace {

double distance_to(const Shape& shape, LatLon at) {
  return shape.line.size() == 1 ? distance_km(at, shape.line.front()) : distance_to_line_km(at, shape.line);
}

/// Rough reach of a town from its centre: half the built-up area of African cities of that size, rounded up. Too wide
/// warns of an attack across the town; too narrow would be silent about one next door.
double town_reach_km(const Place& place) {
  if (place.is_capital || place.population >= 1'000'000) return 15;
  if (place.is_city || place.population >= 100'000) return 8;
  return 3;
}

}  // namespace

std::optional<double> slack_km(const Place& place) {
  if (!place.at) return std::nullopt;
  if (place.precision == Precision::exact) return 0;
  if (place.precision == Precision::place) return town_reach_km(place);
  return std::nullopt;
}

std::optional<Nearest> nearest_shape(const Place& place, const std::vector<Shape>& shapes) {
  if (!slack_km(place) || shapes.empty()) return std::nullopt;
  Nearest best;
  for (const Shape& shape : shapes) {
    if (shape.line.empty()) continue;
    const double km = distance_to(shape, *place.at);
    if (best.id.empty() || km < best.km) best = {shape.id, km, place.precision == Precision::place};
  }
  return best.id.empty() ? std::nullopt : std::optional(best);
}

bool within(const Operand& operand, const Place& place) {
  const auto nearest = nearest_shape(place, operand.shapes);
  return nearest && nearest->km - *slack_km(place) <= operand.km;
}

bool inside(const Operand& operand, const Place& place) {
  if (!slack_km(place)) return false;
  return std::any_of(operand.shapes.begin(), operand.shapes.end(),
                     [&](const Shape& zone) { return inside_polygon(*place.at, zone.line); });
}

std::string seen_distance(const Operand& operand, const Place& place) {
  if (!slack_km(place)) {
    if (place.name.empty() && place.country.empty()) return "no place is known";
    return "known only as " + std::string(place.precision == Precision::area ? "an area" : "a country");
  }
  const auto nearest = nearest_shape(place, operand.shapes);
  if (!nearest) return "there is none";
  char km[32];
  std::snprintf(km, sizeof km, "%.*f km from ", nearest->km < 10 ? 1 : 0, nearest->km);
  return km + nearest->id + (nearest->town_only ? " (known to the town only)" : "");
}

}  // namespace tocsin
