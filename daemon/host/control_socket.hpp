// The door by which a command speaks to the daemon on the same history: a Unix socket beside the store, mode 0600, so
// that only the daemon's own user and root come in. One line in, one answer out, the end. For app/.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "host/loop.hpp"

namespace tocsin {

class ControlSocket {
 public:
  /// To be called once, in the loop, whenever the answer is known.
  using Reply = std::function<void(std::string answer)>;
  /// Called in the loop with one request, without its line end.
  using Handler = std::function<void(std::string_view request, Reply reply)>;

  /// `loop` must outlive this object.
  ControlSocket(Loop& loop, Handler handler);
  /// Takes the socket away; replies that come later go nowhere.
  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

  /// A socket that is there already is replaced: the caller holds the lock of this history, so nobody can be behind it.
  /// Eight clients at a time have ten seconds each for their line.
  Result<void> listen(const std::string& path);

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

/// Sends one line and waits for the answer: blocking, for commands. The error says in words what to do: nobody there,
/// no right to ask, no answer within `timeout`.
Result<std::string> ask_daemon(const std::string& path, std::string_view request, Millis timeout);

}  // namespace tocsin
