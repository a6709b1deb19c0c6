#include "feeds/csv_rows.hpp"

#include <algorithm>

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;
}

bool CsvRows::next(std::vector<std::string>& row) {
  row.clear();
  while (pos_ < text_.size() && (text_[pos_] == '\n' || text_[pos_] == '\r')) ++pos_;
  if (pos_ >= text_.size()) return false;
  for (;;) {
    const bool quoted = delimiter_ != '\t' && pos_ < text_.size() && text_[pos_] == '"';
    std::string value = quoted ? quoted_field() : field();
    if (row.size() < kMaxColumns) row.push_back(std::move(value));
    if (pos_ >= text_.size() || text_[pos_] != delimiter_) return true;
    ++pos_;
  }
}

/// Up to the delimiter or the end of the line.
std::string CsvRows::field() {
  const auto start = pos_;
  while (pos_ < text_.size() && text_[pos_] != delimiter_ && text_[pos_] != '\n' && text_[pos_] != '\r') ++pos_;
  return std::string(text_.substr(start, pos_ - start));
}

std::string CsvRows::quoted_field() {
  std::string out;
  for (++pos_;;) {
    const auto quote = text_.find('"', pos_);
    out += text_.substr(pos_, quote == kNone ? kNone : quote - pos_);
    if (quote == kNone) return pos_ = text_.size(), out;
    pos_ = quote + 1;
    if (pos_ >= text_.size() || text_[pos_] != '"') break;
    out += '"';
    ++pos_;
  }
  return out + field();  // what stands between the closing quote and the delimiter belongs to it
}

char likely_delimiter(std::string_view utf8) {
  const auto line = utf8.substr(0, utf8.find('\n'));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char c : {',', '\t', ';', '|'})
    if (const auto n = std::count(line.begin(), line.end(), c); n > most) {
      most = n;
      best = c;
    }
  return best;
}

}  // namespace tocsin
