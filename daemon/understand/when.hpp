// When it happened: weekdays, "yesterday", "17 September" with or without a year, against the time of publication.
#pragma once
#include <optional>
#include <vector>

#include "model/report.hpp"
#include "understand/reading.hpp"

namespace tocsin {

/// A time that the text names. Tokens [first, last).
struct TimeMention {
  std::uint32_t first = 0, last = 0;
  EventTime time;
  bool relative = false;  // told against the publication: "yesterday", "Monday"
  bool past = false;      // a span long gone: "in 1989", "last year", "ten years ago"
};

/// All times of the text in reading order. `published` (UTC) anchors what has no year; without it the date of a
/// dateline does.
std::vector<TimeMention> find_times(const Reading& reading, std::optional<Millis> published);

/// The publication time that a dateline tells ("TEGUCIGALPA, 2 FEB 90 (AP) --"), midnight UTC.
std::optional<Millis> dateline_date(const Reading& reading);

}  // namespace tocsin
