// Alerts on the terminal of `tocsin run` (TerminalTransport). app/ creates it; channels see ports/transport.hpp.
#pragma once
#include "ports/transport.hpp"

namespace tocsin {

class Terminal : public TerminalTransport {
 public:
  /// Writes to this descriptor, which stays the caller's.
  explicit Terminal(int descriptor) : descriptor_(descriptor) {}
  /// The whole text or ok = false with the reason. Waits at most 5 s for a reader that does not read.
  SendResult print(const TerminalRequest& request) override;

 private:
  int descriptor_;
};

}  // namespace tocsin
