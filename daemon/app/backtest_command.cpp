#include "app/backtest_command.hpp"

#include <algorithm>
#include <cstdio>

#include "app/console.hpp"
#include "app/history_command.hpp"
#include "app/world.hpp"
#include "channels/registry.hpp"
#include "host/clock.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {

int backtest_command(const BacktestOptions& options) {
  HistoryOptions asked;
  asked.since = options.since;
  const auto filter = history_filter(asked, MachineClock().now());
  if (!filter) return complain(filter.error().message), kUsage;
  const LoadedWorld in_force = load_world(options.config);
  if (!in_force.usable()) return complain_bad_configuration(in_force);
  const LoadedWorld tried = load_world(options.config, options.rules);
  if (!tried.usable()) return complain_bad_configuration(tried);
  const Settings& settings = in_force.world->settings;
  const auto store = open_sqlite_reader(settings.store);
  if (!store) return complain(store.error().message);
  Backtest backtest(tried.world->rules, in_force.world->rules, settings.organisation, *filter->since);
  const auto result = backtest.run(**store);
  if (!result) return complain(result.error().message);
  if (options.json)
    print_line(to_json(*result, settings.organisation));
  else
    std::fputs(in_words(*result, settings.organisation).c_str(), stdout);
  return kDone;
}

const Channel* find_channel(const Organisation& organisation, const std::string& name) {
  const auto& all = organisation.channels;
  const auto it = std::find_if(all.begin(), all.end(), [&](const Channel& c) { return c.name == name; });
  return it == all.end() ? nullptr : &*it;
}

std::string cost_words(const ChannelSum& sum, const Channel* channel) {
  const auto price = channel ? price_of(*channel) : std::nullopt;
  if (!price) return "";
  char amount[64];
  std::snprintf(amount, sizeof amount, "%.2f ", price->amount * static_cast<double>(sum.parts));
  return amount + price->currency;
}

}  // namespace tocsin
