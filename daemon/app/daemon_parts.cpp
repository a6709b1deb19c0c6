#include "app/daemon_parts.hpp"

#include <unistd.h>

#include "feeds/schedule.hpp"

namespace tocsin {

HttpOptions http_options(const Settings& settings) {
  HttpOptions options;
  options.user_agent = user_agent(TOCSIN_VERSION, settings.contact);
  options.parallel = static_cast<std::size_t>(settings.polls_at_once);
  return options;
}

PollLimits limits_of(const Settings& settings) {
  PollLimits limits;
  limits.timeout = settings.poll_timeout;
  limits.max_body = static_cast<std::size_t>(settings.poll_max_size);
  limits.budget = settings.poll_budget;
  limits.proxy = settings.poll_proxy;
  for (const Asset& asset : settings.organisation.assets)
    if (!asset.country.empty()) limits.home.insert(asset.country);
  return limits;
}

std::shared_ptr<World> for_this_terminal(World world) {
  for (Channel& c : world.settings.organisation.channels) {
    if (c.kind != "terminal") continue;
    auto& colour = c.options["colour"];
    if (colour.empty() || colour == "auto") colour = ::isatty(STDOUT_FILENO) ? "yes" : "no";
  }
  return std::make_shared<World>(std::move(world));
}

}  // namespace tocsin
