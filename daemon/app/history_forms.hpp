// How history is printed: one file and one row of the registry a form. For the history command only.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "app/history_rows.hpp"

namespace tocsin {

struct HistoryForm {
  std::string_view name;  // the flag, "csv" for --csv
  std::string_view help;
  bool alerts_only;
  Result<std::string> (*write)(const HistoryExtract& history,
                               Store& store);  // the store: for what the form must look up
};

std::span<const HistoryForm> history_forms();
/// nullptr when there is none of this name.
const HistoryForm* history_form(std::string_view name);

Result<std::string> write_history_table(const HistoryExtract& history, Store& store);
Result<std::string> write_history_json(const HistoryExtract& history, Store& store);
Result<std::string> write_history_csv(const HistoryExtract& history, Store& store);
Result<std::string> write_history_hxl(const HistoryExtract& history, Store& store);
Result<std::string> write_history_geojson(const HistoryExtract& history, Store& store);
Result<std::string> write_history_cap(const HistoryExtract& history, Store& store);

/// One record of RFC 4180, with its CRLF. A text that a spreadsheet would take for a formula is led by an apostrophe.
std::string csv_record(std::span<const Cell> cells);

}  // namespace tocsin
