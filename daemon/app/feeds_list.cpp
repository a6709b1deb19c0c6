#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "app/feeds_command.hpp"
#include "base/text.hpp"
#include "feeds/opml.hpp"
#include "host/clock.hpp"
#include "model/country.hpp"
#include "settings/settings.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {

namespace {

using States = std::map<std::string, FeedState>;

struct Row {
  const Feed& feed;
  bool is_polled;
};

/// What the daemon has met; empty before its first run.
States states_of(const Settings& settings) {
  States states;
  const auto store = open_sqlite_reader(settings.store);
  if (!store) return states;
  for (const Feed& feed : settings.feeds)
    if (auto state = (*store)->feed_state(feed.id); state && *state) states.emplace(feed.id, std::move(**state));
  return states;
}

bool is_wanted(const Feed& feed, const std::string& country) {
  return country.empty() || std::find(feed.countries.begin(), feed.countries.end(), country) != feed.countries.end();
}

std::vector<Row> rows_of(const Settings& settings, const FeedsListOptions& options) {
  std::vector<Row> rows;
  for (const Feed& feed : settings.feeds)
    if (is_wanted(feed, options.country)) rows.push_back({feed, true});
  if (options.all)
    for (const Feed& feed : settings.idle_feeds)
      if (is_wanted(feed, options.country)) rows.push_back({feed, false});
  return rows;
}

/// "4m", "3h", "12d": good enough for a glance.
std::string rough(Millis span) {
  if (span < kHour) return std::to_string(std::max<Millis>(span, 0) / kMinute) + "m";
  return span < 2 * kDay ? std::to_string(span / kHour) + "h" : std::to_string(span / kDay) + "d";
}

std::string state_words(const Row& row, const States& states, Millis now) {
  if (!row.is_polled) return "off";
  const auto found = states.find(row.feed.id);
  if (found == states.end()) return "not polled yet";
  const FeedState& s = found->second;
  if (s.gone) return "gone (410)";
  if (s.failures > 0) return "failing " + std::to_string(s.failures) + "x: " + one_line(s.last_error);
  const std::string next = s.next_poll > now ? ", next in " + rough(s.next_poll - now) : "";
  return s.last_success == 0 ? "not read yet" : "ok " + rough(now - s.last_success) + " ago" + next;
}

/// `width` code points, cut or filled up with blanks, and one blank more.
std::string cell(std::string_view text, std::size_t width) {
  std::string out = shortened(text, width);
  for (std::size_t n = count_code_points(out); n <= width; ++n) out += ' ';
  return out;
}

void print_table(const std::vector<Row>& rows, const States& states, Millis now) {
  constexpr std::size_t kId = 24, kCountries = 11, kLanguage = 4, kGrade = 5, kEvery = 5;
  print_line(cell("FEED", kId) + cell("COUNTRIES", kCountries) + cell("LANG", kLanguage) + cell("GRADE", kGrade) +
             cell("EVERY", kEvery) + "STATE");
  for (const Row& row : rows) {
    const Feed& f = row.feed;
    const std::string grade = std::string(1, f.reliability) + (f.proof == ' ' ? "" : "/" + std::string(1, f.proof));
    print_line(cell(f.id, kId) + cell(f.countries.empty() ? "-" : join(f.countries, " "), kCountries) +
               cell(f.language.empty() ? "-" : f.language, kLanguage) + cell(grade, kGrade) +
               cell(duration_text(f.interval), kEvery) + state_words(row, states, now));
  }
}

void print_closing(const std::vector<Row>& rows, const Settings& settings, const States& states, bool all) {
  std::set<std::string> publishers, countries;
  std::size_t failing = 0;
  for (const Row& row : rows) {
    publishers.insert(row.feed.publisher);
    countries.insert(row.feed.countries.begin(), row.feed.countries.end());
    const auto state = states.find(row.feed.id);
    failing += state != states.end() && state->second.failures > 0;
  }
  std::fprintf(stderr, "%zu feeds of %zu publishers, for %zu countries by name; %zu failing", rows.size(),
               publishers.size(), countries.size(), failing);
  if (!all && !settings.idle_feeds.empty())
    std::fprintf(stderr, "; %zu more are off (--all)", settings.idle_feeds.size());
  std::fputs("\nGRADE: reliability of the source A..F / proof of its address A..D (docs/configuration.md)\n", stderr);
}

nlohmann::ordered_json time_or_null(Millis at) {
  return at == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(rfc3339(at));
}

nlohmann::ordered_json state_json(const FeedState& s) {
  return {{"last_poll", time_or_null(s.last_poll)},
          {"last_success", time_or_null(s.last_success)},
          {"last_new_item", time_or_null(s.last_new_item)},
          {"next_poll", time_or_null(s.next_poll)},
          {"failures", s.failures},
          {"last_error", s.last_error.view()},
          {"gone", s.gone},
          {"documents", s.documents}};
}

void print_json(const std::vector<Row>& rows, const States& states) {
  for (const Row& row : rows) {
    const Feed& f = row.feed;
    const auto state = states.find(f.id);
    const nlohmann::ordered_json out{
        {"id", f.id},
        {"title", f.title},
        {"url", f.url},
        {"language", f.language},
        {"countries", f.countries},
        {"publisher", f.publisher},
        {"owner", f.owner},
        {"reliability", std::string(1, f.reliability)},
        {"proof", f.proof == ' ' ? "" : std::string(1, f.proof)},
        {"tags", f.tags},
        {"interval_s", f.interval / kSecond},
        {"polled", row.is_polled},
        {"state", state == states.end() ? nlohmann::ordered_json() : state_json(state->second)}};
    print_line(out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  }
}

std::string folder_of(const Feed& feed) {
  if (feed.countries.size() > 1) return "Several countries";
  const Country* country = feed.countries.empty() ? nullptr : country_by_alpha2(feed.countries.front());
  return country ? std::string(country->en) : "World and regions";
}

ListedFeed listed(const Feed& f) {
  ListedFeed out{f.title, f.url, "", f.language, {folder_of(f)}};
  for (const auto& country : f.countries) out.categories.push_back("/country/" + country);
  for (const auto& tag : f.tags) out.categories.push_back("/tag/" + tag);
  out.categories.push_back("/publisher/" + f.publisher);
  out.categories.push_back("/owner/" + f.owner);
  out.categories.push_back("/reliability/" + std::string(1, f.reliability));
  return out;
}

void print_opml(const std::vector<Row>& rows, Millis now) {
  std::vector<ListedFeed> feeds;
  for (const Row& row : rows) feeds.push_back(listed(row.feed));
  std::stable_sort(feeds.begin(), feeds.end(),
                   [](const auto& a, const auto& b) { return a.categories.front() < b.categories.front(); });
  std::fputs(write_opml("Feeds of Tocsin", feeds, now).c_str(), stdout);
}

}  // namespace

int feeds_list_command(const FeedsListOptions& options) {
  const LoadedSettings loaded = load_settings(options.config, data_dir());
  if (loaded.findings.has_errors()) {
    std::fputs(pretty_findings(loaded.findings, loaded.sources).c_str(), stderr);
    return kBadConfiguration;
  }
  if (!options.country.empty() && !country_by_alpha2(options.country)) {
    complain("--country " + options.country + ": no such country (ISO 3166-1 in capitals, such as ML)");
    return kUsage;
  }
  const Settings& settings = loaded.settings;
  const auto rows = rows_of(settings, options);
  const Millis now = MachineClock().now();
  if (options.opml) return print_opml(rows, now), kDone;
  const States states = states_of(settings);
  if (options.json) return print_json(rows, states), kDone;
  print_table(rows, states, now);
  print_closing(rows, settings, states, options.all);
  return kDone;
}

}  // namespace tocsin
