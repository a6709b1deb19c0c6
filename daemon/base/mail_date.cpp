#include "base/mail_date.hpp"

#include <array>
#include <cstdio>

namespace tocsin {

std::string mail_date(Millis at) {
  static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Civil c = civil(at);
  char text[80];
  std::snprintf(text, sizeof text, "%s, %d %s %04d %02d:%02d:%02d +0000",
                kDays.at(static_cast<std::size_t>(weekday(at))), c.day,
                kMonths.at(static_cast<std::size_t>(c.month - 1)), c.year, c.hour, c.minute, c.second);
  return text;
}

}  // namespace tocsin
