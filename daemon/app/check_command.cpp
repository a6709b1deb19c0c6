#include "app/check_command.hpp"

#include <cstdio>

#include "app/console.hpp"
#include "app/world.hpp"

namespace tocsin {

int check_command(const CheckOptions& options) {
  const LoadedWorld loaded = load_world(options.config, options.paths);
  const std::string findings = pretty_findings(loaded.findings, loaded.sources);
  std::fwrite(findings.data(), 1, findings.size(), stdout);
  const std::size_t errors = loaded.findings.errors(), warnings = loaded.findings.all().size() - errors;
  if (loaded.world && errors == 0) {
    const Settings& s = loaded.world->settings;
    std::fprintf(stderr, "tocsin: good: %zu rules, %zu feeds, %zu recipients, %zu assets; %zu warning(s)\n",
                 loaded.world->rules.all().size(), s.feeds.size(), s.organisation.recipients.size(),
                 s.organisation.assets.size(), warnings);
    return kDone;
  }
  std::fprintf(stderr, "tocsin: %zu error(s), %zu warning(s)\n", errors, warnings);
  return kWrong;
}

}  // namespace tocsin
