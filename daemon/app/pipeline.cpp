#include "app/pipeline.hpp"

#include <algorithm>

#include "alerts/code.hpp"
#include "alerts/decide.hpp"
#include "alerts/unplaced.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "incidents/correlate.hpp"

namespace tocsin {

Pipeline::Pipeline(const Understander& understander, const RuleSet& rules, const Organisation& organisation)
    : understander_(&understander), rules_(&rules), organisation_(&organisation) {}

void Pipeline::use(const Understander& understander, const RuleSet& rules, const Organisation& organisation) {
  understander_ = &understander;
  rules_ = &rules;
  organisation_ = &organisation;
}

void Pipeline::remember(std::vector<Incident> open, std::vector<AlertMemory> memories) {
  open_ = std::move(open);
  for (auto& memory : memories) {
    codes_.insert(memory.code);
    memories_.insert_or_assign(memory.incident, std::move(memory));
  }
}

std::string Pipeline::claim_code(const std::string& whom) {
  return *codes_.insert(alert_code(whom, [this](const std::string& code) { return codes_.contains(code); })).first;
}

Commit Pipeline::take(const Feed& feed, const std::vector<Arrival>& arrivals, Millis now) {
  std::vector<const Arrival*> in_time;
  for (const Arrival& a : arrivals) in_time.push_back(&a);
  std::stable_sort(in_time.begin(), in_time.end(), [now](const Arrival* a, const Arrival* b) {
    return a->item.published.value_or(now) < b->item.published.value_or(now);
  });

  close_old(now);
  Commit change;
  std::map<std::string, Touched> touched;  // a poll's items about one incident make one message, not one each
  for (const Arrival* a : in_time) change.items.push_back(read(feed, *a, now, touched));
  for (const auto& [id, how] : touched) {
    Incident* incident = find(id);
    tell(*incident, how, now, change);
    change.incidents.push_back(*incident);
  }
  return change;
}

namespace {
enum class Standing { nothing, may_join, may_open };

/// What a report may do to the world. To raise an alarm an item must be news; to add to an incident that others told (a
/// claim, a toll, a denial, a retraction) much less is enough.
Standing standing(const Report& report, const Understanding& understood) {
  constexpr double kJoinThreshold = 0.2;
  if (report.says_retracted || report.modality == Modality::denied) return Standing::may_join;
  if (report.modality != Modality::reported || !report.fresh) return Standing::nothing;
  if (understood.relevant) return Standing::may_open;
  return understood.score >= kJoinThreshold ? Standing::may_join : Standing::nothing;
}
}  // namespace

StoredItem Pipeline::read(const Feed& feed, const Arrival& arrival, Millis now,
                          std::map<std::string, Touched>& touched) {
  const Understanding understood = understander_->understand(arrival.item, origin_of(feed));
  StoredItem stored;
  stored.feed = feed.id;
  stored.publisher = feed.publisher;
  stored.item = arrival.item;
  stored.received = now;
  stored.relevant = understood.relevant;
  stored.score = understood.score;
  stored.country = understood.place.country;
  stored.place = understood.place.name;
  if (!understood.types.empty()) stored.type = name(understood.types.front());
  for (const Report& report : understood.reports) {
    const Standing how = standing(report, understood);
    if (how != Standing::nothing)
      correlate_report(report, how == Standing::may_open, feed, arrival, now, stored, touched);
  }
  return stored;
}

void Pipeline::correlate_report(const Report& report, bool may_open, const Feed& feed, const Arrival& arrival,
                                Millis now, StoredItem& stored, std::map<std::string, Touched>& touched) {
  Correlation c = correlate(report, telling_of(arrival.item, feed, now), open_, now);
  if (c.is_new && !may_open) return;
  if (stored.incident.empty()) stored.incident = c.incident.id;
  if (c.heard || c.changed) {
    Touched& how = touched[c.incident.id];
    how.may_alert = how.may_alert || arrival.may_alert;
    keep_text(c.incident.id, arrival.item);
  }
  if (Incident* known = find(c.incident.id))
    *known = std::move(c.incident);
  else
    open_.push_back(std::move(c.incident));
}

void Pipeline::tell(Incident& incident, const Touched& touched, Millis now, Commit& change) {
  const auto fired = matches(incident, now);

  DecideContext deciding;
  deciding.now = now;
  deciding.recipients = &organisation_->recipients;
  deciding.may_open = touched.may_alert;
  deciding.code_taken = [this](const std::string& code) { return codes_.contains(code); };
  const auto memory = memories_.find(incident.id);
  const auto decision = decide(incident, fired, memory == memories_.end() ? nullptr : &memory->second, deciding);
  if (const auto* suppressed = std::get_if<Suppressed>(&decision)) {
    if (!fired.empty()) log::debug(incident.id + ": no message: " + suppressed->reason);
    return;
  }
  const Told& told = std::get<Told>(decision);
  incident.code = told.alert.code;
  codes_.insert(told.alert.code);
  memories_.insert_or_assign(incident.id, told.memory);
  change.alerts.push_back(told.alert);
  change.memories.push_back(told.memory);
  for (auto& delivery : deliveries_of(told.alert, organisation_->recipients, now))
    change.deliveries.push_back(std::move(delivery));
}

std::optional<Match> unplaced_rule(const RuleSet& rules, const Incident& incident, const MatchContext& context) {
  if (!is_unplaced(incident)) return std::nullopt;
  const auto weight = weigh_unplaced(incident, context.texts);
  if (!weight.grave) return std::nullopt;
  const auto held = rules.held_back(incident, context);
  return held.empty() ? std::nullopt : std::optional(unplaced_match(incident, held, weight.why));
}

std::vector<Match> Pipeline::matches(const Incident& incident, Millis now) const {
  MatchContext context;
  context.now = now;
  context.history = history_;
  if (const auto texts = texts_.find(incident.id); texts != texts_.end())
    context.texts.assign(texts->second.begin(), texts->second.end());
  auto fired = rules_->match(incident, context);
  if (auto unplaced = unplaced_rule(*rules_, incident, context)) fired.push_back(std::move(*unplaced));
  return fired;
}

/// For rules that ask for words: the beginnings of the first few items of an open incident.
void Pipeline::keep_text(const std::string& incident, const Item& item) {
  constexpr std::size_t kTexts = 8, kLongest = 4000;
  auto& texts = texts_[incident];
  if (texts.size() < kTexts) texts.push_back((item.title + "\n" + item.text).substr(0, kLongest));
}

Incident* Pipeline::find(const std::string& id) {
  const auto it = std::find_if(open_.begin(), open_.end(), [&](const Incident& i) { return i.id == id; });
  return it == open_.end() ? nullptr : &*it;
}

/// What is told after two weeks of silence is another incident; its code is free again.
void Pipeline::close_old(Millis now) {
  std::erase_if(open_, [&](const Incident& i) {
    if (now - i.updated <= kIncidentOpen) return false;
    if (const auto memory = memories_.find(i.id); memory != memories_.end()) {
      codes_.erase(memory->second.code);
      memories_.erase(memory);
    }
    texts_.erase(i.id);
    return true;
  });
}

}  // namespace tocsin
