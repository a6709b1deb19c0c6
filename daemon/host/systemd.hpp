// What the service tells systemd (sd_notify(3)): one datagram a message. We write it ourselves because libsystemd
// brings 4 MB and a history (CVE-2024-3094). app/ calls; outside systemd every call is a no-op.
#pragma once
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace tocsin {

class Systemd {
 public:
  /// `socket`: a path, or "@name" for an abstract socket; "" = nobody listens.
  explicit Systemd(std::string socket, Millis watchdog = 0);
  /// From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, which it removes so that no child inherits them.
  static Systemd from_environment();

  void ready() const;
  /// `now` is CLOCK_MONOTONIC in microseconds in systemd's protocol; taken inside.
  void reloading() const;
  void stopping() const;
  /// One line for `systemctl status`; control characters are taken out.
  void status(std::string_view words) const;
  /// To be called at least every watchdog() / 2, only after the daemon proved that it lives.
  void keep_alive() const;

  /// The time after which systemd kills a silent daemon; 0 = no watchdog.
  [[nodiscard]] Millis watchdog() const { return watchdog_; }
  [[nodiscard]] bool present() const { return !socket_.empty(); }

 private:
  void say(std::string_view message) const;

  std::string socket_;
  Millis watchdog_ = 0;
};

}  // namespace tocsin
