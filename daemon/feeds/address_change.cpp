#include "feeds/address_change.hpp"

namespace tocsin {

bool has_moved(const AddressChange& change, std::uint64_t configured) {
  return change.from == configured && change.times >= kMoveTimes;
}

bool note_landing(AddressChange& change, std::uint64_t configured, const Landing& landing, Millis now) {
  if (has_moved(change, configured)) return false;
  if (!landing.permanent || !landing.is_feed) {
    change = {};
    return false;
  }
  if (change.from != configured || change.to != landing.url) change = {configured, landing.url, now, 0};
  // The last step waits for the days to pass, so that many polls of one bad day do not make a move.
  if (change.times < kMoveTimes - 1 || now - change.since >= kMoveAge) ++change.times;
  return has_moved(change, configured);
}

bool note_failures(AddressChange& change, std::uint64_t configured, int failures) {
  if (!has_moved(change, configured) || failures < kMoveFailures) return false;
  change = {};
  return true;
}

}  // namespace tocsin
