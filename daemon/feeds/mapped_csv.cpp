// Mapped tables: CSV, TSV and their kin. Columns are called by their name in the header, or by their number from 1.
#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "feeds/csv_rows.hpp"
#include "feeds/mapped_kind.hpp"

namespace tocsin {

namespace {
/// 0-based, nullopt when it is no number of a column.
std::optional<std::size_t> column_number(std::string_view locator) {
  std::size_t n = 0;
  const auto [end, error] = std::from_chars(locator.data(), locator.data() + locator.size(), n);
  if (error != std::errc{} || end != locator.data() + locator.size() || n == 0 || n > CsvRows::kMaxColumns)
    return std::nullopt;
  return n - 1;
}

std::string shown_names(const std::vector<std::string>& header) {
  std::string out;
  for (const auto& name : header) (out += out.empty() ? "" : ", ") += one_line(name);
  return shortened(out, 160);
}

std::optional<std::size_t> column_named(const std::vector<std::string>& header, std::string_view name) {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (equal_ascii_nocase(trim(header[i]), name)) return i;
  return column_number(name);
}

/// Where each locator stands in a row; empty, with an error, when the table has no such column.
std::vector<std::size_t> columns_of(const Plan& plan, const std::vector<std::string>& first, Notes& notes) {
  std::vector<std::size_t> columns;
  for (const auto& locator : plan.locators) {
    const auto column = plan.header ? column_named(first, locator) : column_number(locator);
    if (!column || *column >= first.size()) {
      notes.error("F050", "schema drift: no column \"" + locator + "\" in a table of " + std::to_string(first.size()) +
                              " columns" + (plan.header ? " (" + shown_names(first) + ")" : "") +
                              "; look at the document and mend the mapping");
      return {};
    }
    columns.push_back(*column);
  }
  return columns;
}
}  // namespace

std::string csv_locator_fault(std::string_view locator, const Plan& plan) {
  if (locator.empty()) return "a column needs a name or a number";
  if (!plan.header && !column_number(locator))
    return "\"" + std::string(locator) + "\" is no column of a table without a header: they have numbers, from 1";
  return {};
}

void read_mapped_csv(std::string_view utf8, const Plan& plan, Notes& notes, const TakeItem& take, ParsedFeed&) {
  CsvRows rows(utf8, plan.delimiter.empty() ? likely_delimiter(utf8) : plan.delimiter[0]);
  std::vector<std::string> row;
  if (!rows.next(row)) return notes.error("F002", "the document is empty; check the address of the feed");
  const auto columns = columns_of(plan, row, notes);
  if (columns.empty()) return;
  const Lookup lookup = [&](std::size_t locator) {
    const auto column = columns[locator];
    return column < row.size() ? std::string(trim(row[column])) : std::string();
  };
  if (!plan.header && !take(lookup)) return;
  while (rows.next(row))
    if (!take(lookup)) return;
}

}  // namespace tocsin
