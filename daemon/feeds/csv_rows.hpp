// Rows of comma-, tab- or otherwise separated text (RFC 4180, read leniently). Pure; linear in the input. For the
// mapped sources in feeds/.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

class CsvRows {
 public:
  static constexpr std::size_t kMaxColumns = 512;  // of one row that are kept

  /// Fields are quoted with '"' and doubled inside; tables with tabs know no quotes.
  CsvRows(std::string_view utf8, char delimiter) : text_(utf8), delimiter_(delimiter) {}

  /// False at the end. Rows without a character are skipped. A quote that is never closed ends with the text.
  bool next(std::vector<std::string>& row);

 private:
  std::string field();
  std::string quoted_field();
  std::string_view text_;
  char delimiter_;
  std::size_t pos_ = 0;
};

/// The one of tab, comma, semicolon and bar that stands most often in the first line.
char likely_delimiter(std::string_view utf8);

}  // namespace tocsin
