#include "rules/counting.hpp"

#include <algorithm>
#include <cstdio>

#include "base/text.hpp"
#include "rules/near.hpp"

namespace tocsin {

namespace {

constexpr double kRoadKm = 10;  // an incident this near to a road is on it

void add_once(std::vector<std::string>& keys, std::string key) {
  if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
}

std::vector<std::string> actor_keys(const Incident& incident) {
  std::vector<std::string> keys;
  // "Armed men" are nobody in particular: they are neither new nor the same as last time.
  for (const ActorRef& a : incident.actors)
    if (a.id.rfind("unknown", 0) != 0) add_once(keys, a.id);
  return keys;
}

std::vector<std::string> road_keys(const Incident& incident, const std::vector<Shape>& roads) {
  std::vector<std::string> keys;
  for (const Shape& road : roads) {
    Operand near;
    near.km = kRoadKm;
    near.shapes = {road};
    if (within(near, incident.place)) add_once(keys, road.id);
  }
  return keys;
}

/// A place means the same only in its country: there are Bamakos and Bamakos.
std::string place_key(const Place& p) {
  const std::string& town = p.city.empty() ? p.name : p.city;
  return town.empty() || p.precision == Precision::country ? "" : p.country + ":" + town;
}

}  // namespace

std::vector<std::string> counting_keys(By by, const Incident& incident, const std::vector<Shape>& roads) {
  std::vector<std::string> keys;
  const Place& p = incident.place;
  switch (by) {
    case By::country:
      add_once(keys, p.country);
      break;
    case By::region:
      add_once(keys, p.region.empty() && !p.region_name.empty() ? p.country + ":" + p.region_name : p.region);
      break;
    case By::place:
      add_once(keys, place_key(p));
      break;
    case By::actor:
      return actor_keys(incident);
    case By::type:
      for (const EventType t : incident.types) add_once(keys, std::string(name(t)));
      if (incident.types.empty()) add_once(keys, std::string(name(incident.type)));
      break;
    case By::target:
      for (const TargetRef& t : incident.targets) add_once(keys, std::string(name(t.target)));
      break;
    case By::road:
      return road_keys(incident, roads);
  }
  return keys;
}

bool stands(const Incident& incident) {
  return incident.status != IncidentStatus::merged && incident.status != IncidentStatus::retracted;
}

namespace {

bool has(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// One clause, one incident: the past is visited once for every key together.
class Judge {
 public:
  Judge(const Counting& clause, const Incident& incident, const MatchContext& context,
        const std::function<bool(const Incident&)>& counts)
      : clause_(clause),
        incident_(incident),
        context_(context),
        counts_(counts),
        keys_(counting_keys(clause.by, incident, clause.roads)) {}

  Counted run() {
    if (!context_.history) return {false, "no history at hand"};
    if (keys_.empty()) return {false, std::string(kBys(clause_.by)) + " unknown"};
    const Millis known = context_.now - context_.history->since();
    const bool young = clause_.kind != Counting::Kind::count && known < clause_.window / 2;
    if (young) return {false, "history is only " + duration_text(std::max<Millis>(0, known) / kHour * kHour) + " long"};
    switch (clause_.kind) {
      case Counting::Kind::count:
        return count();
      case Counting::Kind::spike:
        return spike(std::min(known, clause_.window));
      case Counting::Kind::new_value:
        break;
    }
    return new_value();
  }

 private:
  void past(const std::function<void(const Incident&)>& see) const {
    context_.history->visit(context_.now - clause_.window, context_.now + 1, [&](const Incident& other) {
      if (other.id != incident_.id && stands(other)) see(other);
    });
  }

  /// Adds what is known without a look at each; false when it is not.
  bool tallied(std::vector<double>& into, Millis from, Millis to) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const auto known = context_.history->tally(clause_, keys_[i], from, to);
      if (!known) return false;
      into[i] += static_cast<double>(*known);
    }
    return true;
  }

  Counted count() const {
    std::vector<double> found(keys_.size(), 1);
    if (!tallied(found, context_.now - clause_.window, context_.now + 1)) look_for(found);
    return counted(found);
  }

