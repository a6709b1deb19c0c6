#include "host/systemd.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <optional>

#include "base/text.hpp"

namespace tocsin {
namespace {

std::string taken_from_environment(const char* name) {
  const char* value = std::getenv(name);
  std::string copy = value == nullptr ? "" : value;
  ::unsetenv(name);
  return copy;
}

long long number(const std::string& text) {
  long long value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// nullopt when the name is too long for a socket.
std::optional<socklen_t> fill(sockaddr_un& address, const std::string& name) {
  if (name.size() >= sizeof address.sun_path) return std::nullopt;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.data(), name.size());
  if (name[0] == '@') address.sun_path[0] = '\0';  // abstract: the length counts, no NUL ends it
  return static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
}

long long monotonic_microseconds() {
  timespec at{};
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1'000'000LL + at.tv_nsec / 1000;
}

}  // namespace

Systemd::Systemd(std::string socket, Millis watchdog) : socket_(std::move(socket)), watchdog_(watchdog) {}

Systemd Systemd::from_environment() {
  std::string socket = taken_from_environment("NOTIFY_SOCKET");
  const Millis watchdog = number(taken_from_environment("WATCHDOG_USEC")) / 1000;
  const std::string pid = taken_from_environment("WATCHDOG_PID");
  const bool ours = pid.empty() || number(pid) == ::getpid();
  return Systemd(std::move(socket), ours ? std::max<Millis>(0, watchdog) : 0);
}

void Systemd::ready() const {
  say("READY=1");
}
void Systemd::stopping() const {
  say("STOPPING=1");
}
void Systemd::keep_alive() const {
  say("WATCHDOG=1");
}
void Systemd::status(std::string_view words) const {
  say("STATUS=" + one_line(words));
}
void Systemd::reloading() const {
  say("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_microseconds()));
}

void Systemd::say(std::string_view message) const {
  if (socket_.empty()) return;
  sockaddr_un address{};
  const auto length = fill(address, socket_);
  if (!length) return;
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return;
  ::sendto(socket, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), *length);
  ::close(socket);
}

}  // namespace tocsin
