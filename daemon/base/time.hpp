// Time as the whole daemon holds it: milliseconds since 1970-01-01T00:00:00Z, no zones. Anybody may call.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

using Millis = std::int64_t;

inline constexpr Millis kSecond = 1000;
inline constexpr Millis kMinute = 60 * kSecond;
inline constexpr Millis kHour = 60 * kMinute;
inline constexpr Millis kDay = 24 * kHour;

/// A moment in the proleptic Gregorian calendar, UTC.
struct Civil {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  int hour = 0, minute = 0, second = 0, millis = 0;
};

/// Days since 1970-01-01; any month overflow is the caller's error. Source: H. Hinnant, "chrono-Compatible Low-Level
/// Date Algorithms".
std::int64_t days_from_civil(int year, int month, int day);
Civil civil(Millis at);
Millis millis(const Civil& c);
/// 0 = Sunday ... 6 = Saturday, UTC.
int weekday(Millis at);
int days_in_month(int year, int month);

/// "2024-09-17T05:10:00Z" (RFC 3339, section 5.6), with milliseconds only when they are not zero.
std::string rfc3339(Millis at);
/// Strict RFC 3339 with any offset; nullopt when `text` is anything else. For dates in the wild see feeds/dates.hpp.
std::optional<Millis> parse_rfc3339(std::string_view text);
/// "2024-09-17"
std::string iso_date(Millis at);

/// "15m", "48h", "7d", "30s", "250ms"; digits and one unit. nullopt for anything else or above 100 years.
std::optional<Millis> parse_duration(std::string_view text);
/// The shortest exact form, "90m" rather than "5400s".
std::string duration_text(Millis span);

}  // namespace tocsin
