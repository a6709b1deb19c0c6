// Distances on the Earth. Pure; degrees in WGS84, kilometres out.
#pragma once
#include <vector>

namespace tocsin {

struct LatLon {
  double lat = 0;  // -90..90
  double lon = 0;  // -180..180
  bool operator==(const LatLon&) const = default;
};

/// Great-circle distance (haversine, mean radius 6371.0088 km).
double distance_km(LatLon a, LatLon b);
/// Shortest distance to a polyline of two or more points; sound below about 500 km from it.
double distance_to_line_km(LatLon p, const std::vector<LatLon>& line);
/// Even-odd rule on plain degrees; the polygon may be open or closed and must not cross the date line.
bool inside_polygon(LatLon p, const std::vector<LatLon>& polygon);
/// Initial bearing from a to b in degrees, 0 = north, 90 = east.
double bearing_degrees(LatLon from, LatLon to);

}  // namespace tocsin
