// A clock that a test moves by hand.
#pragma once
#include "ports/clock.hpp"

namespace tocsin {

class FakeClock : public Clock {
 public:
  explicit FakeClock(Millis at = 1'700'000'000'000) : at_(at) {}
  [[nodiscard]] Millis now() const override { return at_; }
  [[nodiscard]] Millis monotonic() const override { return at_; }
  void advance(Millis span) { at_ += span; }

 private:
  Millis at_;
};

}  // namespace tocsin
