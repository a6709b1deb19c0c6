#include "app/case_row.hpp"

#include <array>

#include "base/text.hpp"
#include "base/time.hpp"

namespace tocsin {

namespace {

std::string news_value(const Understanding& u) {
  return u.relevant ? "news" : u.mentions_incident ? "past" : "silent";
}

std::string found(std::string cell) {
  return cell.empty() ? "-" : cell;
}

}  // namespace

std::string case_row(const Item& item, const Understanding& u) {
  const std::array<std::string, 10> cells{u.language,
                                          news_value(u),
                                          item.published ? iso_date(*item.published) : "",
                                          found(u.types.empty() ? "" : std::string(name(u.types.front()))),
                                          found(u.place.country),
                                          found(u.place.name),
                                          found(u.killed.min ? std::to_string(*u.killed.min) : ""),
                                          found(u.event_date ? iso_date(*u.event_date) : ""),
                                          one_line(item.title),
                                          one_line(item.text)};
  std::string row;
  for (const auto& cell : cells) row += (&cell == cells.begin() ? "" : "\t") + cell;
  return row;
}

}  // namespace tocsin
