#include "app/history_command.hpp"

#include <cstdio>

#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "base/fold.hpp"
#include "base/text.hpp"
#include "host/clock.hpp"
#include "model/country.hpp"
#include "settings/settings.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {

namespace {

Result<Millis> moment(const std::string& words, Millis now) {
  if (const auto span = parse_duration(words)) return now - *span;
  if (const auto at = parse_rfc3339(words)) return *at;
  if (const auto day = parse_rfc3339(words + "T00:00:00Z")) return *day;
  return failure("--since " + words +
                 ": not a span (30m, 48h, 7d), a day (2024-09-17) or a time (2024-09-17T05:10:00Z)");
}

Result<std::string> country_code(const std::string& words) {
  const std::string wanted = fold(words);
  std::vector<std::string> known;
  for (const Country& country : countries()) {
    for (const std::string_view name : {country.alpha2, country.alpha3, country.en, country.fr})
      if (fold(name) == wanted) return std::string(country.alpha2);
    known.emplace_back(fold(country.en));
  }
  const std::string near = nearest(wanted, known);
  return failure("--country " + words + ": no such country" + (near.empty() ? "" : "; did you mean \"" + near + "\"?") +
                 " (ISO 3166-1, such as ML)");
}

Result<HistoryExtract> recall(Store& store, HistoryKind kind, const HistoryFilter& filter) {
  const auto in = [&](auto HistoryExtract::*list) {
    return [kind, list](auto found) {
      HistoryExtract history{.kind = kind};
      history.*list = std::move(found);
      return history;
    };
  };
  if (kind == HistoryKind::alerts) return store.alerts(filter).map(in(&HistoryExtract::alerts));
  if (kind == HistoryKind::incidents) return store.incidents(filter).map(in(&HistoryExtract::incidents));
  return store.items(filter).map(in(&HistoryExtract::items));
}

HistoryAnswer refused(int exit_code, const std::string& message) {
  return {exit_code, "", "tocsin: " + message + "\n"};
}

}  // namespace

Result<HistoryFilter> history_filter(const HistoryOptions& options, Millis now) {
  HistoryFilter filter;
  filter.rule = options.rule;
  filter.text = options.text;
  filter.limit = options.limit;
  if (!options.since.empty()) {
    const auto since = moment(options.since, now);
    if (!since) return tl::unexpected(since.error());
    filter.since = *since;
  }
  if (!options.country.empty()) {
    auto country = country_code(options.country);
    if (!country) return tl::unexpected(country.error());
    filter.country = std::move(*country);
  }
  return filter;
}

HistoryAnswer history(Store& store, const HistoryOptions& options, Millis now) {
  const auto kind = kHistoryKinds.find(options.what);
  if (!kind) return refused(kUsage, "\"" + options.what + "\" is no history; there are alerts, incidents and items");
  const HistoryForm* form = history_form(options.form);
  if (!form) return refused(kUsage, "\"" + options.form + "\" is no form of history");
  if (form->alerts_only && *kind != HistoryKind::alerts)
    return refused(kUsage, "--" + options.form + " is a form of alerts; use `tocsin alerts --" + options.form + "`");
  const auto filter = history_filter(options, now);
  if (!filter) return refused(kUsage, filter.error().message);
  auto written =
      recall(store, *kind, *filter).and_then([&](const HistoryExtract& found) { return form->write(found, store); });
  if (!written) return refused(kWrong, written.error().message);
  return {kDone, std::move(*written), ""};
}

int history_command(const HistoryOptions& options) {
  const LoadedSettings loaded = load_settings(options.config, data_dir());
  if (loaded.findings.has_errors()) {
    std::fputs(pretty_findings(loaded.findings, loaded.sources).c_str(), stderr);
    return kBadConfiguration;
  }
  const auto store = open_sqlite_reader(loaded.settings.store);
  if (!store) return complain(store.error().message);
  const HistoryAnswer answer = history(**store, options, MachineClock().now());
  std::fwrite(answer.out.data(), 1, answer.out.size(), stdout);
  std::fputs(answer.err.c_str(), stderr);
  return answer.exit_code;
}

}  // namespace tocsin
