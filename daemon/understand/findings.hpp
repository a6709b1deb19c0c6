// Everything that the grammar steps found in one item, before it is joined to reports. Internal to understand/.
#pragma once
#include <optional>
#include <vector>

#include "model/feed.hpp"
#include "model/report.hpp"
#include "understand/casualties.hpp"
#include "understand/events.hpp"
#include "understand/places.hpp"
#include "understand/reading.hpp"
#include "understand/sides.hpp"
#include "understand/when.hpp"

namespace tocsin {

struct Findings {
  const Reading& reading;
  std::optional<Millis> published;
  std::vector<std::uint16_t> home;  // packed countries that the feed covers
  std::vector<Casualty> casualties;
  std::vector<EventMention> events;
  std::vector<ActorMention> actors;
  std::vector<TargetMention> targets;
  std::vector<TimeMention> times;
  PlaceReading places;
};

}  // namespace tocsin
