#include "app/open_history.hpp"

#include <cstdio>

#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "host/clock.hpp"
#include "settings/settings.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {

int history_command(const HistoryOptions& options) {
  const LoadedSettings loaded = load_settings(options.config, data_dir());
  if (loaded.findings.has_errors()) {
    const std::string text = pretty_findings(loaded.findings, loaded.sources);
    std::fwrite(text.data(), 1, text.size(), stderr);
    return kBadConfiguration;
  }
  const auto store = open_sqlite_reader(loaded.settings.store);
  if (!store) return complain(store.error().message);
  const HistoryAnswer answer = history(**store, options, MachineClock().now());
  std::fwrite(answer.out.data(), 1, answer.out.size(), stdout);
  std::fwrite(answer.err.data(), 1, answer.err.size(), stderr);
  return answer.exit_code;
}

}  // namespace tocsin
