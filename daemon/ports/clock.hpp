// Time from outside. The core never asks the machine; whoever needs the hour takes a Clock or a Millis.
#pragma once
#include "base/time.hpp"

namespace tocsin {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall clock, UTC: for display, age rules and stamps.
  [[nodiscard]] virtual Millis now() const = 0;
  /// Never jumps and counts during suspend (CLOCK_BOOTTIME): for every timer.
  [[nodiscard]] virtual Millis monotonic() const = 0;
};

}  // namespace tocsin
