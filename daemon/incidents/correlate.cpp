#include "incidents/correlate.hpp"

#include <algorithm>
#include <map>

#include "base/hash.hpp"
#include "incidents/changes.hpp"
#include "incidents/credibility.hpp"
#include "incidents/ledger.hpp"
#include "incidents/roles.hpp"
#include "incidents/similarity.hpp"

namespace tocsin {

Telling telling_of(const Item& item, const Feed& feed, Millis received) {
  Telling t;
  t.feed = feed.id;
  t.publisher = feed.publisher;
  t.owner = feed.owner;
  t.item_id = item.id;
  t.title = item.title;
  t.link = item.link;
  t.language = item.language.empty() ? feed.language : item.language;
  t.reliability = feed.reliability;
  t.published = std::min(item.published.value_or(received), received);
  t.received = received;
  t.origin = std::string(wire_marker(item.title, item.text));
  t.text_print = word_print(item.title, item.text);
  t.sketch = word_sketch(item.title, item.text);
  t.feed_tags = feed.tags;
  return t;
}

namespace {
const Incident* best_fit(const Report& report, const Telling& telling, std::span<const Incident> open,
                         std::string& reason) {
  const Incident* best = nullptr;
  int points = kSameIncident - 1;
  for (const Incident& candidate : open) {
    const Fit f = fit(report, telling, candidate);
    if (f.points <= points) continue;
    points = f.points;
    best = &candidate;
    reason = f.reason;
  }
  return best;
}

Incident opened(const Report& report, const Telling& telling, Millis now) {
  Incident i;
  // The time stands in it because some feeds use an id again after weeks ("live").
  i.id = "i" + hex64(fnv1a(telling.feed + "\n" + telling.item_id + "\n" + std::to_string(telling.published) + "\n" +
                           std::string(name(report.type)) + "\n" + report.place.country + report.place.name));
  i.type = report.type;
  i.place = report.place;
  i.event_time = report.event_time;
  if (!i.event_time.from) i.event_time = {telling.published, telling.published, TimePrecision::unknown};
  i.modality = report.modality;
  i.opened = now;
  return i;
}

void fill_unknown(Count& into, const Count& from) {
  if (!into.known()) into = from;
}

/// One item tells at most one telling of each modality ("a mayor said ..., the army denied it"); two reports of one
/// edition complete each other, an edited item replaces all that it said before. True when something was added.
bool add_telling(std::vector<Telling>& tellings, Telling telling, std::string_view wire) {
  const auto same_item = [&](const Telling& t) { return t.feed == telling.feed && t.item_id == telling.item_id; };
  std::vector<Telling> others;
  for (const Telling& t : tellings)
    if (!same_item(t)) others.push_back(t);
  telling.origin = origin_of(telling, others, wire);
  const auto stale =
      std::erase_if(tellings, [&](const Telling& t) { return same_item(t) && t.text_print != telling.text_print; });
  for (Telling& t : tellings) {
    if (!same_item(t) || t.modality != telling.modality) continue;
    fill_unknown(t.killed, telling.killed);
    fill_unknown(t.injured, telling.injured);
    fill_unknown(t.abducted, telling.abducted);
    return stale > 0;
  }
  tellings.push_back(std::move(telling));
  return true;
}

/// Inside a town that is known, a report of one quarter or of the airport is another target, not another place.
bool better_placed(const Place& a, const Place& b) {
  if (a.name.empty()) return false;
  if (b.country.empty() && !a.country.empty()) return true;
  return a.precision < b.precision && b.precision > Precision::place;
}

void merge_targets(std::vector<TargetRef>& into, const std::vector<TargetRef>& from) {
  for (const TargetRef& t : from)
    if (std::none_of(into.begin(), into.end(), [&](const TargetRef& o) { return o.target == t.target; }))
      into.push_back(t);
}

/// A named group replaces "gunmen": the unknown men are who they turn out to be.
void merge_actors(std::vector<ActorRef>& into, const std::vector<ActorRef>& from) {
  for (const ActorRef& a : from) {
    const auto same = std::find_if(into.begin(), into.end(), [&](const ActorRef& o) { return o.id == a.id; });
    if (same == into.end())
      into.push_back(a);
    else if (same->role == ActorRole::other)
      same->role = a.role;
  }
  const bool named = std::any_of(into.begin(), into.end(), [](const ActorRef& a) {
    return !is_role(a) && (a.role == ActorRole::perpetrator || a.role == ActorRole::claims);
  });
  if (named) std::erase_if(into, is_role);
}

/// The type that most origins tell; the first told wins a tie.
EventType main_type(const Incident& incident) {
  std::map<EventType, int> votes;
  for (const Telling& t : incident.tellings) ++votes[t.type];
  EventType best = incident.types.front();
  for (const EventType type : incident.types)
    if (votes[type] > votes[best]) best = type;
  return best;
}

void merge(Incident& incident, const Report& report) {
  if (std::find(incident.types.begin(), incident.types.end(), report.type) == incident.types.end())
    incident.types.push_back(report.type);
  const bool airport = incident.place.is_airport || report.place.is_airport;
  if (better_placed(report.place, incident.place)) incident.place = report.place;
  if (incident.place.city == report.place.city) incident.place.is_airport = airport;
  if (report.event_time.from && report.event_time.precision < incident.event_time.precision)
    incident.event_time = report.event_time;
  if (report.modality == Modality::reported) incident.modality = Modality::reported;
  merge_targets(incident.targets, report.targets);
  merge_actors(incident.actors, report.actors);
  if (report.says_ended) incident.status = IncidentStatus::ended;
}

/// A publisher can take back what it alone told; against other witnesses its word only contests.
void retract(Incident& incident, const std::string& publisher) {
  bool alone = true;
  for (Telling& t : incident.tellings) {
    if (t.publisher == publisher)
      t.modality = Modality::denied;
    else
      alone = alone && t.modality == Modality::denied;
  }
  if (alone) incident.status = IncidentStatus::retracted;
}

void read_tellings(Incident& incident) {
  incident.type = main_type(incident);
  incident.killed = present_toll(incident.tellings, &Telling::killed);
  incident.injured = present_toll(incident.tellings, &Telling::injured);
  incident.abducted = present_toll(incident.tellings, &Telling::abducted);
  grade(incident);
}
}  // namespace

Correlation correlate(const Report& report, Telling telling, std::span<const Incident> open, Millis now) {
  telling.modality = report.modality;
  telling.type = report.type;
  telling.killed = report.killed;
  telling.injured = report.injured;
  telling.abducted = report.abducted;

  std::string reason;
  const Incident* known = best_fit(report, telling, open, reason);
  Correlation result;
  result.is_new = known == nullptr;
  Incident& incident = result.incident;
  incident = known ? *known : opened(report, telling, now);

  const std::string wire = telling.origin, publisher = telling.publisher;
  merge(incident, report);
  result.heard = add_telling(incident.tellings, std::move(telling), wire);
  if (report.says_retracted && known) retract(incident, publisher);
  read_tellings(incident);
  incident.confidence = std::max(incident.confidence, report.confidence);
  incident.updated = now;

  result.changes = known ? changes_between(*known, incident) : std::vector<std::string>{};
  result.changed = result.is_new || !result.changes.empty();
  if (result.changed) ++incident.revision;
  incident.story.push_back(known ? "joins " + incident.id + ": " + reason : "opens a new incident");
  constexpr std::size_t kStoryLines = 50;
  if (incident.story.size() > kStoryLines) incident.story.erase(incident.story.begin());
  return result;
}

}  // namespace tocsin
