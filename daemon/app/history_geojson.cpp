#include <nlohmann/json.hpp>

#include "app/history_forms.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

Json value(const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  return nullptr;
}

/// RFC 7946, section 3.1: longitude first. A thing without a known position has the geometry null.
Json geometry(const Json& properties) {
  if (!properties["lat"].is_number() || !properties["lon"].is_number()) return nullptr;
  return {{"type", "Point"}, {"coordinates", Json::array({properties["lon"], properties["lat"]})}};
}

Json feature(const HistoryRow& row) {
  Json properties = Json::object();
  for (const HistoryColumn& column : history_columns()) properties[column.name] = value(column.cell(row));
  return {{"type", "Feature"}, {"geometry", geometry(properties)}, {"properties", properties}};
}

}  // namespace

Result<std::string> write_history_geojson(const HistoryExtract& history, Store&) {
  Json collection{{"type", "FeatureCollection"}, {"features", Json::array()}};
  for (const HistoryRow& row : rows(history)) collection["features"].push_back(feature(row));
  return collection.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tocsin
