// Tells when something in a set of folders was written, renamed, made or removed (inotify(7)). It says that, not what:
// the caller looks for itself. Network file systems tell nothing of what others write there. For app/.
#pragma once
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "base/result.hpp"
#include "host/loop.hpp"

namespace tocsin {

class FolderWatch {
 public:
  /// `changed` is called in the loop, once for each batch of news. `loop` must outlive this object.
  FolderWatch(Loop& loop, std::function<void()> changed);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  /// These and no others from now on. One that is not there is passed over: watch the folder in which it would appear,
  /// and call again. The error is the first folder's that cannot be watched (no right, the limit of the machine); the
  /// others are.
  Result<void> watch(const std::set<std::string>& folders);

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace tocsin
