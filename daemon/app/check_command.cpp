#include "app/check_command.hpp"

#include <cstdio>

#include "app/console.hpp"
#include "app/world.hpp"
#include "rules/needless.hpp"

namespace tocsin {

namespace {
std::string counted(std::size_t n, const char* what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

void compare_rules(const World& world, Diagnostics& findings) {
  std::vector<std::string> duty;
  for (const Recipient& r : world.settings.organisation.recipients)
    if (r.duty) duty.push_back(r.id);
  warn_of_needless(world.rules.all().copy(), duty, findings);
  findings.sort();
}

}  // namespace

int check_command(const CheckOptions& options) {
  LoadedWorld loaded = load_world(options.config, options.paths);
  if (loaded.usable()) compare_rules(*loaded.world, loaded.findings);
  const std::string findings = pretty_findings(loaded.findings, loaded.sources);
  std::fwrite(findings.data(), 1, findings.size(), stdout);
  const std::size_t errors = loaded.findings.errors(), warnings = loaded.findings.all().size() - errors;
  if (loaded.world && errors == 0) {
    const Settings& s = loaded.world->settings;
    std::fprintf(stderr, "tocsin: %s: %s, %s, %s, %s; %s\n", warnings == 0 ? "good" : "no error",
                 counted(loaded.world->rules.all().size(), "rule").c_str(), counted(s.feeds.size(), "feed").c_str(),
                 counted(s.organisation.recipients.size(), "recipient").c_str(),
                 counted(s.organisation.assets.size(), "asset").c_str(), counted(warnings, "warning").c_str());
    return kDone;
  }
  std::fprintf(stderr, "tocsin: %s, %s\n", counted(errors, "error").c_str(), counted(warnings, "warning").c_str());
  return kWrong;
}

}  // namespace tocsin
