#include <algorithm>

#include "app/history_forms.hpp"
#include "base/text.hpp"
#include "incidents/ledger.hpp"

namespace tocsin {

namespace {

struct TableColumn {
  const char* heading;
  std::size_t widest;  // code points; longer ones are cut
  std::string (*text)(const HistoryRow& row);
};
using Row = const HistoryRow&;

/// The column of that name in history_columns().
template <std::size_t N>
struct Name {
  char text[N];
  constexpr Name(const char (&name)[N]) { std::copy_n(name, N, text); }  // NOLINT(google-explicit-constructor)
};
template <Name Wanted>
std::string named(Row row) {
  for (const HistoryColumn& column : history_columns())
    if (std::string_view(column.name) == Wanted.text) return text(column.cell(row));
  return "";
}

/// "2024-09-17 05:10Z"
std::string minute(Row row) {
  const std::string whole = named<"time">(row);
  return whole.substr(0, 10) + " " + whole.substr(11, 5) + "Z";
}
std::string place(Row row) {
  const std::string country = named<"country">(row), place = named<"place">(row);
  return country.empty() ? place : place.empty() ? country : place + ", " + country;
}
std::string severity(Row row) {
  return named<"severity">(row) + (row.alert->unconfirmed ? "?" : "");
}
std::string killed(Row row) {
  return row.incident && row.incident->killed.best ? toll_text(row.incident->killed) : "";
}

constexpr TableColumn kAlerts[] = {
    {"CODE", 4, named<"code">},  {"SENT", 17, minute}, {"WHAT", 6, named<"message">}, {"SEVERITY", 9, severity},
    {"TYPE", 20, named<"type">}, {"PLACE", 28, place}, {"KILLED", 9, killed},         {"SOURCES", 40, sources_text}};
constexpr TableColumn kIncidents[] = {{"CODE", 4, named<"code">},      {"UPDATED", 17, minute},
                                      {"STATUS", 10, named<"status">}, {"GRADE", 5, named<"grade">},
                                      {"TYPE", 20, named<"type">},     {"PLACE", 28, place},
                                      {"KILLED", 9, killed},           {"SOURCES", 40, sources_text}};
constexpr TableColumn kItems[] = {{"RECEIVED", 17, minute},
                                  {"FEED", 20, [](Row row) { return one_line(row.item->feed); }},
                                  {"TYPE", 20, named<"type">},
                                  {"PLACE", 28, place},
                                  {"TITLE", 70, named<"headline">}};

std::span<const TableColumn> columns_of(HistoryKind kind) {
  if (kind == HistoryKind::alerts) return kAlerts;
  if (kind == HistoryKind::incidents) return kIncidents;
  return kItems;
}

using Line = std::vector<std::string>;

std::string aligned(const Line& line, const std::vector<std::size_t>& widths) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    out += line[i];
    out.append(widths[i] - count_code_points(line[i]) + 2, ' ');
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

}  // namespace

Result<std::string> write_history_table(const HistoryExtract& history, Store&) {
  const auto columns = columns_of(history.kind);
  std::vector<Line> lines(1);
  for (const TableColumn& column : columns) lines[0].emplace_back(column.heading);
  for (const HistoryRow& row : rows(history)) {
    Line& line = lines.emplace_back();
    for (const TableColumn& column : columns) line.push_back(shortened(column.text(row), column.widest));
  }
  std::vector<std::size_t> widths(columns.size());
  for (const Line& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], count_code_points(line[i]));
  std::string out;
  for (const Line& line : lines) out += aligned(line, widths);
  return out;
}

}  // namespace tocsin
