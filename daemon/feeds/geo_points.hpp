// Places that an entry carries: GeoRSS Simple and GML (georss.org), W3C Basic Geo, GDACS boxes. feeds/ only.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/geo.hpp"

namespace pugi {
class xml_node;
}

namespace tocsin {

class Names;

/// Sees the children of one entry, one after the other.
class PointReader {
 public:
  void read(const Names& names, const pugi::xml_node& element);
  /// What was found, without repetition; a line, box or polygon counts as its middle.
  [[nodiscard]] std::vector<LatLon> points() const;

 private:
  void add(std::optional<LatLon> point);
  std::vector<LatLon> found_;
  std::optional<double> lat_, lon_;  // W3C Basic Geo gives them apart
};

/// Numbers parted by blanks or commas, in pairs of latitude and longitude. The middle of the box that holds them all.
std::optional<LatLon> middle_of(std::string_view numbers);

}  // namespace tocsin
