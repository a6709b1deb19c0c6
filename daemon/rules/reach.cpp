#include "rules/reach.hpp"

#include <algorithm>
#include <charconv>

#include "rules/field.hpp"
#include "rules/fields.hpp"
#include "rules/keys.hpp"
#include "rules/suggestion.hpp"

namespace tocsin {

namespace {

bool among(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool fits(const ReachRow& row, const std::string& type, const std::string& kind, const std::string& id,
          std::optional<double> hour) {
  const bool of_kind = row.assets.empty() || among(row.assets, kind) || among(row.assets, id) ||
                       (kind != "road" && among(row.assets, "asset"));
  if (!of_kind || (!row.types.empty() && !among(row.types, type))) return false;
  if (!hour) return true;
  return row.from < row.to ? *hour >= row.from && *hour < row.to : *hour >= row.from || *hour < row.to;
}

class RowReader {
 public:
  RowReader(const std::vector<std::string>& ids, const Reader& reader) : ids_(ids), reader_(reader) {}

  ReachRow row(const YamlNode& node) {
    ReachRow row;
    if (const auto* types = node.find("type")) read_types(*types, row);
    if (const auto* assets = node.find("asset")) read_assets(*assets, row);
    if (const auto* hours = node.find("hours")) read_hours(*hours, row);
    if (const auto* km = node.find("km"))
      read_km(*km, row);
    else
      reader_.error(node.at, "R002", "a row of reach needs its distance: km: 25");
    return row;
  }

 private:
  /// One word, or several in brackets.
  std::vector<const YamlNode*> words(const YamlNode& node, std::string_view what) {
    if (node.is_sequence()) return reader_.words(node, what);
    return reader_.text(node, what) ? std::vector{&node} : std::vector<const YamlNode*>{};
  }

  void read_types(const YamlNode& node, ReachRow& row) {
    const Field& field = *find_field("type", Op::in);
    const auto known = fields::type_words({});
    for (const YamlNode* word : words(node, "type")) {
      const std::string type = word->text;
      auto members = group_members(field, type);
      if (!among(known, type))
        reader_.error(word->at, "R012", "unknown event type \"" + type + "\"" + did_you_mean(type, known));
      if (members.empty()) members.push_back(type);
      row.types.insert(row.types.end(), members.begin(), members.end());
    }
  }

  void read_assets(const YamlNode& node, ReachRow& row) {
    for (const YamlNode* word : words(node, "asset")) {
      const std::string asset = word->text;
      std::vector<std::string> known(kAssetKinds.begin(), kAssetKinds.end());
      known.insert(known.end(), ids_.begin(), ids_.end());
      if (!among(known, asset))
        reader_.error(word->at, "R018",
                      "unknown asset, or kind of asset, \"" + asset + "\"" + did_you_mean(asset, known));
      row.assets.push_back(asset);
    }
  }

  void read_hours(const YamlNode& node, ReachRow& row) {
    const auto text = reader_.text(node, "hours");
    if (!text) return;
    const char* const end = text->data() + text->size();
    const auto first = std::from_chars(text->data(), end, row.from);
    const bool dash = first.ec == std::errc{} && first.ptr != end && *first.ptr == '-';
    const auto last = dash ? std::from_chars(first.ptr + 1, end, row.to) : first;
    const bool good = dash && last.ec == std::errc{} && last.ptr == end && row.from >= 0 && row.from < 24 &&
                      row.to >= 0 && row.to <= 24 && row.from != row.to;
    if (!good) reader_.error(node.at, "R014", "\"" + *text + "\" are no hours; write 18-6, local time");
  }

  void read_km(const YamlNode& node, ReachRow& row) {
    const auto text = reader_.text(node, "km");
    if (!text) return;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), row.km, std::chars_format::fixed);
    const bool good =
        read.ec == std::errc{} && read.ptr == text->data() + text->size() && row.km > 0 && row.km <= kMostKm;
    if (!good)
      reader_.error(node.at, "R014", "\"" + *text + "\" is no distance; write kilometres up to 2000, such as 25");
  }

  const std::vector<std::string>& ids_;
  const Reader& reader_;
};

}  // namespace

double reach_km(const Reach& reach, const std::vector<std::string>& types, const std::string& kind,
                const std::string& id, std::optional<double> hour) {
  double farthest = 0;
  for (const std::string& type : types) {
    const auto row = std::find_if(reach.rows.begin(), reach.rows.end(),
                                  [&](const ReachRow& r) { return fits(r, type, kind, id, hour); });
    if (row != reach.rows.end()) farthest = std::max(farthest, row->km);
  }
  return farthest;
}

Reach read_reach(const YamlNode& table, const std::vector<std::string>& ids, const Reader& reader) {
  Reach reach;
  if (!reader.sequence(table, "reach")) return reach;
  RowReader rows(ids, reader);
  for (const YamlNode& node : table.items()) {
    if (!reader.mapping(node, "a row of reach")) continue;
    reader.known_keys(node, names_of(kReachKeys), "a row of reach");
    reach.rows.push_back(rows.row(node));
  }
  return reach;
}

}  // namespace tocsin
