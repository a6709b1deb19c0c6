// History as rows and columns: what an alert, an incident or an item has under each heading. The table, CSV, HXL
// and GeoJSON are made from it; a new column is one row of kColumns. For the history command only.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "model/alert.hpp"
#include "ports/store.hpp"

namespace tocsin {

enum class HistoryKind : std::uint8_t { alerts, incidents, items };
inline constexpr Words<HistoryKind, 3> kHistoryKinds{{"alerts", "incidents", "items"}};

/// What the store answered; only the list of its kind is filled.
struct HistoryExtract {
  HistoryKind kind = HistoryKind::alerts;
  std::vector<Alert> alerts;
  std::vector<Incident> incidents;
  std::vector<StoredItem> items;
};

/// One line of history: pointers into a HistoryExtract, null where the kind has none (a system alert has no incident).
struct HistoryRow {
  const Alert* alert = nullptr;
  const Incident* incident = nullptr;
  const StoredItem* item = nullptr;
};
std::vector<HistoryRow> rows(const HistoryExtract& history);

/// Nothing, a text (printable, one line), or a number.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;
/// The cell as plain text; "" for nothing.
std::string text(const Cell& cell);

struct HistoryColumn {
  const char* name;  // heading of the CSV, key of the GeoJSON
  const char* hxl;   // hashtag and attributes (HXL 1.1), "" where the column is not for exchange
  Cell (*cell)(const HistoryRow& row);
};
std::span<const HistoryColumn> history_columns();

/// Who told it, each once, "; " between them.
std::string sources_text(const HistoryRow& row);

}  // namespace tocsin
