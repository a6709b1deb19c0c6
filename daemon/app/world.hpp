// Everything that a configuration stands for, loaded and checked: settings, rules, the understander. Commands and the
// daemon's reload make one; a faulty one is never used.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "rules/rule_set.hpp"
#include "settings/settings.hpp"
#include "understand/understander.hpp"

namespace tocsin {

struct World {
  Settings settings;
  Understander understander;
  RuleSet rules;
};

struct LoadedWorld {
  std::optional<World> world;  // absent when the phrase image cannot be opened
  Diagnostics findings;
  std::map<std::string, std::string> sources;
  [[nodiscard]] bool usable() const { return world && !findings.has_errors(); }
};

/// Reads `config` ("" = the shipped one) and all that it names; all findings in one run. `rule_paths` (files or
/// folders) take the place of the configuration's rules; those then only lend their lists and macros.
LoadedWorld load_world(const std::string& config, const std::vector<std::string>& rule_paths = {});

/// Prints the findings on standard error and returns the exit code for a bad configuration.
int complain_bad_configuration(const LoadedWorld& loaded);

}  // namespace tocsin
