// The daemon's one thread: timers, signals and posted work on a Boost.Asio io_context. app/ creates one and gives its
// context to net/. Timers count CLOCK_BOOTTIME, so a suspended laptop or a jump of the wall clock does not delay them.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "base/time.hpp"

namespace boost::asio {
class io_context;
}

namespace tocsin {

class Loop {
 public:
  using Callback = std::function<void()>;
  using TimerId = std::uint64_t;  // 0 is no timer

  /// Ignores SIGPIPE for the process: writing to a peer that has gone is an error code, not death.
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Calls once, not before `delay` has passed (0 or less: as soon as possible, never from inside this call).
  TimerId after(Millis delay, Callback callback);
  /// An unknown or already fired id is no error.
  void cancel(TimerId timer);
  void post(Callback callback);
  /// Calls at every arrival of the signal, in the loop, until the loop is destroyed. Several callbacks per signal are
  /// allowed.
  void on_signal(int signal, Callback callback);

  /// Until stop(). Work posted before is done first.
  void run();
  /// From the loop's own callbacks; run() returns after the present one.
  void stop();

  boost::asio::io_context& context();

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace tocsin
