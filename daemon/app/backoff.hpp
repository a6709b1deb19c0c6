// How long a delivery waits after a failed attempt. Pure.
#pragma once
#include "base/time.hpp"

namespace tocsin {

inline constexpr Millis kFirstWait = 5 * kSecond, kLongestWait = 15 * kMinute;
/// A recipient that stays away longer than this is told nothing stale: the delivery expires and the log says so.
inline constexpr Millis kDeliveryLife = 3 * kDay;

/// Doubles from kFirstWait to kLongestWait with full jitter in the upper half, so that a relay that comes back is not
/// hit by everybody at once. `attempts` counts the failed ones, from 1; `random` is uniform in [0, 1).
constexpr Millis wait_before_retry(int attempts, double random) {
  Millis span = kFirstWait;
  for (int i = 1; i < attempts && span < kLongestWait; ++i) span *= 2;
  if (span > kLongestWait) span = kLongestWait;
  return span / 2 + static_cast<Millis>(random * static_cast<double>(span / 2));
}

}  // namespace tocsin
