#include "rules/near.hpp"

#include <algorithm>
#include <cstdio>

#include "rules/reach.hpp"

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

double reach_of(const Operand& operand, const Value& where, const Shape& shape) {
  return reach_km(*operand.reach, where.words, shape.kind, shape.id, where.number);
}

std::string in_km(double km) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f km", km < 10 ? 1 : 0, km);
  return text;
}

/// The shape whose reach is left least, or overstepped most.
std::optional<Nearest> nearest_in_reach(const Operand& operand, const Value& where, double& reach) {
  std::optional<Nearest> best;
  double margin = 0;
  for (const Shape& shape : operand.shapes) {
    auto one = nearest_shape(*where.place, {shape});
    if (!one) continue;
    const double km = reach_of(operand, where, shape);
    if (best && one->km - km >= margin) continue;
    margin = one->km - km;
    reach = km;
    best = std::move(one);
  }
  return best;
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

bool within(const Operand& operand, const Value& where) {
  const Place& place = *where.place;
  if (!operand.reach) return within(operand, place);
  const auto slack = slack_km(place);
  return slack && std::any_of(operand.shapes.begin(), operand.shapes.end(), [&](const Shape& shape) {
           const double km = reach_of(operand, where, shape);
           return km > 0 && !shape.line.empty() && distance_to(shape, *place.at) - *slack <= km;
         });
}

bool inside(const Operand& operand, const Place& place) {
  if (!slack_km(place)) return false;
  return std::any_of(operand.shapes.begin(), operand.shapes.end(),
                     [&](const Shape& zone) { return inside_polygon(*place.at, zone.line); });
}

std::string seen_distance(const Operand& operand, const Value& where) {
  const Place& place = *where.place;
  if (!slack_km(place)) {
    if (place.name.empty() && place.country.empty()) return "no place is known";
    return "known only as " + std::string(place.precision == Precision::area ? "an area" : "a country");
  }
  double reach = 0;
  const auto nearest = operand.reach ? nearest_in_reach(operand, where, reach) : nearest_shape(place, operand.shapes);
  if (!nearest) return "there is none";
  return in_km(nearest->km) + " from " + nearest->id + (operand.reach ? ", reach " + in_km(reach) : "") +
         (nearest->town_only ? " (known to the town only)" : "");
}

}  // namespace tocsin
