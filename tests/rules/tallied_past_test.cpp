#include "rules/tallied_past.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace tocsin {
namespace {

/// Looks at every incident, as the daemon does.
class WholePast : public History {
 public:
  void add(const Incident& incident) {
    if (incidents_.empty()) since_ = incident.opened;
    incidents_.insert_or_assign(incident.id, incident);
  }
  [[nodiscard]] Millis since() const override { return since_; }
  void visit(Millis from, Millis to, const std::function<void(const Incident&)>& see) const override {
    for (const auto& [id, incident] : incidents_)
      if (incident.opened >= from && incident.opened < to) see(incident);
  }

 private:
  std::map<std::string, Incident> incidents_;
  Millis since_ = 0;
};

constexpr const char* kRules = R"(
rules:
  - {rule: often, when: type in armed_violence and killed >= 1, count: ">= 3 in 7d by region", severity: Minor}
  - {rule: exactly, when: type in armed_violence, count: "= 4 in 3d by country", severity: Minor}
  - {rule: rising, when: type in armed_violence, unless: country = NE, spike: 2x of 14d by region, severity: Minor}
  - {rule: fresh, when: type in armed_violence, new: actor in 30d by region, severity: Minor}
)";

RuleSet rules() {
  RuleWorld names;
  for (const char* id : {"jnim", "isgs", "army"}) names.actors.emplace(id, ActorGroup::unknown);
  LoadedRules loaded = load_rules({{"rules.yaml", kRules}}, names);
  EXPECT_FALSE(loaded.findings.has_errors());
  return loaded.rules;
}

Incident some_incident(std::mt19937& chance, std::size_t number, Millis now) {
  const auto one_of = [&](auto... words) {
    const std::vector<std::string> all{words...};
    return all[chance() % all.size()];
  };
  Incident i;
  i.id = "i" + std::to_string(number);
  i.opened = i.updated = now;
  i.type = chance() % 4 == 0 ? EventType::flood : EventType::attack;
  i.types = {i.type};
  i.place.country = one_of("ML", "NE", "BF");
  i.place.region = i.place.country + "-" + one_of("1", "2");
  i.place.precision = Precision::place;
  i.actors = {{one_of("jnim", "isgs", "army"), "", ActorGroup::unknown, ActorRole::perpetrator}};
  i.killed.min = static_cast<std::int64_t>(chance() % 3);
  return i;
}

/// A later state of it: more dead, another region, or called off.
void revise(Incident& i, std::mt19937& chance, Millis now) {
  ++i.revision;
  i.updated = now;
  if (chance() % 3 == 0) i.killed.min = *i.killed.min + 1;
  if (chance() % 4 == 0) i.place.region = i.place.country + "-2";
  if (chance() % 9 == 0) i.status = IncidentStatus::retracted;
}

TEST(TalliedPast, fires_exactly_as_the_past_that_looks_at_every_incident) {
  const RuleSet set = rules();
  for (std::uint32_t seed = 0; seed < 8; ++seed) {
    std::mt19937 chance(seed);
    WholePast whole;
    TalliedPast tallied(14 * kDay);
    tallied.use(set.counting_or_hearing());
    std::vector<Incident> told;
    Millis now = 1'700'000'000'000;
    for (std::size_t n = 0; n < 1500; ++n) {
      now += static_cast<Millis>(chance() % static_cast<unsigned>(2 * kHour));
      const bool again = !told.empty() && chance() % 3 == 0;
      Incident incident = again ? told[told.size() - 1 - chance() % std::min<std::size_t>(told.size(), 20)]
                                : some_incident(chance, n, now);
      if (again) revise(incident, chance, now);
      tallied.forget(incident.id);
      const auto fired = [&](const History& past) {
        MatchContext context;
        context.now = now;
        context.history = &past;
        std::string names;
        for (const Match& m : set.match(incident, context)) names += m.rule + ": " + m.why.back() + "\n";
        return names;
      };
      ASSERT_EQ(fired(tallied), fired(whole)) << "seed " << seed << ", incident " << n;
      whole.add(incident);
      tallied.add(incident);
      if (again)
        std::find_if(told.begin(), told.end(), [&](const Incident& i) { return i.id == incident.id; }).operator*() =
            incident;
      else
        told.push_back(incident);
    }
  }
}

}  // namespace
}  // namespace tocsin
