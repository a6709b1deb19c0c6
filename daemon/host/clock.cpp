#include "host/clock.hpp"

#include <ctime>

namespace tocsin {
namespace {

Millis read(clockid_t id) {
  timespec at{};
  clock_gettime(id, &at);
  return static_cast<Millis>(at.tv_sec) * 1000 + at.tv_nsec / 1'000'000;
}

}  // namespace

Millis MachineClock::now() const {
  return read(CLOCK_REALTIME);
}
Millis MachineClock::monotonic() const {
  return read(CLOCK_BOOTTIME);
}

}  // namespace tocsin
