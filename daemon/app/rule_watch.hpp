// Notices that the files of the configuration have changed, and waits until who edits them has finished: the kernel
// says that something stirs in their folders (host/folder_watch.hpp), and a change counts when two looks one settling
// time apart see the same. So an editor that writes another file and renames it over the first is one change, what else
// happens in these folders is none, and a folder that appears later is noticed. The daemon has one.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "host/folder_watch.hpp"
#include "host/loop.hpp"

namespace tocsin {

inline constexpr Millis kSettling = kSecond;

class RuleWatch {
 public:
  /// `changed` is called in the loop, once for each change. `loop` must outlive this object.
  RuleWatch(Loop& loop, std::function<void()> changed, Millis settling = kSettling);

  /// Before the files are read: what changes from now on is a change.
  void reading();
  /// After it: these files were read, and these folders may hold more of them. Returns why a folder cannot be watched,
  /// "" when all can.
  std::string have_read(const std::set<std::string>& files, const std::set<std::string>& folders);

 private:
  /// What tells one state of a file from another without reading it.
  struct Mark {
    std::uint64_t inode = 0, size = 0;
    std::int64_t written = 0, changed = 0;  // nanoseconds
    bool operator==(const Mark&) const = default;
  };
  using Marks = std::map<std::string, Mark>;

  [[nodiscard]] Marks look() const;
  void stirred();
  void settle();
  Result<void> watch();

  Loop& loop_;
  std::function<void()> changed_;
  Millis settling_;
  FolderWatch folders_watch_;
  std::set<std::string> files_, folders_;
  Marks read_, before_, seen_;
  bool waiting_ = false;
};

}  // namespace tocsin
