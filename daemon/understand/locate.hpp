// Turns resolved place names into the place of an event. Called by report.cpp.
#pragma once
#include "understand/findings.hpp"

namespace tocsin {

Place place_of_row(const Image& image, std::uint32_t row);
/// The most precise place that the sentence of the event, the headline, the next sentences or the dateline give.
/// `proof` is the mention used, or nullptr when only votes or the feed speak.
Place locate(const Findings& findings, const EventMention& event, const PlaceMention** proof);
std::vector<Toponym> toponyms_of(const Findings& findings);

}  // namespace tocsin
