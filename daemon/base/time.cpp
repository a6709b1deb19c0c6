#include "base/time.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace tocsin {

std::int64_t days_from_civil(int year, int month, int day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const unsigned yoe = static_cast<unsigned>(year - era * 400);
  const unsigned doy = static_cast<unsigned>((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1);
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + static_cast<std::int64_t>(doe) - 719468;
}

namespace {
std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}
}  // namespace

Civil civil(Millis at) {
  const std::int64_t days = floor_div(at, kDay);
  std::int64_t rest = at - days * kDay;
  const std::int64_t z = days + 719468;
  const std::int64_t era = floor_div(z, 146097);
  const auto doe = static_cast<unsigned>(z - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  Civil c;
  c.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  c.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  c.year = static_cast<int>(static_cast<std::int64_t>(yoe) + era * 400) + (c.month <= 2 ? 1 : 0);
  c.hour = static_cast<int>(rest / kHour);
  rest %= kHour;
  c.minute = static_cast<int>(rest / kMinute);
  rest %= kMinute;
  c.second = static_cast<int>(rest / kSecond);
  c.millis = static_cast<int>(rest % kSecond);
  return c;
}

Millis millis(const Civil& c) {
  return days_from_civil(c.year, c.month, c.day) * kDay + c.hour * kHour + c.minute * kMinute + c.second * kSecond +
         c.millis;
}

int weekday(Millis at) {
  const std::int64_t days = floor_div(at, kDay);
  return static_cast<int>(((days + 4) % 7 + 7) % 7);
}

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::string rfc3339(Millis at) {
  const Civil c = civil(at);
  char out[48];
  const int n = c.millis == 0 ? std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day,
                                              c.hour, c.minute, c.second)
                              : std::snprintf(out, sizeof out, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month,
                                              c.day, c.hour, c.minute, c.second, c.millis);
  return {out, static_cast<std::size_t>(n)};
}

std::string iso_date(Millis at) {
  return rfc3339(at).substr(0, 10);
}

namespace {
/// Reads exactly `width` digits at `pos`, advancing it; -1 when they are not there.
int digits(std::string_view s, std::size_t& pos, std::size_t width) {
  if (pos + width > s.size()) return -1;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = s[pos + i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  pos += width;
  return value;
}

bool take(std::string_view s, std::size_t& pos, std::string_view any_of) {
  if (pos >= s.size() || any_of.find(s[pos]) == std::string_view::npos) return false;
  ++pos;
  return true;
}

int fraction_millis(std::string_view s, std::size_t& pos) {
  int value = 0, weight = 100;
  while (pos < s.size() && s[pos] >= '0' && s[pos] <= '9') {
    value += (s[pos] - '0') * weight;
    weight /= 10;
    ++pos;
  }
  return value;
}

std::optional<Millis> offset(std::string_view s, std::size_t& pos) {
  if (take(s, pos, "Zz")) return 0;
  const bool minus = pos < s.size() && s[pos] == '-';
  if (!take(s, pos, "+-")) return std::nullopt;
  const int h = digits(s, pos, 2);
  if (!take(s, pos, ":")) return std::nullopt;
  const int m = digits(s, pos, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59) return std::nullopt;
  return (h * kHour + m * kMinute) * (minus ? -1 : 1);
}

bool valid(const Civil& c) {
  return c.year >= 0 && c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= days_in_month(c.year, c.month) &&
         c.hour >= 0 && c.hour <= 23 && c.minute >= 0 && c.minute <= 59 && c.second >= 0 && c.second <= 60;
}
}  // namespace

std::optional<Millis> parse_rfc3339(std::string_view s) {
  std::size_t pos = 0;
  Civil c;
  c.year = digits(s, pos, 4);
  if (!take(s, pos, "-")) return std::nullopt;
  c.month = digits(s, pos, 2);
  if (!take(s, pos, "-")) return std::nullopt;
  c.day = digits(s, pos, 2);
  if (!take(s, pos, "Tt ")) return std::nullopt;
  c.hour = digits(s, pos, 2);
  if (!take(s, pos, ":")) return std::nullopt;
  c.minute = digits(s, pos, 2);
  if (!take(s, pos, ":")) return std::nullopt;
  c.second = digits(s, pos, 2);
  if (take(s, pos, ".")) c.millis = fraction_millis(s, pos);
  const auto zone = offset(s, pos);
  if (!zone || pos != s.size() || !valid(c)) return std::nullopt;
  return millis(c) - *zone;
}

namespace {
struct Unit {
  std::string_view name;
  Millis span;
};
constexpr std::array<Unit, 6> kUnits{
    {{"w", 7 * kDay}, {"d", kDay}, {"h", kHour}, {"m", kMinute}, {"s", kSecond}, {"ms", 1}}};
}  // namespace

std::optional<Millis> parse_duration(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 0) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  for (const Unit& u : kUnits)
    if (u.name == unit && number <= 100 * 366 * kDay / u.span) return number * u.span;
  return std::nullopt;
}

std::string duration_text(Millis span) {
  for (const Unit& u : kUnits)
    if (u.name != "w" && span != 0 && span % u.span == 0) return std::to_string(span / u.span) + std::string(u.name);
  return "0s";
}

}  // namespace tocsin
