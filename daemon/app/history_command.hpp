// `tocsin alerts | incidents | items`: what the store remembers, filtered and in the form asked for (contract, section
// 1). For the command line only.
#pragma once
#include <string>

#include "app/history_forms.hpp"
#include "app/options.hpp"

namespace tocsin {

struct HistoryOptions : ConfigOption {
  std::string what = "alerts";  // alerts | incidents | items
  std::string since;            // a span before now (7d), a day (2024-09-17) or a time (RFC 3339); "" = all
  std::string country;          // ISO 3166-1 alpha-2 or alpha-3, or the English or French name
  std::string rule, text;
  std::size_t limit = 100;
  std::string form = "table";  // a name of history_forms()
};

/// What goes to standard output and to standard error, and the exit code (options.hpp).
struct HistoryAnswer {
  int exit_code = kDone;
  std::string out, err;
};

/// The filter that the words ask for; the error says which word is wrong and what is meant perhaps.
Result<HistoryFilter> history_filter(const HistoryOptions& options, Millis now);
HistoryAnswer history(Store& store, const HistoryOptions& options, Millis now);

/// On the store that the configuration names, also while the daemon runs. Prints the answer; returns the exit code.
int history_command(const HistoryOptions& options);

}  // namespace tocsin
