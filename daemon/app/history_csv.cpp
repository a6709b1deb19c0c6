#include "app/history_forms.hpp"

namespace tocsin {

namespace {

/// What spreadsheets evaluate (OWASP, "CSV Injection"), full-width forms included. Tabs and line ends are gone already.
bool looks_like_formula(std::string_view text) {
  for (const std::string_view sign : {"=", "+", "-", "@", "＝", "＋", "－", "＠"})
    if (text.starts_with(sign)) return true;
  return false;
}

std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string field(const Cell& cell) {
  const std::string words = text(cell);
  const bool guard = std::holds_alternative<std::string>(cell) && looks_like_formula(words);
  return quoted(guard ? "'" + words : words);
}

}  // namespace

std::string csv_record(std::span<const Cell> cells) {
  std::string record;
  for (const Cell& cell : cells) {
    if (&cell != &cells.front()) record += ',';
    record += field(cell);
  }
  return record + "\r\n";
}

Result<std::string> write_history_csv(const HistoryExtract& history, Store&) {
  std::vector<Cell> cells;
  for (const HistoryColumn& column : history_columns()) cells.emplace_back(column.name);
  std::string out = csv_record(cells);
  for (const HistoryRow& row : rows(history)) {
    cells.clear();
    for (const HistoryColumn& column : history_columns()) cells.push_back(column.cell(row));
    out += csv_record(cells);
  }
  return out;
}

}  // namespace tocsin
