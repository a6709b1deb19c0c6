// Dates as publishers write them: RFC 822 and ISO 8601 with every slip seen in feeds, month names of many languages,
// zone abbreviations, IANA zones, epochs. Pure. For feeds/; understanding reads dates in prose by itself.
#pragma once
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace tocsin {

/// UTC milliseconds, truncated to seconds' fractions given. Without a zone the time is taken as UTC, without a clock as
/// midnight. nullopt when this is no date: a wrong date is worse than none. A wrong weekday is ignored (it is wrong in
/// the wild more often than the day is), "12/11/2020" is month first unless that cannot be, "12.11.2020" day first.
std::optional<Millis> parse_date(std::string_view text);

}  // namespace tocsin
