// The machine's clocks. app/ makes one and passes it on as a Clock; nothing else asks the machine for the time.
#pragma once
#include "ports/clock.hpp"

namespace tocsin {

/// No machine that runs this source is in an earlier time; raised with each release. A board without a battery starts
/// in 1970.
inline constexpr Millis kSourceDate = 1'790'000'000'000;  // 2026-09-21T14:13:20Z

class MachineClock : public Clock {
 public:
  [[nodiscard]] Millis now() const override;        // CLOCK_REALTIME
  [[nodiscard]] Millis monotonic() const override;  // CLOCK_BOOTTIME
};

/// False while the wall clock is before `floor`: then no item is old, and alerts say that the time is unsure.
[[nodiscard]] inline bool credible(Millis wall, Millis floor = kSourceDate) {
  return wall >= floor;
}

}  // namespace tocsin
