// GeoJSON feature collections (RFC 7946) as earthquake services (USGS, EMSC) and weather services (NWS: CAP in JSON)
// write them. GeoJSON puts the longitude first.
#include <algorithm>
#include <cstdio>

#include "base/text.hpp"
#include "feeds/dates.hpp"
#include "feeds/format.hpp"
#include "feeds/html_text.hpp"
#include "feeds/json_tree.hpp"

namespace tocsin {

namespace {
using Kind = JsonValue::Kind;

/// The first of several names that has a value.
std::string first_of(const JsonValue& object, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (auto words = object.at(name).words(); !words.empty()) return words;
  return {};
}

std::optional<Millis> time_of(const JsonValue& object, std::initializer_list<std::string_view> names) {
  const auto text = first_of(object, names);
  return text.empty() ? std::nullopt : parse_date(text);
}

struct Box {
  double south = 90, north = -90, west = 180, east = -180;
  bool empty = true;
};

/// Every position in a geometry, however deep its arrays are (json_tree bounds them).
void extend(Box& box, const JsonValue& coordinates) {
  const auto& v = coordinates.values;
  if (v.size() >= 2 && v[0].is(Kind::number) && v[1].is(Kind::number)) {
    box = {std::min(box.south, v[1].number), std::max(box.north, v[1].number), std::min(box.west, v[0].number),
           std::max(box.east, v[0].number), false};
    return;
  }
  for (const auto& inner : v)
    if (inner.is(Kind::array)) extend(box, inner);
}

std::vector<LatLon> points_of(const JsonValue& geometry) {
  Box box;
  extend(box, geometry.at("coordinates"));
  if (box.empty || box.south < -90 || box.north > 90 || box.west < -180 || box.east > 180) return {};
  return {{(box.south + box.north) / 2, (box.west + box.east) / 2}};
}

std::string earthquake_title(const JsonValue& p) {
  char magnitude[16];
  std::snprintf(magnitude, sizeof magnitude, "M %.1f", p.at("mag").number);
  return std::string(magnitude) + " - " + first_of(p, {"place", "flynn_region"});
}

/// What a reader of the service's own page would see, in a sentence a line.
std::string earthquake_text(const JsonValue& p, const JsonValue& geometry) {
  std::string out =
      "Earthquake of magnitude " + first_of(p, {"mag"}) + ", " + first_of(p, {"place", "flynn_region"}) + ".";
  const auto& position = geometry.at("coordinates").values;
  const std::string depth = !p.at("depth").words().empty() ? p.at("depth").words()
                            : position.size() > 2          ? position[2].words()
                                                           : "";
  if (!depth.empty()) out += "\nDepth " + depth + " km.";
  if (const auto level = p.at("alert").words(); !level.empty()) out += "\nPAGER alert level: " + level + ".";
  if (p.at("tsunami").number > 0) out += "\nTsunami information may be available.";
  return out;
}

bool is_earthquake(const JsonValue& p) {
  return p.at("mag").is(Kind::number) && !first_of(p, {"place", "flynn_region"}).empty();
}

CapFields cap_of(const JsonValue& p) {
  CapFields cap;
  cap.identifier = p.at("id").words();
  cap.sender = p.at("sender").words();
  cap.status = p.at("status").words();
  cap.msg_type = p.at("messageType").words();
  cap.scope = p.at("scope").words();
  cap.event = p.at("event").words();
  cap.urgency = p.at("urgency").words();
  cap.severity = p.at("severity").words();
  cap.certainty = p.at("certainty").words();
  cap.area = p.at("areaDesc").words();
  cap.onset = time_of(p, {"onset", "effective"});
  cap.expires = time_of(p, {"ends", "expires"});
  for (const auto& reference : p.at("references").values)
    (cap.references += cap.references.empty() ? "" : " ") += reference.at("identifier").words();
  return cap;
}

/// The ids under which other networks know the same earthquake: ",us7000abcd,ci400," (earthquake.usgs.gov, GeoJSON).
std::vector<std::string> merged_ids(const JsonValue& p, std::string_view own) {
  std::vector<std::string> out;
  const std::string ids = p.at("ids").words();
  for (const auto id : split(ids, ','))
    if (!id.empty() && id != own && out.size() < kMaxListed) out.emplace_back(id);
  return out;
}

Item read_feature(const JsonValue& feature) {
  const auto& p = feature.at("properties");
  const auto& geometry = feature.at("geometry");
  Item item;
  item.id = first_of(feature, {"id"});
  if (item.id.empty()) item.id = first_of(p, {"unid", "id", "source_id", "code"});
  item.link = first_of(p, {"url", "link", "web"});
  item.title = collapse_space(html_to_text(first_of(p, {"title", "headline", "name", "event"})));
  item.text = html_to_text(first_of(p, {"description", "summary"}));
  if (const auto instruction = p.at("instruction").words(); !instruction.empty())
    item.text += "\n" + html_to_text(instruction);
  if (is_earthquake(p)) {
    if (item.title.empty()) item.title = earthquake_title(p);
    if (item.text.empty()) item.text = earthquake_text(p, geometry);
    item.categories = {"earthquake"};
  }
  item.published = time_of(p, {"time", "sent", "published", "datetime", "date"});
  item.updated = time_of(p, {"updated", "lastupdate"});
  if (!item.published) item.published = item.updated;
  item.points = points_of(geometry);
  item.aliases = merged_ids(p, item.id);
  if (!p.at("messageType").words().empty()) {
    item.cap = cap_of(p);
    for (const auto& reference : p.at("references").values)
      if (auto id = reference.at("identifier").words(); !id.empty() && item.aliases.size() < kMaxListed)
        item.aliases.push_back(std::move(id));
  }
  return item;
}
}  // namespace

bool claims_geojson(const Source& source) {
  if (!source.json) return false;
  const auto type = source.json->at("type").words();
  return (type == "FeatureCollection" && source.json->at("features").is(Kind::array)) || type == "Feature";
}

void read_geojson(const Source& source, ParsedFeed& feed) {
  const auto& root = *source.json;
  feed.format = "geojson";
  feed.title = first_of(root.at("metadata"), {"title"});
  if (feed.title.empty()) feed.title = first_of(root, {"title", "name"});
  feed.link = root.at("metadata").at("url").words();
  if (root.at("type").words() == "Feature") feed.items.push_back(read_feature(root));
  for (const auto& feature : root.at("features").values) {
    if (feed.items.size() == kMaxItems)
      return source.notes.mended("F032", "more than " + std::to_string(kMaxItems) + " items; the rest was left unread");
    // USGS keeps withdrawn events in its collections with this status.
    if (feature.is(Kind::object) && feature.at("properties").at("status").words() != "deleted")
      feed.items.push_back(read_feature(feature));
  }
}

}  // namespace tocsin
