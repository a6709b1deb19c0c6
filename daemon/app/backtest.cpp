#include "app/backtest.hpp"

#include <algorithm>
#include <future>
#include <limits>

#include "alerts/decide.hpp"
#include "app/pipeline.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "incidents/correlate.hpp"
#include "model/country.hpp"

namespace tocsin {

namespace {

constexpr int kNightBegins = 22, kNightEnds = 6;

Millis local_clock(const Alert& alert) {
  const Country* country = alert.incident ? country_by_alpha2(alert.incident->place.country) : nullptr;
  return country ? local_time(alert.sent, country->zone) : alert.sent;
}

/// The night that this moment falls in, named by the day on which it ends; nullopt by day.
std::optional<std::int64_t> night_of(Millis local) {
  const int hour = civil(local).hour;
  if (hour >= kNightEnds && hour < kNightBegins) return std::nullopt;
  return (local + (24 - kNightBegins) * kHour) / kDay;
}

std::size_t& counter(RuleSum& sum, MsgType type) {
  return type == MsgType::Alert ? sum.alerts : type == MsgType::Update ? sum.updates : sum.cancels;
}

/// Its tellings and story are not compared again, and are most of it.
void slim(AlertMemory& memory) {
  if (!memory.last.incident) return;
  memory.last.incident->tellings.clear();
  memory.last.incident->tellings.shrink_to_fit();
  memory.last.incident->story.clear();
}

bool asks_for_text(const Condition& condition) {
  return print(condition).find("text ") != std::string::npos;
}
bool asks_for_text(const RuleSet& rules) {
  const auto all = rules.all();
  return std::any_of(all.begin(), all.end(), [](const Rule& r) {
    return r.enabled && (asks_for_text(r.when) || (r.unless && asks_for_text(*r.unless)) ||
                         (r.confirm && asks_for_text(*r.confirm)));
  });
}

bool graver(const Difference& a, const Difference& b) {
  return a.severity != b.severity ? a.severity < b.severity : a.sent > b.sent;
}

}  // namespace

void Sample::add(Difference difference) {
  ++count_;
  const auto at = std::upper_bound(all_.begin(), all_.end(), difference, graver);
  if (at == all_.end() && all_.size() == kSample) return;
  all_.insert(at, std::move(difference));
  if (all_.size() > kSample) all_.pop_back();
}

Walk::Walk(const RuleSet& rules, const Organisation& organisation, Millis since)
    : rules_(rules), organisation_(organisation), since_(since), past_(kIncidentOpen) {
  past_.use(rules.counting_or_hearing());
  for (const Rule& rule : rules.all())
    if (rule.enabled && !rule.silence) sums_.rules[rule.name];
}

std::vector<Difference> Walk::take(std::span<const Step> steps) {
  std::vector<Difference> first;
  for (const Step& step : steps) {
    const Alert* alert = take(step);
    if (alert && alert->msg_type == MsgType::Alert && alert->sent >= since_)
      first.push_back({step.revision.id, alert->rule, alert->severity, alert->sent, alert->headline});
    // A revision that was confirmed later bears that later time, and stands where it was first written.
    tidy(step.revision.opened);
  }
  return first;
}

const Alert* Walk::take(const Step& step) {
  const Incident& revision = step.revision;
  MatchContext context;
  context.now = revision.updated;
  context.history = &past_;
  context.texts.assign(step.texts.begin(), step.texts.end());
  past_.forget(revision.id);
  auto fired = rules_.match(revision, context);
  if (auto unplaced = unplaced_rule(rules_, revision, context)) fired.push_back(std::move(*unplaced));
  past_.add(revision);
  const auto known = told_.find(revision.id);
  if (known != told_.end()) known->second.updated = context.now;
  if (fired.empty() && known == told_.end()) return nullptr;
  DecideContext deciding;
  deciding.now = context.now;
  deciding.recipients = &organisation_.recipients;
  deciding.code_taken = [](const std::string&) { return false; };  // nobody will have to say it on the phone
  auto decision = decide(revision, fired, known == told_.end() ? nullptr : &known->second.memory, deciding);
  auto* told = std::get_if<Told>(&decision);
  if (!told) return nullptr;
  slim(told->memory);
  Known& kept = told_[revision.id];
  kept = {std::move(told->memory), context.now};
  const Alert& alert = kept.memory.last;
  if (alert.sent >= since_) count(alert);
  return &alert;
}

void Walk::count(const Alert& alert) {
  switch (alert.msg_type) {
    case MsgType::Alert:
      ++sums_.alerts;
      break;
    case MsgType::Update:
      ++sums_.updates;
      break;
    case MsgType::Cancel:
      ++sums_.cancels;
      break;
  }
  for (const std::string& rule : alert.rules) ++counter(sums_.rules[rule], alert.msg_type);
  const Millis local = local_clock(alert);
  ++sums_.hours[static_cast<std::size_t>(civil(local).hour)];
  count_deliveries(alert, local);
}

void Walk::count_deliveries(const Alert& alert, Millis local) {
  const auto night = night_of(local);
  for (const Recipient& who : organisation_.recipients) {
    if (std::find(alert.recipients.begin(), alert.recipients.end(), who.id) == alert.recipients.end()) continue;
    if (night) sums_.nights[who.id].insert(*night);
    const std::size_t parts = sms_parts(std::string(kSeverities(alert.severity)) + " " + alert.code + " " +
                                        in_language(alert.headline, who.language));
    for (const std::string& channel : who.channels) {
      ChannelSum& sum = sums_.channels[channel];
      ++sum.messages;
      sum.parts += parts;
    }
  }
}

void Walk::tidy(Millis now) {
  if (now < next_tidying_) return;
  next_tidying_ = now + kDay;
  std::erase_if(told_, [now](const auto& entry) { return now - entry.second.updated > kIncidentOpen; });
}

Backtest::Backtest(const RuleSet& tried, const RuleSet& in_force, const Organisation& organisation, Millis since)
    : since_(since),
      wants_texts_(asks_for_text(tried) || asks_for_text(in_force)),
      tried_(tried, organisation, since),
      in_force_(in_force, organisation, since) {}

Result<BacktestResult> Backtest::run(Store& store) {
  constexpr std::size_t kPiece = 2000;
  std::vector<Step> piece;
  std::future<void> walking;
  const auto hand_over = [&] {
    if (walking.valid()) walking.get();
    steps_ = std::exchange(piece, {});
    walking = std::async([this] { walk(); });
  };
  const auto read = store.each_revision([&](Incident&& revision) {
    piece.push_back(step_of(std::move(revision), store));
    if (piece.size() == kPiece) hand_over();
    return true;
  });
  hand_over();
  walking.get();
  if (!read) return tl::unexpected(read.error());
  settle(std::numeric_limits<Millis>::max() - kDay);
  result_.tried = tried_.sums();
  result_.in_force = in_force_.sums();
  return std::move(result_);
}

Step Backtest::step_of(Incident revision, Store& store) const {
  constexpr std::size_t kTexts = 8;  // as the pipeline keeps
  Step step{std::move(revision), {}};
  if (wants_texts_ || step.revision.place.country.empty())
    step.texts = store.texts(step.revision.id, step.revision.updated, kTexts).value_or(std::vector<std::string>());
  return step;
}

/// One piece by both walks.
void Backtest::walk() {
  if (steps_.empty()) return;
  for (const Step& step : steps_) {
    const Incident& i = step.revision;
    if (i.updated < since_) continue;
    if (result_.revisions++ == 0) result_.since = i.updated;
    result_.until = std::max(result_.until, i.updated);
    result_.incidents += i.revision <= 1 ? 1 : 0;
  }
  auto beside = std::async([this] { return in_force_.take(steps_); });
  note(tried_.take(steps_), &Told::tried);
  note(beside.get(), &Told::in_force);
  settle(steps_.back().revision.opened - 2 * kIncidentOpen);
}

void Backtest::note(std::vector<Difference> told, bool Told::*by) {
  for (Difference& first : told) {
    Told& entry = told_[first.incident];
    entry.*by = true;
    if (entry.first.incident.empty()) entry.first = std::move(first);
  }
}

/// An incident may be told by one set at its first revision and by the other at a later one.
void Backtest::settle(Millis before) {
  if (before < next_settling_) return;
  next_settling_ = before + kDay;
  for (auto it = told_.begin(); it != told_.end();) {
    Told& told = it->second;
    if (told.first.sent >= before) {
      ++it;
      continue;
    }
    if (told.tried && told.in_force)
      ++result_.both;
    else
      (told.tried ? result_.gained : result_.lost).add(std::move(told.first));
    it = told_.erase(it);
  }
}

std::size_t sms_parts(std::string_view text) {
  // The GSM alphabet beyond ASCII, as far as headlines hold it; ASCII letters outside it count two (an escape).
  static constexpr std::u32string_view kMore = U"£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", kTwo = U"^{}\\[~]|€";
  std::size_t septets = 0, units = 0;
  bool is_gsm = true;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    units += c > 0xFFFF ? 2 : 1;
    septets += kTwo.find(c) != kTwo.npos ? 2 : 1;
    is_gsm = is_gsm && ((c < 0x80 && c != '`') || kMore.find(c) != kMore.npos || kTwo.find(c) != kTwo.npos);
  }
  const auto in_parts = [](std::size_t n, std::size_t whole, std::size_t part) {
    return n <= whole ? std::size_t{1} : (n + part - 1) / part;
  };
  return is_gsm ? in_parts(septets, 160, 153) : in_parts(units, 70, 67);
}

}  // namespace tocsin
