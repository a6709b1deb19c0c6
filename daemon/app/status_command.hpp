// `tocsin status`: is it well? Asks the store, not the daemon.
#pragma once
#include "app/options.hpp"

namespace tocsin {

struct StatusOptions : ConfigOption {
  bool json = false;
};

/// 1 when something is wrong: a blind country, no daemon, messages that do not arrive, a refused reload.
int status_command(const StatusOptions& options);

}  // namespace tocsin
