#include "host/folder_watch.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>

#include "host/asio.hpp"

namespace tocsin {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {
// Not IN_MODIFY: a file that is being written is not finished. IN_ATTRIB: `touch`, and a right that was missing.
constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
}  // namespace

class FolderWatch::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(Loop& loop, std::function<void()> changed) : news_(loop.context()), changed_(std::move(changed)) {
    error_code unwatched;
    if (const int file = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC); file >= 0) news_.assign(file, unwatched);
  }

  Result<void> watch(const std::set<std::string>& folders);
  void listen();
  void close() {
    error_code ignored;
    news_.close(ignored);
  }

 private:
  bool drain();

  asio::posix::stream_descriptor news_;
  std::function<void()> changed_;
  std::map<int, std::string> watched_;
};

Result<void> FolderWatch::Core::watch(const std::set<std::string>& folders) {
  if (!news_.is_open()) return failure("no inotify here");
  std::map<int, std::string> wanted;
  Result<void> all;
  for (const std::string& folder : folders) {
    // The folder of this name may be another one by now: asked anew, the kernel gives the same number for the same.
    const int number = ::inotify_add_watch(news_.native_handle(), folder.c_str(), kEvents);
    if (number >= 0)
      wanted.emplace(number, folder);
    else if (all && errno != ENOENT && errno != ENOTDIR)
      all = failure(folder + ": " + std::strerror(errno));
  }
  for (const auto& [number, folder] : watched_)
    if (!wanted.contains(number)) ::inotify_rm_watch(news_.native_handle(), number);
  watched_ = std::move(wanted);
  return all;
}

void FolderWatch::Core::listen() {
  if (!news_.is_open()) return;
  news_.async_wait(asio::posix::stream_descriptor::wait_read, [weak = weak_from_this()](error_code failed) {
    const auto self = weak.lock();
    if (failed || !self) return;
    const bool is_news = self->drain();
    self->listen();
    if (is_news) self->changed_();
  });
}

/// False when all that the kernel said is that a watch of ours has ended.
bool FolderWatch::Core::drain() {
  alignas(inotify_event) std::array<char, 16384> piece;
  bool is_news = false;
  while (true) {
    const ssize_t got = ::read(news_.native_handle(), piece.data(), piece.size());
    if (got <= 0) return is_news;
    for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
      inotify_event event;
      std::memcpy(&event, piece.data() + at, sizeof event);
      is_news = is_news || (event.mask & IN_IGNORED) == 0;
      at += sizeof event + event.len;
    }
  }
}

FolderWatch::FolderWatch(Loop& loop, std::function<void()> changed)
    : core_(std::make_shared<Core>(loop, std::move(changed))) {
  core_->listen();
}
FolderWatch::~FolderWatch() {
  core_->close();
}
Result<void> FolderWatch::watch(const std::set<std::string>& folders) {
  return core_->watch(folders);
}

}  // namespace tocsin
