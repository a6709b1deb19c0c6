#include "app/daemon.hpp"

#include <csignal>
#include <random>

#include "app/canary.hpp"
#include "app/console.hpp"
#include "app/daemon_parts.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "incidents/correlate.hpp"

namespace tocsin {

namespace {
constexpr Millis kSupervision = 10 * kSecond, kHousekeeping = 6 * kHour;

std::function<double()> uniform() {
  return [engine = std::mt19937_64(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<double>(0, 1)(engine);
  };
}

}  // namespace

Daemon::Daemon(RunOptions options, LoadedWorld loaded, std::unique_ptr<Store> store)
    : options_(std::move(options)),
      world_(for_this_terminal(std::move(*loaded.world))),
      store_(std::move(store)),
      random_(uniform()),
      transfers_(loop_.context()),
      polls_(transfers_, http_options(world_->settings)),
      hooks_(transfers_, http_options(world_->settings)),
      mail_(transfers_),
      mailbox_(transfers_),
      processes_(loop_),
      terminal_(STDOUT_FILENO),
      pipeline_(world_->understander, world_->rules, world_->settings.organisation),
      intake_(*store_, pipeline_),
      dispatcher_(*store_, clock_, {hooks_, mail_, processes_, terminal_}, random_),
      poller_({*store_, intake_, polls_, clock_, [this](Millis span, auto call) { loop_.after(span, std::move(call)); },
               random_, [this](const Taken& t) { taken(t); },
               [this](const std::string& reason) { refused_by_store(reason); }}),
      reports_({*store_, intake_, mailbox_, loop_.context(), clock_,
                [this](Millis span, auto call) { loop_.after(span, std::move(call)); },
                [this](const Taken& t) { taken(t); }, [this](const std::string& reason) { refused_by_store(reason); }}),
      watch_(world_->rules, world_->settings.organisation, world_->settings.blind_after, clock_.now()),
      reloader_(
          worker_, options_.config, [this] { rule_watch_.reading(); },
          [this](Reloaded& outcome) { reloaded(outcome); }),
      rule_watch_(loop_, [this] { reload(); }),
      control_(loop_, [this](std::string_view request, auto reply) { answer(request, std::move(reply)); }) {
  if (!options_.once) heed(loaded.sources, world_->settings);
  watch_.codes_from([this](const std::string& whom) { return pipeline_.claim_code(whom); });
}

int Daemon::run() {
  if (!recall()) return kWrong;
  listen_to_signals();
  const Settings& s = world_->settings;
  log::info("Tocsin " TOCSIN_VERSION " watches " + std::to_string(s.feeds.size()) + " feeds with " +
            std::to_string(world_->rules.all().size()) + " rules; history in " + s.store);
  dispatcher_.use(s.organisation);
  dispatcher_.on_settled([this] { pump(); });
  poller_.on_first_round([this] {
    first_round_over_ = true;
    log::info("every feed was asked once: " + status());
    end_once();
  });
  poller_.use(s.feeds, limits_of(s), options_.once);
  if (!options_.once) reports_.use(s.inbound);
  pump();
  supervise();
  housekeep();
  // That of an earlier run would pass for a daemon that hangs.
  note(kCanaryNote, options_.once ? "" : kCanaryAwaited);
  if (!options_.once) loop_.after(kCanaryEvery, [this] { sing(); });
  if (!options_.once) listen_to_admins();
  systemd_.ready();
  loop_.run();
  systemd_.stopping();
  log::info("stopped");
  return exit_code_;
}

/// What was in the air when we stopped; the outbox needs no word, its rows are due by themselves.
bool Daemon::recall() {
  const Millis now = clock_.now();
  auto open = store_->open_incidents(now - kIncidentOpen);
  auto memories = store_->memories(now - kIncidentOpen);
  HistoryFilter months;
  months.since = now - Past::kKeep;
  months.limit = 1'000'000;
  const auto past = store_->incidents(months);
  if (!open || !memories || !past) {
    complain("the history cannot be read: " + (!open       ? open.error()
                                               : !memories ? memories.error()
                                                           : past.error())
                                                  .message);
    return false;
  }
  past_.add(*past);
  if (past->empty()) past_.begins(now);
  pipeline_.use(&past_);
  pipeline_.remember(std::move(*open), std::move(*memories));
  if (const auto told = watch_.recall(*store_); !told) {
    complain("the history cannot be read: " + told.error().message);
    return false;
  }
  note_reload("");
  note(kReportsNote, "");
  return true;
}

void Daemon::listen_to_signals() {
  loop_.on_signal(SIGHUP, [this] { reload(); });
  for (const int signal : {SIGTERM, SIGINT}) loop_.on_signal(signal, [this] { stop(kDone); });
}

void Daemon::note_reports() {
  std::string trouble = reports_.trouble();
  if (trouble == reports_trouble_) return;
  reports_trouble_ = std::move(trouble);
  note(kReportsNote, reports_trouble_);
}

void Daemon::note(const char* about, const std::string& text) {
  if (const auto left = store_->leave({about, text, clock_.now()}); !left)
    log::error("the history cannot be written: " + left.error().message);
}

void Daemon::pump() {
  dispatcher_.pump();
  loop_.cancel(next_pump_);
  // What is due but waits for a free channel is taken up when an attempt ends; the rest when its time has come.
  if (const auto wait = dispatcher_.next()) next_pump_ = loop_.after(std::max(*wait, kSecond), [this] { pump(); });
  end_once();
}

namespace {
void log_alerts(const Commit& change) {
  for (const Alert& alert : change.alerts)
    log::info("alert " + alert.key + ": " + std::string(kMsgTypes(alert.msg_type)) + " " + alert.rule + ": " +
              one_line(in_language(alert.headline, "en")));
}
}  // namespace

void Daemon::taken(const Taken& taken) {
  past_.add(taken.change.incidents);
  log_alerts(taken.change);
  if (!taken.change.deliveries.empty()) pump();
}

void Daemon::watch() {
  std::vector<FeedInView> feeds;
  poller_.each([&](const Feed& feed, const FeedState& state, bool) { feeds.push_back({&feed, &state}); });
  const Commit change = watch_.look(feeds, clock_.now());
  poller_.hurry_for(watch_.blind());
  send(change);
}

/// Of alerts about ourselves.
void Daemon::send(const Commit& change) {
  if (change.alerts.empty()) return;
  if (const auto written = store_->commit(change); !written) return refused_by_store(written.error().message);
  log_alerts(change);
  pump();
}

void Daemon::supervise() {
  watch();
  note_reports();
  systemd_.keep_alive();  // from the loop itself: a loop that stands still does not call
  systemd_.status(status());
  const Millis half = systemd_.watchdog() / 2;
  loop_.after(half > 0 ? std::min(half, kSupervision) : kSupervision, [this] { supervise(); });
}

void Daemon::housekeep() {
  const Millis now = clock_.now();
  past_.forget_before(now - Past::kKeep);
  if (const auto purged = store_->purge(now - world_->settings.keep); !purged)
    log::error("old history could not be removed: " + purged.error().message);
  loop_.after(kHousekeeping, [this] { housekeep(); });
}

/// Each time on disk: that the history can still be written is part of the proof.
void Daemon::sing() {
  const auto came = send_canary(world_->understander, world_->settings.organisation, clock_.now());
  if (!came) log::error("the canary fell silent: " + one_line(came.error().message));
  note(kCanaryNote, came ? kCanaryCame : came.error().message);
  loop_.after(kCanaryEvery, [this] { sing(); });
}

void Daemon::end_once() {
  const auto next = dispatcher_.next();
  const bool due = next && *next == 0;
  if (options_.once && first_round_over_ && dispatcher_.in_flight() == 0 && !due) stop(kDone);
}

void Daemon::refused_by_store(const std::string& reason) {
  log::error("the history cannot be written, so nothing more can be accepted: " + reason);
  stop(kWrong);
}

void Daemon::stop(int exit_code) {
  exit_code_ = exit_code;
  loop_.stop();
}

std::string Daemon::status() const {
  const FeedHealth h = poller_.health();
  std::string text = std::to_string(h.reached) + " of " + std::to_string(h.feeds) + " feeds answer";
  if (h.failing > 0) text += ", " + std::to_string(h.failing) + " fail";
  if (const auto blind = watch_.blind(); !blind.empty()) text += ", BLIND for " + join(blind, ", ");
  const auto outbox = store_->outbox(clock_.now());
  text += ", outbox " + (outbox ? std::to_string(outbox->queued) : "unreadable");
  if (outbox && outbox->oldest) text += " (the oldest since " + rfc3339(*outbox->oldest / kSecond * kSecond) + ")";
  if (const auto trouble = reports_.trouble(); !trouble.empty()) text += ", " + trouble;
  if (failing_tests_ > 0) text += ", " + std::to_string(failing_tests_) + " tests of rules fail";
  if (!refused_reload_.empty()) text += ", last reload refused: " + one_line(refused_reload_);
  return text;
}

}  // namespace tocsin
