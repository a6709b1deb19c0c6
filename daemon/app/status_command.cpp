#include "app/status_command.hpp"

#include <cstdio>
#include <filesystem>

#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "app/health.hpp"
#include "host/clock.hpp"
#include "host/run_lock.hpp"
#include "settings/settings.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {

namespace {
std::uintmax_t size_of(const std::string& store) {
  std::uintmax_t bytes = 0;
  for (const char* part : {"", "-wal", "-shm"}) {
    std::error_code error;
    const auto size = std::filesystem::file_size(store + part, error);
    if (!error) bytes += size;
  }
  return bytes;
}
}  // namespace

int status_command(const StatusOptions& options) {
  const LoadedSettings loaded = load_settings(options.config, data_dir());
  if (loaded.findings.has_errors()) {
    std::fputs(pretty_findings(loaded.findings, loaded.sources).c_str(), stderr);
    return kBadConfiguration;
  }
  const std::string& path = loaded.settings.store;
  const auto store = open_sqlite_reader(path);
  if (!store) return complain(store.error().message);
  const bool running = RunLock::is_held(run_lock_of(path));
  auto health = health_of(**store, loaded.settings.feeds, running, MachineClock().now());
  if (!health) return complain(health.error().message);
  health->store = path;
  health->bytes = size_of(path);
  if (options.json)
    print_line(to_json(*health));
  else
    std::fputs(in_words(*health).c_str(), stdout);
  return health->problems.empty() ? kDone : kWrong;
}

}  // namespace tocsin
