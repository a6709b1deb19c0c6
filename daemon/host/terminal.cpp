#include "host/terminal.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace tocsin {
namespace {

constexpr int kPatienceMs = 5000;

/// Writes what it can and takes it off `rest`; false when the descriptor fails or nobody reads.
bool write_some(int descriptor, std::string_view& rest) {
  const ssize_t wrote = ::write(descriptor, rest.data(), rest.size());
  if (wrote >= 0) {
    rest.remove_prefix(static_cast<std::size_t>(wrote));
    return true;
  }
  if (errno == EINTR) return true;
  if (errno != EAGAIN) return false;
  pollfd writable{.fd = descriptor, .events = POLLOUT, .revents = 0};
  if (::poll(&writable, 1, kPatienceMs) > 0) return true;
  errno = ETIMEDOUT;
  return false;
}

}  // namespace

SendResult Terminal::print(const TerminalRequest& request) {
  SendResult result{.ok = true};
  for (std::string_view rest = request.text; result.ok && !rest.empty();) result.ok = write_some(descriptor_, rest);
  if (!result.ok) result.detail = std::string("cannot write to the terminal: ") + std::strerror(errno);
  return result;
}

}  // namespace tocsin
