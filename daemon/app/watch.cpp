#include "app/watch.hpp"

#include <algorithm>

#include "alerts/decide.hpp"
#include "alerts/system_alert.hpp"

namespace tocsin {

namespace {

constexpr Millis kSettling = 10 * kMinute;  // after a start
constexpr std::size_t kRecalled = 10'000;   // alerts about ourselves

std::vector<WatchedFeed> watched(const std::vector<FeedInView>& feeds) {
  std::vector<WatchedFeed> out;
  for (const auto& [feed, state] : feeds) {
    if (state->since == 0) continue;
    const bool failing = state->failures > 0 || state->gone;
    const bool twice = failing ? state->failures > 1 || state->gone : state->last_success > state->since;
    out.push_back(
        {feed->id, feed->countries, failing, !state->unanswered, state->since, twice, state->last_error.text()});
  }
  return out;
}

std::vector<FeedActivity> activity(const std::vector<FeedInView>& feeds) {
  std::vector<FeedActivity> out;
  for (const auto& [feed, state] : feeds)
    if (state->since != 0)
      out.push_back({feed->id, feed->tags, state->last_new_item != 0 ? state->last_new_item : state->since});
  return out;
}

Match about_blindness() {
  Match about;
  about.rule = kBlindRule;
  about.severity = Severity::Severe;
  about.urgency = Urgency::Immediate;
  about.action = {
      {"en",
       "Until the all-clear, no alert about these countries is no good news: ask your own sources. Whoever looks "
       "after the machine: tocsin status."},
      {"fr",
       "Jusqu'à la fin d'alerte, l'absence d'alerte pour ces pays n'est pas bon signe : interrogez vos propres "
       "sources. Pour qui s'occupe de la machine : tocsin status."}};
  return about;
}

/// Ten minutes for the default of an hour.
Millis gathering(Millis blind_after) {
  return blind_after / 6;
}

}  // namespace

bool note_condition(FeedState& state, bool works, bool answered, Millis now) {
  state.unanswered = !answered;
  if (state.since != 0 && works == (state.failures == 0 && !state.gone)) return false;
  state.since = now;
  return true;
}

Watch::Watch(const RuleSet& rules, const Organisation& organisation, Millis blind_after, Millis started)
    : rules_(&rules), organisation_(&organisation), blind_after_(blind_after), started_(started) {}

void Watch::use(const RuleSet& rules, const Organisation& organisation, Millis blind_after) {
  rules_ = &rules;
  organisation_ = &organisation;
  blind_after_ = blind_after;
}

Result<void> Watch::recall(Store& store) {
  HistoryFilter own;  // of rules that are gone, too: what they told may still be in force
  own.about_us = true;
  own.limit = kRecalled;
  auto alerts = store.alerts(own);
  if (!alerts) return tl::unexpected(alerts.error());
  for (Alert& alert : *alerts)  // newest first
    if (const std::string rule = alert.rule; alert.system) last_.try_emplace(rule, std::move(alert));
  return {};
}

Commit Watch::look(const std::vector<FeedInView>& feeds, Millis now) {
  Commit change;
  const auto seen = watched(feeds);
  const auto notice = blindness(seen, told_blind(), blind_after_, now);
  const bool settling = !told_blind() && now - started_ < std::min(kSettling, blind_after_);
  if (!settling) {
    Match about = about_blindness();
    if (notice) about.why = blind_because(seen, *notice);
    tell(about, notice, gathering(blind_after_), now, change);
  }
  look_for_silence(feeds, now, change);
  end_what_no_rule_says(now, change);
  return change;
}

void Watch::look_for_silence(const std::vector<FeedInView>& feeds, Millis now, Commit& change) {
  const auto silent = rules_->silences(activity(feeds), now);
  for (const Rule& rule : rules_->counting_or_hearing()) {
    if (!rule.silence) continue;
    // What came in while we did not run is only being fetched.
    if (!in_force(last(rule.name)) && now - started_ < std::min(kSettling, rule.silence->span)) continue;
    const auto found =
        std::find_if(silent.begin(), silent.end(), [&](const SilenceMatch& s) { return s.match.rule == rule.name; });
    std::optional<SystemNotice> notice;
    if (found != silent.end()) notice = SystemNotice{"silence", {}, found->feeds};
    tell(found != silent.end() ? found->match : RuleSet::announce(rule), notice, 0, now, change);
  }
}

/// A silence rule that was removed or renamed while in force: nobody else would ever call it off.
void Watch::end_what_no_rule_says(Millis now, Commit& change) {
  std::vector<std::string> orphans;
  for (const auto& [name, alert] : last_) {
    const auto rule = rules_->find(name);
    if (!name.starts_with("system:") && in_force(&alert) && !(rule && rule->silence)) orphans.push_back(name);
  }
  for (const std::string& name : orphans) {
    Match about;
    about.rule = name;
    tell(about, std::nullopt, 0, now, change);
  }
}

void Watch::tell(const Match& about, const std::optional<SystemNotice>& notice, Millis gather, Millis now,
                 Commit& change) {
  const auto alert =
      system_alert(about, notice, last(about.rule), {now, &organisation_->recipients, gather, new_code_});
  if (!alert) return;
  last_.insert_or_assign(about.rule, *alert);
  for (auto& delivery : deliveries_of(*alert, organisation_->recipients, now))
    change.deliveries.push_back(std::move(delivery));
  change.alerts.push_back(*alert);
}

Commit Watch::say(const Match& about, const std::optional<SystemNotice>& notice, Millis now) {
  Commit change;
  tell(about, notice, 0, now, change);
  return change;
}

std::optional<Millis> Watch::next(const std::vector<FeedInView>& feeds, Millis now) const {
  auto next = next_blindness(watched(feeds), told_blind(), blind_after_, now);
  const auto consider = [&](Millis at) {
    if (at > now && (!next || at < *next)) next = at;
  };
  if (told_blind()) consider(last(kBlindRule)->sent + gathering(blind_after_));
  for (const Rule& rule : rules_->counting_or_hearing())
    if (rule.silence)
      for (const FeedActivity& feed : activity(feeds)) consider(feed.last_item + rule.silence->span);
  return next;
}

std::vector<std::string> Watch::blind() const {
  const SystemNotice* told = told_blind();
  return told ? told->countries : std::vector<std::string>{};
}

const Alert* Watch::last(const std::string& rule) const {
  const auto it = last_.find(rule);
  return it == last_.end() ? nullptr : &it->second;
}

const SystemNotice* Watch::told_blind() const {
  const Alert* alert = last(kBlindRule);
  return in_force(alert) && alert->system ? &*alert->system : nullptr;
}

}  // namespace tocsin
