// Distances between an incident and what the organisation owns, honest about how well the place is known.
#pragma once
#include <optional>

#include "model/organisation.hpp"
#include "rules/field.hpp"

namespace tocsin {

/// How far the true spot may lie from `place.at`: nothing for an exact point, the reach of the town for "somewhere in
/// Bamako"; nullopt where only an area or a country is known, which is near nothing.
std::optional<double> slack_km(const Place& place);

struct Nearest {
  std::string id;
  double km = 0;           // from the point that is known
  bool town_only = false;  // the place is known to the town alone
};
/// The nearest of the shapes, or nullopt when the place has no usable point or there are no shapes.
std::optional<Nearest> nearest_shape(const Place& place, const std::vector<Shape>& shapes);

bool within(const Operand& operand, const Place& place);
/// `where` is the value of the field: the place, and for `within reach` the event types and the hour.
bool within(const Operand& operand, const Value& where);
bool inside(const Operand& operand, const Place& place);
/// What a distance test saw, for people: "4.2 km from office-gao", "known only as a country".
std::string seen_distance(const Operand& operand, const Value& where);

}  // namespace tocsin
