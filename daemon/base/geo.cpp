#include "base/geo.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace tocsin {

namespace {
constexpr double kEarthRadiusKm = 6371.0088;
constexpr double radians(double degrees) {
  return degrees * std::numbers::pi / 180;
}

/// Distance to a segment in the local equirectangular plane around p.
double distance_to_segment_km(LatLon p, LatLon a, LatLon b) {
  const double squeeze = std::cos(radians(p.lat));
  const double ax = (a.lon - p.lon) * squeeze, ay = a.lat - p.lat;
  const double bx = (b.lon - p.lon) * squeeze, by = b.lat - p.lat;
  const double dx = bx - ax, dy = by - ay;
  const double length2 = dx * dx + dy * dy;
  const double t = length2 == 0 ? 0 : std::clamp(-(ax * dx + ay * dy) / length2, 0.0, 1.0);
  return std::hypot(ax + t * dx, ay + t * dy) * radians(1) * kEarthRadiusKm;
}
}  // namespace

double distance_km(LatLon a, LatLon b) {
  const double dlat = radians(b.lat - a.lat), dlon = radians(b.lon - a.lon);
  const double h = std::pow(std::sin(dlat / 2), 2) +
                   std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * std::pow(std::sin(dlon / 2), 2);
  return 2 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(h)));
}

double distance_to_line_km(LatLon p, const std::vector<LatLon>& line) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < line.size(); ++i) best = std::min(best, distance_to_segment_km(p, line[i - 1], line[i]));
  return best;
}

bool inside_polygon(LatLon p, const std::vector<LatLon>& polygon) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const LatLon a = polygon[i], b = polygon[j];
    if ((a.lat > p.lat) != (b.lat > p.lat) && p.lon < (b.lon - a.lon) * (p.lat - a.lat) / (b.lat - a.lat) + a.lon)
      inside = !inside;
  }
  return inside;
}

double bearing_degrees(LatLon from, LatLon to) {
  const double dlon = radians(to.lon - from.lon);
  const double y = std::sin(dlon) * std::cos(radians(to.lat));
  const double x = std::cos(radians(from.lat)) * std::sin(radians(to.lat)) -
                   std::sin(radians(from.lat)) * std::cos(radians(to.lat)) * std::cos(dlon);
  return std::fmod(std::atan2(y, x) * 180 / std::numbers::pi + 360, 360);
}

}  // namespace tocsin
