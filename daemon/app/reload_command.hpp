// `tocsin reload`: asks the daemon on this history to take up the files as they are now, and tells what it said.
#pragma once
#include <string>

#include "app/options.hpp"
#include "app/reload.hpp"

namespace tocsin {

/// The socket that a daemon on this store listens on.
inline std::string control_of(const std::string& store) {
  return store + "-control";
}
inline constexpr const char* kReloadRequest = "reload";

/// How the daemon answers: the exit code of the command, the summary, then the findings.
std::string reload_answer(const Reloaded& reloaded);
std::string unknown_request(std::string_view request);

/// 0 when the daemon has taken the files up; 78 when it refused, findings on standard output; 1 when there is none, it
/// does not answer, or this user may not ask.
int reload_command(const ConfigOption& options);

}  // namespace tocsin
