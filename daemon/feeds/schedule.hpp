// Stage 1, schedule: when to ask a feed again and with which words. Pure: values in, values out; randomness and time
// are passed in. For app/pipeline.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "model/feed.hpp"

namespace tocsin {

/// Names in lower case, as ports/transport gives them.
using Headers = std::multimap<std::string, std::string>;

inline constexpr Millis kPollFloor = kMinute;
inline constexpr Millis kPollCeiling = 2 * kHour;        // publishers' wishes count up to here: many are wrong
inline constexpr Millis kNetworkCeiling = 10 * kMinute;  // a network that was down should not be missed for long
inline constexpr Millis kBlindCeiling = 10 * kMinute;    // of feeds of a country from which nothing is heard
inline constexpr Millis kRetryCeiling = kDay;
inline constexpr Millis kBusyPause = kHour;  // after 429 and 503 that do not say how long

/// What one poll brought.
struct PollOutcome {
  int status = 0;        // HTTP; 0 when there was no answer
  bool is_feed = false;  // the body was a feed, or there was none to read (304)
  std::size_t new_items = 0;
  Headers headers;
  Millis ttl = 0;  // the document's own wish, 0 when none: of the last one read, since a 304 brings none
  SkipTimes skip;
};

struct PollPast {
  int failures = 0;          // in a row, before this poll
  Millis last_new_item = 0;  // wall clock, 0 when never
  bool blind = false;        // nothing is heard from a country that it covers: its end must be noticed soon
};

struct PollPlan {
  Millis next_poll = 0;  // wall clock
  int failures = 0;      // in a row, with this poll
  bool gone = false;     // 410: to be asked no more until the admin acts
  bool told = false;     // the server asked to wait so long
  std::string why;       // "every 15m: ttl", for status and logs
};

/// `configured` is the interval that the admin wished. `random` in [0, 1) spreads the polls: a tenth either way after
/// success, never earlier than the publisher wished; up to half less after failures, never less than a server asked
/// for.
PollPlan plan_next_poll(Millis configured, const PollPast& past, const PollOutcome& outcome, Millis now, double random);

/// The first poll after a start: all feeds within a minute or their interval, whichever is shorter.
Millis first_poll(Millis configured, Millis now, double random);

/// The first moment from `at` on that is in none of the hours and days that the publisher asks to leave out, but not
/// after `latest`: for some publishers it is always one of them.
Millis outside(const SkipTimes& skip, Millis at, Millis latest);

/// How long the answer is fresh: Cache-Control max-age, else Expires minus Date (RFC 9111, section 4.2.1). nullopt when
/// it does not say, or forbids caching.
std::optional<Millis> cache_lifetime(const Headers& headers, Millis now);

/// Retry-After in seconds or as a date (RFC 9110, section 10.2.3), as a span from now; nullopt when absent or
/// unreadable.
std::optional<Millis> retry_after(const Headers& headers, Millis now);

/// If-None-Match and If-Modified-Since from what the server sent with the last document, byte for byte (RFC
/// 9110, 13.1).
std::vector<std::pair<std::string, std::string>> conditional_headers(std::string_view etag,
                                                                     std::string_view last_modified);

}  // namespace tocsin
