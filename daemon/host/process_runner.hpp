// Runs an admin's program for the exec channel (ProcessTransport). app/ creates it; channels see ports/transport.hpp.
#pragma once
#include <memory>

#include "host/loop.hpp"
#include "ports/transport.hpp"

namespace tocsin {

class ProcessRunner : public ProcessTransport {
 public:
  /// `loop` must outlive this object.
  explicit ProcessRunner(Loop& loop);
  /// Kills what still runs; those callbacks are not called.
  ~ProcessRunner() override;

  /// Starts argv[0] (an absolute path, no shell, no search) with an empty environment, in "/", in a process group of
  /// its own, and with no descriptor but its standard three. ok = exit status 0. `code` is the exit status, or 128 +
  /// signal. `detail` is the first 4 KiB of what it printed (both streams, one line), or why it could not run. At the
  /// time limit, and when argv[0] has ended, the whole group is killed. A program killed at its limit is `ambiguous`.
  void run(ProcessRequest request, std::function<void(SendResult)> done) override;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace tocsin
