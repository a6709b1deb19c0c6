#include "app/resume.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "feeds/schedule.hpp"

namespace tocsin {

FeedState known_of(const Feed& feed, FeedState before) {
  const std::uint64_t address = fnv1a(feed.url);
  const bool read_there = before.final_url == feed.url;
  if (before.address != 0 && before.address != address && !read_there) {
    const DayBytes traffic = before.traffic;
    before = {};
    before.traffic = traffic;
  }
  if (read_there) before.final_url = {};
  before.feed = feed.id;
  before.address = address;
  before.gone = false;
  return before;
}

Millis rest_of(const FeedState& state, Millis now) {
  return std::clamp<Millis>(state.rests_until - now, 0, kRetryCeiling);
}

Millis host_rest_of(const FeedState& state, Millis now) {
  const Millis until = std::min(state.rests_until, state.last_poll + kLongestHostRest);
  return std::clamp<Millis>(until - now, 0, kLongestHostRest);
}

Millis first_wait(const Feed& feed, const FeedState& state, std::optional<Millis> planned, Millis now, double random) {
  const Millis soon = first_poll(feed.interval, now, random) - now;
  if (const Millis rest = rest_of(state, now); rest > 0) return rest + soon;
  if (state.failures > 0) return soon;
  if (planned) return *planned;
  const Millis wished = std::max(feed.interval, std::min(state.ttl, kPollCeiling));
  return std::max(soon, std::min(state.next_poll - now, wished));
}

}  // namespace tocsin
