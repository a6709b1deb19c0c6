// What polling keeps of a feed over a reload or a restart, and when it then asks first. Pure. For app/poller.
#pragma once
#include <optional>

#include "model/feed.hpp"
#include "ports/store.hpp"

namespace tocsin {

inline constexpr Millis kLongestHostRest = kHour;  // of a whole host that asked one of its feeds to wait

/// What is known of the feed at its configured address. A new address is a new feed, with a baseline of its own, unless
/// the feed was read there already because it had moved; only the traffic of the day is kept then. `gone` ends: the
/// admin may have mended it.
FeedState known_of(const Feed& feed, FeedState before);

/// How long the server still wants to be left alone, 0 when it did not ask or the time is over. A day at most: the
/// clock that wrote it may have been wrong.
Millis rest_of(const FeedState& state, Millis now);
/// How long its whole host is then left alone.
Millis host_rest_of(const FeedState& state, Millis now);

/// How long to wait before the first poll. A feed that works keeps its rhythm: `planned` is what was left of its wait
/// at a reload, nullopt when nobody knows or the interval is another. One that fails is tried soon, but for a server
/// that asked to wait. `random` in [0, 1) spreads the polls.
Millis first_wait(const Feed& feed, const FeedState& state, std::optional<Millis> planned, Millis now, double random);

}  // namespace tocsin
