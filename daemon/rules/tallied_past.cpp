#include "rules/tallied_past.hpp"

#include <algorithm>

namespace tocsin {

namespace {
/// Of `new`: each value in each place. Else: each place.
std::vector<std::string> keys_of(const Counting& clause, const Incident& incident) {
  auto places = counting_keys(clause.by, incident, clause.roads);
  if (clause.kind != Counting::Kind::new_value) return places;
  std::vector<std::string> keys;
  for (const auto& value : counting_keys(clause.what, incident, clause.roads))
    for (const auto& place : places) keys.push_back(place + "\n" + value);
  return keys;
}
}  // namespace

void TalliedPast::use(std::span<const Rule> rules) {
  for (const Rule& rule : rules) {
    if (!rule.enabled || rule.counting.empty()) continue;
    rules_.push_back({&rule, clauses_.size(), rule.counting.size()});
    for (const Counting& counting : rule.counting) {
      number_of_.emplace(&counting, clauses_.size());
      clauses_.push_back({&counting, {}});
    }
  }
}

void TalliedPast::forget(const std::string& incident) {
  const auto found = open_.find(incident);
  if (found == open_.end()) return;
  for (const auto& [clause, key] : found->second.places) {
    auto& moments = clauses_[clause].by_key[key];
    const auto at = std::lower_bound(moments.begin(), moments.end(), found->second.opened);
    if (at != moments.end() && *at == found->second.opened) moments.erase(at);
  }
  open_.erase(found);
}

void TalliedPast::add(const Incident& incident) {
  if (since_ == 0) since_ = incident.opened;
  if (clauses_.empty() || !stands(incident)) return;
  const MatchContext then{incident.updated, this, {}};
  const Facts facts(incident, then);
  Entry entry{{}, incident.opened, incident.updated};
  for (const Counted& c : rules_) {
    std::optional<bool> holds;  // asked only where a clause needs it
    for (std::size_t n = c.first; n < c.first + c.count; ++n) {
      const Counting& clause = *clauses_[n].counting;
      if (clause.kind != Counting::Kind::new_value) {
        if (!holds) holds = RuleSet::counts(*c.rule, facts);
        if (!*holds) continue;
      }
      for (auto& key : keys_of(clause, incident)) put(n, std::move(key), entry);
    }
  }
  if (!entry.places.empty()) open_.insert_or_assign(incident.id, std::move(entry));
  let_go(incident.opened);
}

void TalliedPast::put(std::size_t clause, std::string key, Entry& entry) {
  auto& moments = clauses_[clause].by_key[key];
  moments.insert(std::upper_bound(moments.begin(), moments.end(), entry.opened), entry.opened);
  entry.places.emplace_back(clause, std::move(key));
}

/// Once a simulated day is enough to stay bounded. `now` is when an incident opened, since the last word of a revision
/// may be later than its place in the order.
void TalliedPast::let_go(Millis now) {
  if (now < next_tidying_) return;
  next_tidying_ = now + kDay;
  std::erase_if(open_, [&](const auto& entry) { return now - entry.second.updated > settled_; });
  for (Clause& clause : clauses_) trim(clause, now);
}

void TalliedPast::trim(Clause& clause, Millis now) {
  for (auto it = clause.by_key.begin(); it != clause.by_key.end();) {
    auto& moments = it->second;
    moments.erase(moments.begin(), std::lower_bound(moments.begin(), moments.end(), now - clause.counting->window));
    it = moments.empty() ? clause.by_key.erase(it) : std::next(it);
  }
}

std::optional<std::size_t> TalliedPast::tally(const Counting& clause, const std::string& key, Millis from,
                                              Millis to) const {
  const auto number = number_of_.find(&clause);
  if (number == number_of_.end()) return std::nullopt;
  const auto& by_key = clauses_[number->second].by_key;
  const auto found = by_key.find(key);
  if (found == by_key.end()) return 0;
  const auto& moments = found->second;
  const auto first = std::lower_bound(moments.begin(), moments.end(), from);
  return static_cast<std::size_t>(std::lower_bound(first, moments.end(), to) - first);
}

}  // namespace tocsin
