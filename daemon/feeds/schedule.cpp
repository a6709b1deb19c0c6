#include "feeds/schedule.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "feeds/dates.hpp"

namespace tocsin {

namespace {
std::string_view header(const Headers& headers, const char* name) {
  const auto at = headers.find(name);
  return at == headers.end() ? std::string_view() : trim(at->second);
}

/// The whole text as seconds, at most a century.
std::optional<Millis> seconds_in(std::string_view text) {
  std::int64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error == std::errc::result_out_of_range) return 100 * 365 * kDay;
  if (error != std::errc{} || end != text.data() + text.size() || n < 0) return std::nullopt;
  return std::min<Millis>(n, 100LL * 365 * 86400) * kSecond;
}

Millis spread(Millis span, double from, double to, double random) {
  return static_cast<Millis>(static_cast<double>(span) * (from + (to - from) * random));
}

/// Faster after news, slower when quiet, never off.
double liveliness(const PollPast& past, const PollOutcome& outcome, Millis now) {
  if (outcome.new_items > 0) return 0.75;
  const Millis quiet = now - past.last_new_item;
  if (past.last_new_item == 0 || quiet < 2 * kHour) return 1;
  if (quiet < kDay) return 1.5;
  return quiet < 7 * kDay ? 2 : 4;
}

/// An admin who wishes his own server asked more often may have it so.
Millis floor_of(Millis configured) {
  return std::min(configured, kPollFloor);
}

PollPlan after_success(Millis configured, const PollPast& past, const PollOutcome& outcome, Millis now, double random) {
  const auto own = static_cast<Millis>(static_cast<double>(configured) * liveliness(past, outcome, now));
  const Millis cached = cache_lifetime(outcome.headers, now).value_or(0);
  const Millis wish = std::max(cached, outcome.ttl);
  const Millis floor = floor_of(configured);
  // An admin who wants a rarer poll than the ceiling gets it.
  const Millis ceiling = std::max(kPollCeiling, configured);
  const bool own_rhythm = wish <= std::max(own, floor);
  const Millis interval = std::min(own_rhythm ? std::max(own, floor) : wish, ceiling);
  const Millis spread_out = spread(interval, own_rhythm ? 0.9 : 1, 1.1, random);
  const Millis at = now + std::clamp(spread_out, floor, ceiling);
  const Millis next = outside(outcome.skip, at, now + ceiling);
  const char* why = next != at            ? "the feed asks to leave these hours out"
                    : own_rhythm          ? "own interval"
                    : wish == outcome.ttl ? "the feed's ttl"
                                          : "the server's cache lifetime";
  return {next, 0, false, false, "every " + duration_text(interval / kSecond * kSecond) + ": " + why};
}

Millis ceiling_of(Millis base, const PollPast& past, int status) {
  const Millis most = past.blind ? kBlindCeiling : status == 0 ? kNetworkCeiling : kPollCeiling;
  return std::max(most, base);
}

PollPlan after_failure(Millis configured, const PollPast& past, const PollOutcome& outcome, Millis now, double random) {
  const int failures = past.failures + 1;
  const Millis base = std::clamp(configured, floor_of(configured), kPollCeiling);
  const Millis doubled = std::min(ceiling_of(base, past, outcome.status), base << std::min(failures - 1, 8));
  const std::string what = outcome.status == 0     ? "no answer"
                           : outcome.status == 200 ? "no feed"
                                                   : "HTTP " + std::to_string(outcome.status);
  const std::string count = what + ", failure " + std::to_string(failures) + " in a row";
  if (const auto told = retry_after(outcome.headers, now)) {
    const Millis wait = std::clamp(*told, std::min(base, kPollCeiling), kRetryCeiling);
    return {now + spread(wait, 1, 1.1, random), failures, false, true,
            count + ": the server asked to wait " + duration_text(wait / kSecond * kSecond)};
  }
  const bool refused = outcome.status == 429;
  if (refused || (outcome.status == 503 && !past.blind))
    return {now + spread(std::max(doubled, kBusyPause), 1, 1.1, random), failures, false, refused, count};
  return {now + spread(doubled, 0.5, 1, random), failures, false, false, count};
}
}  // namespace

Millis outside(const SkipTimes& skip, Millis at, Millis latest) {
  const auto left_out = [&](Millis t) {
    const auto weekday = static_cast<unsigned>((t / kDay + 3) % 7);  // 1 January 1970 was a Thursday
    const auto hour = static_cast<unsigned>(t % kDay / kHour);
    return (skip.hours >> hour & 1) != 0 || (skip.days >> weekday & 1) != 0;
  };
  while (at < latest && left_out(at)) at = (at / kHour + 1) * kHour;
  return std::min(at, latest);
}

std::optional<Millis> cache_lifetime(const Headers& headers, Millis now) {
  const std::string control = lower_ascii(header(headers, "cache-control"));
  if (control.find("no-cache") != std::string::npos || control.find("no-store") != std::string::npos)
    return std::nullopt;
  for (const auto part : split(control, ',')) {
    const auto directive = trim(part);
    if (directive.starts_with("max-age=")) return seconds_in(directive.substr(8));
  }
  const auto expires = parse_date(header(headers, "expires"));
  if (!expires) return std::nullopt;
  const auto span = *expires - parse_date(header(headers, "date")).value_or(now);
  return span > 0 ? std::optional(span) : std::nullopt;
}

std::optional<Millis> retry_after(const Headers& headers, Millis now) {
  const auto text = header(headers, "retry-after");
  if (text.empty()) return std::nullopt;
  if (const auto span = seconds_in(text)) return span;
  const auto at = parse_date(text);
  return at ? std::optional(std::max<Millis>(0, *at - now)) : std::nullopt;
}

std::vector<std::pair<std::string, std::string>> conditional_headers(std::string_view etag,
                                                                     std::string_view last_modified) {
  std::vector<std::pair<std::string, std::string>> out;
  if (!etag.empty()) out.emplace_back("If-None-Match", etag);
  if (!last_modified.empty()) out.emplace_back("If-Modified-Since", last_modified);
  return out;
}

Millis first_poll(Millis configured, Millis now, double random) {
  return now + spread(std::min(configured, kMinute), 0, 1, random);
}

PollPlan plan_next_poll(Millis configured, const PollPast& past, const PollOutcome& outcome, Millis now,
                        double random) {
  if (outcome.status == 410)
    return {now + kRetryCeiling, past.failures + 1, true, false,
            "HTTP 410: the publisher removed the feed for good; give it a new address or delete it"};
  const bool good = (outcome.status == 200 && outcome.is_feed) || outcome.status == 304;
  return good ? after_success(configured, past, outcome, now, random)
              : after_failure(configured, past, outcome, now, random);
}

}  // namespace tocsin
