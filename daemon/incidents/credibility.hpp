// How sure we are: independent origins, the Admiralty grade, contradiction. Pure.
#pragma once
#include <string>

#include "model/incident.hpp"

namespace tocsin {

/// The name under which a telling counts as a witness: the origin of an earlier telling whose words it repeats, else
/// the wire that signs the words, else the publisher family, else the feed.
std::string origin_of(const Telling& telling, const std::vector<Telling>& earlier, std::string_view wire);

/// Fills publishers, contested, reliability, credibility and confidence from the tellings (NATO AJP-2.1 / Admiralty
/// code: 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged).
void grade(Incident& incident);

/// "B2"
std::string grade_text(const Incident& incident);

}  // namespace tocsin
