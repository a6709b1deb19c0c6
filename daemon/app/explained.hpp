// One item as the whole pipeline would take it, alone and for the first time: what is understood and what every rule
// says. For `tocsin explain` and `tocsin feeds test`.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/world.hpp"
#include "model/feed.hpp"
#include "model/incident.hpp"
#include "model/report.hpp"

namespace tocsin {

struct Explained {
  Understanding understood;
  std::optional<Incident> incident;  // as a first telling of it would make it; absent without a main report
  std::vector<RuleVerdict> verdicts;
};

/// `feed` says who tells it; an empty one is nobody in particular.
Explained explained(const World& world, const Feed& feed, const Item& item, Millis now);

/// Fires in truth: the rule holds and the item is news at all.
bool fires(const Explained& e, const RuleVerdict& v);

}  // namespace tocsin
