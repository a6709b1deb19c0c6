#include "feeds/geo_points.hpp"

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/parse.hpp"
#include "feeds/xml_names.hpp"
#include "feeds/xml_text.hpp"

namespace tocsin {

namespace {
using V = Vocabulary;

/// The next number in `text`, which loses it and what stands before it.
std::optional<double> take_number(std::string_view& text) {
  for (const char *at = text.data(), *end = at + text.size(); at < end; ++at) {
    double value = 0;
    const auto [next, error] = std::from_chars(at + (*at == '+'), end, value);
    if (error != std::errc{}) continue;
    text.remove_prefix(static_cast<std::size_t>(next - text.data()));
    return value;
  }
  text = {};
  return std::nullopt;
}

bool on_earth(double lat, double lon) {
  return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180;
}

std::optional<double> number_in(const pugi::xml_node& element) {
  std::string scratch;
  auto text = raw_text(element, scratch);
  return take_number(text);
}
}  // namespace

std::optional<LatLon> middle_of(std::string_view text) {
  double south = 90, north = -90, west = 180, east = -180;
  while (const auto lat = take_number(text)) {
    const auto lon = take_number(text);
    if (!lon) break;
    if (!on_earth(*lat, *lon)) return std::nullopt;
    south = std::min(south, *lat);
    north = std::max(north, *lat);
    west = std::min(west, *lon);
    east = std::max(east, *lon);
  }
  if (south > north) return std::nullopt;
  return LatLon{(south + north) / 2, (west + east) / 2};
}

void PointReader::add(std::optional<LatLon> point) {
  if (point && found_.size() < kMaxListed && std::find(found_.begin(), found_.end(), *point) == found_.end())
    found_.push_back(*point);
}

void PointReader::read(const Names& names, const pugi::xml_node& element) {
  const Name name = names.of(element);
  if (name.vocabulary != V::georss && name.vocabulary != V::geo && name.vocabulary != V::gml) return;
  if (name.is(V::geo, "lat")) lat_ = number_in(element);
  if (name.is(V::geo, "long") || name.is(V::geo, "lon")) lon_ = number_in(element);
  if (name.is(V::geo, "lat_long")) add(middle_of(raw_text(element)));
  for (const char* shape : {"point", "line", "polygon", "box"})
    if (name.is(V::georss, shape)) return add(middle_of(raw_text(element)));
  for (const char* shape : {"pos", "poslist", "coordinates", "lowercorner"})
    if (name.is(V::gml, shape)) return add(middle_of(raw_text(element)));
  for (const auto& child : element.children())
    if (child.type() == pugi::node_element) read(names, child);
}

std::vector<LatLon> PointReader::points() const {
  auto all = found_;
  if (lat_ && lon_ && on_earth(*lat_, *lon_))
    if (const LatLon here{*lat_, *lon_}; std::find(all.begin(), all.end(), here) == all.end()) all.push_back(here);
  return all;
}

}  // namespace tocsin
