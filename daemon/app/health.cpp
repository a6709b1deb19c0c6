#include "app/health.hpp"

#include <algorithm>
#include <map>

#include "app/canary.hpp"
#include "app/watch.hpp"
#include "base/text.hpp"
#include "feeds/norms.hpp"

namespace tocsin {

namespace {

std::optional<Millis> known(Millis at) {
  return at != 0 ? std::optional(at) : std::nullopt;
}

std::string stale_reason(const FeedNorm& norm, Millis now) {
  return "nothing new for " + duration_text((now - norm.newest) / kHour * kHour) + ", usually within " +
         duration_text(std::max(kMinute, norm.gap / kMinute * kMinute));
}

Result<std::optional<SystemNotice>> told_blind(Store& store) {
  HistoryFilter newest;
  newest.rule = kBlindRule;
  newest.limit = 1;
  return store.alerts(newest).map([](const std::vector<Alert>& alerts) {
    const bool in_force = !alerts.empty() && alerts.front().msg_type != MsgType::Cancel;
    return in_force ? alerts.front().system : std::nullopt;
  });
}

void take_feeds(Health& health, const std::vector<Feed>& feeds, const std::vector<FeedState>& states) {
  std::map<std::string_view, const FeedState*> by_id;
  for (const FeedState& state : states) by_id.emplace(state.feed, &state);
  for (const Feed& feed : feeds) {
    const auto state = by_id.find(feed.id);
    health.feeds.push_back(report_on(feed, state == by_id.end() ? FeedState{} : *state->second, health.at));
  }
  for (const FeedState& state : states) health.last_poll = std::max(health.last_poll, known(state.last_poll));
}

/// Why the canary is a problem, "" when it is none: a daemon that has only started is given the same time for its
/// first.
std::string silent_canary(const Health& health) {
  if (!health.running || !health.canary) return "";
  if (health.canary->text != kCanaryCame && health.canary->text != kCanaryAwaited)
    return "the canary fell silent: " + one_line(health.canary->text);
  const Millis age = health.at - health.canary->at;
  return age > kCanaryLate ? "no canary for " + duration_text(age / kMinute * kMinute) + ": the daemon hangs" : "";
}

std::vector<std::string> problems_of(const Health& health) {
  std::vector<std::string> out;
  if (!health.running) out.emplace_back("no daemon runs");
  if (health.blind)
    out.push_back(health.blind->countries.empty() ? "no feed can be reached"
                                                  : "blind for " + join(health.blind->countries, ", "));
  const Outbox& box = health.outbox;
  if (box.oldest && health.at - *box.oldest > kSlowDelivery)
    out.push_back(std::to_string(box.queued) + (box.queued == 1 ? " message waits" : " messages wait") +
                  (box.waits_for.empty() ? "" : ": " + one_line(box.waits_for)));
  if (box.given_up > 0)
    out.push_back(std::to_string(box.given_up) +
                  " of the last day could not be delivered: " + one_line(box.gave_up_because));
  if (health.no_reports) out.push_back(one_line(health.no_reports->text));
  if (health.refused_reload) out.emplace_back("the last reload was refused");
  if (health.failing_tests) out.push_back("tests of rules: " + one_line(health.failing_tests->text));
  if (auto silence = silent_canary(health); !silence.empty()) out.push_back(std::move(silence));
  return out;
}

}  // namespace

FeedHealthReport report_on(const Feed& feed, const FeedState& state, Millis now) {
  FeedHealthReport report{feed.id, FeedStanding::ok,          known(state.since),
                          "",      known(state.last_success), known(state.norm.newest)};
  if (state.gone || state.failures > 0) {
    report.standing = state.gone ? FeedStanding::gone : FeedStanding::failing;
    report.reason = one_line(state.last_error);
  } else if (!state.norm.drift.empty()) {
    report.standing = FeedStanding::drift;
    report.reason = state.norm.drift;
  } else if (is_stale(state.norm, now)) {
    report.standing = FeedStanding::stale;
    report.reason = stale_reason(state.norm, now);
  } else if (state.last_poll == 0) {
    report.standing = FeedStanding::waiting;
  }
  return report;
}

std::size_t Health::count(FeedStanding standing) const {
  return static_cast<std::size_t>(
      std::count_if(feeds.begin(), feeds.end(), [standing](const auto& feed) { return feed.standing == standing; }));
}

Result<Health> health_of(Store& store, const std::vector<Feed>& feeds, bool running, Millis now) {
  Health health;
  health.at = now;
  health.running = running;
  const auto states = store.feed_states();
  if (!states) return tl::unexpected(states.error());
  take_feeds(health, feeds, *states);
  auto blind = told_blind(store);
  if (!blind) return tl::unexpected(blind.error());
  health.blind = std::move(*blind);
  auto outbox = store.outbox(now - kGivenUpShown);
  if (!outbox) return tl::unexpected(outbox.error());
  health.outbox = std::move(*outbox);
  const auto notes = store.notes();
  if (!notes) return tl::unexpected(notes.error());
  for (const Note& note : *notes) {
    if (note.about == kReloadNote) health.refused_reload = note;
    if (note.about == kTestsNote) health.failing_tests = note;
    if (note.about == kReportsNote) health.no_reports = note;
    if (note.about == kCanaryNote) health.canary = note;
  }
  health.problems = problems_of(health);
  return health;
}

}  // namespace tocsin
