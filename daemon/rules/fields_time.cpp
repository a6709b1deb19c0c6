// When it happened: age, and hour and weekday as people there live them.
#include <algorithm>

#include "base/zone.hpp"
#include "model/country.hpp"
#include "rules/fields.hpp"

namespace tocsin::fields {

namespace {

/// When it was first told; the daemon's own clock where no item gave a time.
Millis first_published(const Incident& incident) {
  Millis first = incident.opened;
  for (const Telling& t : incident.tellings)
    if (t.published > 0) first = std::min(first > 0 ? first : t.published, t.published);
  return first;
}

bool has_clock(const EventTime& time) {
  return time.from && (time.precision == TimePrecision::minute || time.precision == TimePrecision::hour);
}

/// The latest that it can have happened: what was dated to a day is as old as the first word of it on that day, and
/// what was dated by a guess as that word.
Millis latest_moment(const Incident& incident) {
  const EventTime& time = incident.event_time;
  const Millis told = first_published(incident);
  if (!time.from || time.precision == TimePrecision::unknown) return told;
  if (has_clock(time) || !time.to) return *time.from;
  return std::clamp(told, *time.from, std::max(*time.from, *time.to));
}

Millis local_moment(const Incident& incident) {
  const Millis utc = has_clock(incident.event_time) ? *incident.event_time.from : first_published(incident);
  const Country* country = country_by_alpha2(incident.place.country);
  return country ? local_time(utc, country->zone) : utc;
}

}  // namespace

Value age(const Incident& incident, const MatchContext& context) {
  const Millis from = latest_moment(incident);
  if (from <= 0) return {};
  const Millis span = context.now - from;
  const Millis whole = span >= kHour ? span / kHour * kHour : span / kMinute * kMinute;
  return {.number = static_cast<double>(span), .shown = span <= 0 ? "0m" : duration_text(whole)};
}

Value hour(const Incident& incident, const MatchContext&) {
  return {.number = static_cast<double>(civil(local_moment(incident)).hour)};
}

Value weekday(const Incident& incident, const MatchContext&) {
  const int from_sunday = tocsin::weekday(local_moment(incident));
  const int from_monday = (from_sunday + 6) % 7;
  return {.number = from_monday + 1.0, .shown = weekday_words({})[static_cast<std::size_t>(from_monday)]};
}

std::vector<std::string> weekday_words(const RuleWorld&) {
  return {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
}

}  // namespace tocsin::fields
