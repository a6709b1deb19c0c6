#include "host/run_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace tocsin {

namespace {
/// The whole file. Locks of the open file description (fcntl(2)): closing another descriptor of it lets nothing go.
struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}
}  // namespace

Result<RunLock> RunLock::take(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return failure("cannot open " + path + ": " + std::strerror(errno));
  RunLock held(file);
  auto lock = whole_file();
  if (::fcntl(file, F_OFD_SETLK, &lock) == 0) return held;
  if (errno == EAGAIN || errno == EACCES)
    return failure("another tocsin runs on this history (" + path +
                   " is locked); stop it first, or name another store");
  return failure("cannot lock " + path + ": " + std::strerror(errno));
}

bool RunLock::is_held(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  auto lock = whole_file();
  const bool held = ::fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(file);
  return held;
}

RunLock::RunLock(RunLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}
RunLock::~RunLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace tocsin
