#include "app/replay_command.hpp"

#include <charconv>
#include <cstdio>
#include <map>
#include <thread>

#include "app/console.hpp"
#include "app/intake.hpp"
#include "app/past.hpp"
#include "app/recording.hpp"
#include "app/world.hpp"
#include "channels/registry.hpp"
#include "store/sqlite_store.hpp"
#include "wire/alert_json.hpp"

namespace tocsin {

namespace {

struct Summary {
  std::size_t documents = 0, failed = 0, items = 0, new_items = 0, reports = 0, alerts = 0;
  std::map<std::string, std::size_t> by_rule;
};

class Replay {
 public:
  Replay(const World& world, Store& store, bool json)
      : store_(store),
        json_(json),
        pipeline_(world.understander, world.rules, world.settings.organisation),
        intake_(store, pipeline_) {
    pipeline_.use(&past_);
  }

  Result<void> play(const Feed& feed, const Recorded& document) {
    const auto bytes = read_input(document.path);
    if (!bytes) return tl::unexpected(bytes.error());
    FeedState& state = states_[feed.id];
    state.feed = feed.id;
    const auto taken = intake_.take(feed, {*bytes, "", feed.url}, state, document.observed_at);
    if (!taken) return tl::unexpected(taken.error());
    past_.add(taken->change.incidents);
    count(*taken);
    for (const Alert& alert : taken->change.alerts) print(alert);
    return {};
  }

  void print_summary() const {
    const Summary& s = summary_;
    std::fprintf(stderr,
                 "replay: %zu documents (%zu no feed), %zu items (%zu new), %zu reports, %zu incidents, %zu alerts\n",
                 s.documents, s.failed, s.items, s.new_items, s.reports, incidents(), s.alerts);
    for (const auto& [rule, n] : s.by_rule) std::fprintf(stderr, "  %s: %zu\n", rule.c_str(), n);
  }

 private:
  void count(const Taken& taken) {
    ++summary_.documents;
    summary_.failed += !taken.is_feed;
    summary_.items += taken.items;
    summary_.new_items += taken.new_items;
    summary_.reports += taken.reports;
    summary_.alerts += taken.change.alerts.size();
    for (const Alert& alert : taken.change.alerts)
      for (const auto& rule : alert.rules) ++summary_.by_rule[rule];
  }

  void print(const Alert& alert) const {
    if (json_) return print_line(to_json(alert));
    Channel screen;
    screen.name = screen.kind = "terminal";
    Recipient reader;
    reader.id = "reader";
    const auto shown = render(alert, reader, screen, alert.key);
    print_line(shown ? std::get<TerminalRequest>(*shown).text : alert.key);
  }

  [[nodiscard]] std::size_t incidents() const {
    HistoryFilter all;
    all.limit = 10'000'000;
    const auto stored = store_.incidents(all);
    return stored ? stored->size() : 0;
  }

  Store& store_;
  bool json_;
  Past past_;
  Pipeline pipeline_;
  Intake intake_;
  std::map<std::string, FeedState> states_;
  Summary summary_;
};

/// 0 = as fast as possible; nullopt when the word is neither.
std::optional<double> speed_of(const std::string& word) {
  if (word == "max") return 0;
  double factor = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), factor);
  if (error != std::errc{} || end != word.data() + word.size() || !(factor > 0)) return std::nullopt;
  return factor;
}

void wait(Millis span, double speed) {
  if (speed > 0 && span > 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(static_cast<Millis>(static_cast<double>(span) / speed)));
}

}  // namespace

int replay_command(const ReplayOptions& options) {
  const auto speed = speed_of(options.speed);
  if (!speed) {
    complain("--speed wants \"max\" or a factor above 0, not \"" + options.speed + "\"");
    return kUsage;
  }
  const LoadedWorld loaded = load_world(options.config);
  if (!loaded.usable()) return complain_bad_configuration(loaded);
  const auto recording = read_recording(options.paths);
  if (!recording) return complain(recording.error().message);
  const auto store = open_sqlite(options.store.empty() ? ":memory:" : options.store);
  if (!store) return complain(store.error().message);

  Replay replay(*loaded.world, **store, options.json);
  Millis clock = recording->documents.empty() ? 0 : recording->documents.front().observed_at;
  for (const Recorded& document : recording->documents) {
    std::fflush(stdout);
    wait(document.observed_at - clock, *speed);
    clock = document.observed_at;
    if (const auto played = replay.play(recording->feeds[document.feed], document); !played)
      return complain(played.error().message);
  }
  replay.print_summary();
  return kDone;
}

}  // namespace tocsin