  void look_for(std::vector<double>& found) const {
    past([&](const Incident& other) {
      const auto theirs = counting_keys(clause_.by, other, clause_.roads);
      if (!counts_(other)) return;
      for (std::size_t i = 0; i < keys_.size(); ++i) found[i] += has(theirs, keys_[i]) ? 1 : 0;
    });
  }

  Counted counted(const std::vector<double>& found) const {
    const auto most = std::max_element(found.begin(), found.end());
    const bool holds = clause_.op == Op::ge   ? *most >= clause_.amount
                       : clause_.op == Op::gt ? *most > clause_.amount
                                              : has_count(found);
    const std::string& key = keys_[static_cast<std::size_t>(most - found.begin())];
    return {holds, std::to_string(static_cast<long>(*most)) + " in " + duration_text(clause_.window) + " in " + key};
  }

  bool has_count(const std::vector<double>& found) const {
    return std::find(found.begin(), found.end(), clause_.amount) != found.end();
  }

  /// The last day against the mean day before it. A mean below one a day counts as one: else the second incident in a
  /// quiet country would be a spike.
  Counted spike(Millis known) const {
    std::vector<double> today(keys_.size(), 1), before(keys_.size(), 0);
    const Millis day = context_.now - kDay;
    if (!tallied(today, day, context_.now + 1) || !tallied(before, context_.now - clause_.window, day))
      look_for(today, before, day);
    const double days = std::max(1.0, static_cast<double>(known - kDay) / static_cast<double>(kDay));
    Counted best;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const double usual = std::max(1.0, before[i] / days);
      const bool holds = today[i] >= clause_.amount * usual;
      if (best.saw.empty() || (holds && !best.holds)) best = {holds, spike_text(today[i], before[i] / days, keys_[i])};
    }
    return best;
  }

  void look_for(std::vector<double>& today, std::vector<double>& before, Millis day) const {
    past([&](const Incident& other) {
      const auto theirs = counting_keys(clause_.by, other, clause_.roads);
      if (!counts_(other)) return;
      auto& bin = other.opened >= day ? today : before;
      for (std::size_t i = 0; i < keys_.size(); ++i) bin[i] += has(theirs, keys_[i]) ? 1 : 0;
    });
  }

  static std::string spike_text(double today, double usual, const std::string& key) {
    char out[96];
    std::snprintf(out, sizeof out, "%.0f in a day, usually %.1f, in ", today, usual);
    return out + key;
  }

  Counted new_value() const {
    auto fresh = counting_keys(clause_.what, incident_, clause_.roads);
    if (fresh.empty()) return {false, std::string(kBys(clause_.what)) + " unknown"};
    const std::string all = join(fresh, ", ");
    if (!erase_tallied(fresh)) erase_seen(fresh);
    if (fresh.empty()) return {false, all + " is known in " + join(keys_, ", ")};
    return {true, join(fresh, ", ") + " is new in " + join(keys_, ", ")};
  }

  /// The values that are known in one of the places; false when that is not at hand.
  bool erase_tallied(std::vector<std::string>& fresh) const {
    const Millis from = context_.now - clause_.window;
    if (!context_.history->tally(clause_, "", from, context_.now + 1)) return false;
    std::erase_if(fresh, [&](const std::string& value) {
      return std::any_of(keys_.begin(), keys_.end(), [&](const std::string& key) {
        return context_.history->tally(clause_, key + "\n" + value, from, context_.now + 1).value_or(0) > 0;
      });
    });
    return true;
  }

  void erase_seen(std::vector<std::string>& fresh) const {
    past([&](const Incident& other) {
      const auto theirs = counting_keys(clause_.by, other, clause_.roads);
      if (std::none_of(keys_.begin(), keys_.end(), [&](const auto& key) { return has(theirs, key); })) return;
      for (const auto& known : counting_keys(clause_.what, other, clause_.roads))
        fresh.erase(std::remove(fresh.begin(), fresh.end(), known), fresh.end());
    });
  }

  const Counting& clause_;
  const Incident& incident_;
  const MatchContext& context_;
  const std::function<bool(const Incident&)>& counts_;
  std::vector<std::string> keys_;
};

}  // namespace

Counted judge(const Counting& clause, const Incident& incident, const MatchContext& context,
              const std::function<bool(const Incident&)>& counts) {
  return Judge(clause, incident, context, counts).run();
}

}  // namespace tocsin
