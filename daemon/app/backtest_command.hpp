// `tocsin backtest`: the stored history against other rules.
#pragma once
#include <string>
#include <vector>

#include "app/backtest.hpp"
#include "app/options.hpp"

namespace tocsin {

struct BacktestOptions : ConfigOption {
  std::vector<std::string> rules;  // files or folders, in the place of the configuration's
  std::string since = "90d";
  bool json = false;
};

/// 0; 1 when the history cannot be read; 2 for a --since that is none; 78 for bad rules or configuration. Only reads.
int backtest_command(const BacktestOptions& options);

/// For a person, and as one object; docs/operations.md lists the keys.
std::string in_words(const BacktestResult& result, const Organisation& organisation);
std::string to_json(const BacktestResult& result, const Organisation& organisation);

/// What the messages of a channel would have cost, "" without a price: "12.60 EUR".
std::string cost_words(const ChannelSum& sum, const Channel* channel);
/// The channel of this name; nullptr when there is none.
const Channel* find_channel(const Organisation& organisation, const std::string& name);

}  // namespace tocsin
