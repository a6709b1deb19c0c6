#include <algorithm>
#include <iterator>

#include "app/history_forms.hpp"

namespace tocsin {

Result<std::string> write_history_hxl(const HistoryExtract& history, Store&) {
  std::vector<HistoryColumn> tagged;
  for (const HistoryColumn& column : history_columns())
    if (*column.hxl) tagged.push_back(column);
  const auto record = [&](auto cell) {
    std::vector<Cell> cells;
    std::transform(tagged.begin(), tagged.end(), std::back_inserter(cells), cell);
    return csv_record(cells);
  };
  std::string out = record([](const HistoryColumn& column) { return Cell(column.name); });
  out += record([](const HistoryColumn& column) { return Cell(column.hxl); });
  for (const HistoryRow& row : rows(history))
    out += record([&](const HistoryColumn& column) { return column.cell(row); });
  return out;
}

}  // namespace tocsin
