// The daemon's log: one line an event on standard error, with the "<N>" priority prefix of sd-daemon(3) when systemd
// reads it. Messages are whole sentences built by the caller; feed text in them must have gone through one_line().
#pragma once
#include <string_view>

namespace tocsin::log {

enum class Level { debug, info, warning, error };

/// Call once at start. `for_journal` writes "<N>" prefixes instead of times.
void start(Level least, bool for_journal);
void debug(std::string_view message);
void info(std::string_view message);
void warning(std::string_view message);
void error(std::string_view message);

}  // namespace tocsin::log
