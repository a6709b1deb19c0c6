// How near is near: the table `reach` of the rule files, kilometres by event type, kind of asset and hour of day, for
// conditions such as "within reach of any office". Read by definitions.cpp, asked by near.cpp.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "rules/reader.hpp"

namespace tocsin {

/// What is left out fits everything.
struct ReachRow {
  std::vector<std::string> types;   // event types, groups expanded
  std::vector<std::string> assets;  // kinds, among them road, or ids
  int from = 0, to = 24;            // local hours [from, to); over midnight where from > to
  double km = 0;
};

struct Reach {
  std::vector<ReachRow> rows;
};

/// The reach of an incident of these types at this hour towards one asset: the first row that fits each type, and the
/// farthest of those. Where the hour is not known every hour fits. 0 when no row fits: it is near nothing.
double reach_km(const Reach& reach, const std::vector<std::string>& types, const std::string& kind,
                const std::string& id, std::optional<double> hour);

/// `table` is the value of the key; what cannot be used is a finding. `ids` are those of assets and roads.
Reach read_reach(const YamlNode& table, const std::vector<std::string>& ids, const Reader& reader);

/// `asset` is any of them; roads are asked alike.
inline constexpr std::array<std::string_view, 7> kAssetKinds{"office",   "guesthouse", "warehouse", "project",
                                                             "airfield", "asset",      "road"};
inline constexpr double kMostKm = 2000;  // beyond it "near" has lost its meaning

}  // namespace tocsin
