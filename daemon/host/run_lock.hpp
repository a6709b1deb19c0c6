// One daemon on one history: a lock on a file beside it, that the kernel lets go however the process ends. It also
// tells `tocsin status` whether a daemon runs, without a heartbeat that would wear out the card. For app/.
#pragma once
#include <string>

#include "base/result.hpp"

namespace tocsin {

class RunLock {
 public:
  /// Makes the file (mode 0600) when it is not there. Fails when another process holds it, or with the system's reason.
  static Result<RunLock> take(const std::string& path);
  /// Never takes it, not for a moment: a daemon that starts now is not disturbed. False also when there is no file.
  static bool is_held(const std::string& path);

  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;
  ~RunLock();

 private:
  explicit RunLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace tocsin
