// What the daemon's parts take from a configuration, at start and at each reload. For app/daemon*.cpp.
#pragma once
#include <memory>

#include "app/poller.hpp"
#include "app/world.hpp"
#include "net/http_client.hpp"

namespace tocsin {

HttpOptions http_options(const Settings& settings);
PollLimits limits_of(const Settings& settings);
/// "auto" colour means: only for a person at a terminal.
std::shared_ptr<World> for_this_terminal(World world);

}  // namespace tocsin
