#include "app/run_command.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "app/console.hpp"
#include "app/daemon.hpp"
#include "host/run_lock.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {

namespace {

/// The store's folder is made on first use, for the owner alone: it will hold where staff are.
Result<void> make_folder(const std::string& store) {
  const auto folder = std::filesystem::path(store).parent_path();
  if (folder.empty()) return {};
  const auto before = ::umask(0077);
  std::error_code ec;
  std::filesystem::create_directories(folder, ec);
  ::umask(before);
  if (ec) return failure("cannot make the folder " + folder.string() + " for the history: " + ec.message());
  return {};
}

}  // namespace

int run_command(const RunOptions& options) {
  LoadedWorld loaded = load_world(options.config);
  if (!loaded.usable()) return complain_bad_configuration(loaded);
  const Settings& settings = loaded.world->settings;
  start_log(settings.log);
  if (const auto made = make_folder(settings.store); !made) return complain(made.error().message);
  const auto lock = RunLock::take(run_lock_of(settings.store));
  if (!lock) return complain(lock.error().message);
  auto store = open_sqlite(settings.store);
  if (!store) return complain(store.error().message);
  Daemon daemon(options, std::move(loaded), std::move(*store));
  return daemon.run();
}

}  // namespace tocsin
