// Local time, for display and for rules that ask for the hour. Zones come from the system's tzdata. Anybody may call.
#pragma once
#include <string_view>

#include "base/time.hpp"

namespace tocsin {

/// What clocks in `zone` ("Africa/Bamako", IANA) show at `utc`, as milliseconds of that wall clock: civil() gives its
/// parts. UTC itself when the system does not know the zone or has no tzdata.
Millis local_time(Millis utc, std::string_view zone);

}  // namespace tocsin
