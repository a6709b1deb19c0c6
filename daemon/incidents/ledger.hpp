// The casualty ledger: who said how many, and what stands now. Pure.
#pragma once
#include "model/incident.hpp"

namespace tocsin {

/// The present reading of one count over all tellings, in order of publication. A higher figure of a source that is not
/// much worse takes over; a lower one only when the same origin corrects itself or two other origins agree on less, for
/// a late reprint of an early number is no correction. `max` is the highest that anybody claimed.
Toll present_toll(const std::vector<Telling>& tellings, Count Telling::*count);

/// Bands in which a change of the number is news: 0, 1, 2-4, 5-9, 10-24, 25-49, 50-99, 100-249, 250-499, 500 ...; -1
/// unknown.
int toll_band(const Toll& toll);

/// "77+" at least, "~77" about, "<77" up to, "77" exact, "?" unknown: as in the alert texts of the field.
std::string toll_text(const Toll& toll);

}  // namespace tocsin
