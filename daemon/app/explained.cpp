#include "app/explained.hpp"

#include "app/pipeline.hpp"
#include "incidents/correlate.hpp"

namespace tocsin {

Explained explained(const World& world, const Feed& feed, const Item& item, Millis now) {
  Explained e;
  e.understood = world.understander.understand(item, origin_of(feed));
  if (e.understood.main < 0) return e;
  const Report& main = e.understood.reports[static_cast<std::size_t>(e.understood.main)];
  const Telling telling = telling_of(item, feed, now);
  Incident incident = correlate(main, telling, {}, now).incident;
  for (const Report& other : e.understood.reports) {
    const std::vector<Incident> open{incident};
    auto joined = correlate(other, telling, open, now);
    if (!joined.is_new) incident = std::move(joined.incident);
  }
  MatchContext context;
  context.now = now;
  const std::string words = item.title + "\n" + item.text;
  context.texts = {words};
  e.verdicts = world.rules.explain(incident, context);
  if (const auto unplaced = unplaced_rule(world.rules, incident, context))
    e.verdicts.push_back({unplaced->rule, true, unplaced->confirmed, "", {}, unplaced->why});
  e.incident = std::move(incident);
  return e;
}

bool fires(const Explained& e, const RuleVerdict& v) {
  return v.fires && e.understood.relevant;
}

}  // namespace tocsin
