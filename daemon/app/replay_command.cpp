#include "app/replay_command.hpp"

#include <charconv>
#include <cstdio>
#include <map>
#include <thread>

#include "app/console.hpp"
#include "app/intake.hpp"
#include "app/past.hpp"
#include "app/recording.hpp"
#include "app/watch.hpp"
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
  Replay(const World& world, const Recording& recording, Store& store, bool json)
      : recording_(recording),
        store_(store),
        json_(json),
        pipeline_(world.understander, world.rules, world.settings.organisation),
        intake_(store, pipeline_),
        clock_(recording.documents.empty() ? 0 : recording.documents.front().observed_at),
        watch_(world.rules, world.settings.organisation, world.settings.blind_after, clock_) {
    pipeline_.use(&past_);
    watch_.codes_from([this](const std::string& whom) { return pipeline_.claim_code(whom); });
  }

  Result<void> play(const Recorded& document) {
    const Feed& feed = recording_.feeds[document.feed];
    if (auto passed = pass_time(document.observed_at); !passed) return passed;
    const auto bytes = read_input(document.path);
    if (!bytes) return tl::unexpected(bytes.error());
    FeedState& state = states_[feed.id];
    state.feed = feed.id;
    const auto taken = intake_.take(feed, {*bytes, "", feed.url}, state, clock_);
    if (!taken) return tl::unexpected(taken.error());
    note_outcome(state, *taken);
    past_.add(taken->change.incidents);
    count(*taken);
    for (const Alert& alert : taken->change.alerts) print(alert);
    return watch();
  }

  /// What the last documents have shown is awaited, so that an all-clear is told.
  Result<void> finish() { return watch_.blind().empty() ? Result<void>{} : pass_time(clock_ + kRecovery + 1); }

  void print_summary() const {
    const Summary& s = summary_;
    std::fprintf(stderr,
                 "replay: %zu documents (%zu no feed), %zu items (%zu new), %zu reports, %zu incidents, %zu alerts\n",
                 s.documents, s.failed, s.items, s.new_items, s.reports, incidents(), s.alerts);
    for (const auto& [rule, n] : s.by_rule) std::fprintf(stderr, "  %s: %zu\n", rule.c_str(), n);
  }

 private:
  [[nodiscard]] std::vector<FeedInView> view() const {
    std::vector<FeedInView> feeds;
    for (const Feed& feed : recording_.feeds)
      if (const auto state = states_.find(feed.id); state != states_.end()) feeds.push_back({&feed, &state->second});
    return feeds;
  }

  /// The watch looks whenever time alone may have changed something before `moment`.
  Result<void> pass_time(Millis moment) {
    for (auto next = watch_.next(view(), clock_); next && *next < moment; next = watch_.next(view(), clock_)) {
      clock_ = *next;
      if (auto looked = watch(); !looked) return looked;
    }
    clock_ = moment;
    return {};
  }

  Result<void> watch() {
    const Commit change = watch_.look(view(), clock_);
    if (change.alerts.empty()) return {};
    for (const Alert& alert : change.alerts) {
      count(alert);
      print(alert);
    }
    return store_.commit(change);
  }

  /// Until the next document the feed counts as polled with the same outcome: a failure is more than one lost answer.
  void note_outcome(FeedState& state, const Taken& taken) {
    note_condition(state, taken.is_feed, true, clock_);
    state.last_poll = clock_;
    state.failures = taken.is_feed ? 0 : 2;
    state.last_error = taken.problem;
  }

  void count(const Taken& taken) {
    ++summary_.documents;
    summary_.failed += !taken.is_feed;
    summary_.items += taken.items;
    summary_.new_items += taken.new_items;
    summary_.reports += taken.reports;
    for (const Alert& alert : taken.change.alerts) count(alert);
  }

  void count(const Alert& alert) {
    ++summary_.alerts;
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

  const Recording& recording_;
  Store& store_;
  bool json_;
  Past past_;
  Pipeline pipeline_;
  Intake intake_;
  Millis clock_;
  Watch watch_;
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
  const auto recording = read_recording(options.paths, loaded.world->settings.feeds);
  if (!recording) return complain(recording.error().message);
  const auto store = open_sqlite(options.store.empty() ? ":memory:" : options.store);
  if (!store) return complain(store.error().message);

  Replay replay(*loaded.world, *recording, **store, options.json);
  Millis clock = recording->documents.empty() ? 0 : recording->documents.front().observed_at;
  for (const Recorded& document : recording->documents) {
    std::fflush(stdout);
    wait(document.observed_at - clock, *speed);
    clock = document.observed_at;
    if (const auto played = replay.play(document); !played) return complain(played.error().message);
  }
  if (const auto finished = replay.finish(); !finished) return complain(finished.error().message);
  replay.print_summary();
  return kDone;
}

}  // namespace tocsin
