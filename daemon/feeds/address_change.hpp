// When a feed that answers with 301 or 308 is asked at its new address at once. Parking pages, captive portals and
// half-finished moves redirect for good too, so a move counts only after several polls in a row, over days, that led to
// the same address and found a feed there; 302, 303 and 307 never count. Pure. For app/poller; the state is kept in
// FeedState::moved.
#pragma once
#include <cstdint>
#include <string>

#include "model/feed.hpp"

namespace tocsin {

inline constexpr int kMoveTimes = 5;
inline constexpr Millis kMoveAge = 3 * kDay;
inline constexpr int kMoveFailures = 3;  // in a row at the new address: then the configured one is asked again

/// What an answer says about the address.
struct Landing {
  bool permanent = false;  // redirected, and every hop was 301 or 308
  std::string url;         // where the answer came from
  bool is_feed = false;    // a feed was read there, or had not changed (304)
};

/// Whether polls go to `change.to`. `configured` is the hash of the feed's address in the configuration.
bool has_moved(const AddressChange& change, std::uint64_t configured);

/// Counts one answer; a poll without any answer says nothing about the address and is not counted. True when
/// has_moved() became true with it.
bool note_landing(AddressChange& change, std::uint64_t configured, const Landing& landing, Millis now);

/// Forgets a move whose new address fails. True when it did: the next poll goes to the configured address.
bool note_failures(AddressChange& change, std::uint64_t configured, int failures);

}  // namespace tocsin
