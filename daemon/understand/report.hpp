// Joins mentions to reports: one for each kind of deed that the item tells, the main one first.
#pragma once
#include <vector>

#include "model/report.hpp"
#include "understand/findings.hpp"

namespace tocsin {

/// A report and the mentions that it stands on (indexes into Findings::events).
struct Draft {
  Report report;
  std::vector<std::size_t> mentions;
  double prominence = 0;
  std::vector<Feature> cues;  // what speaks for its being the main deed (precedence.hpp); empty when it is alone
  double precedence = 0;      // their weighed sum
};

/// The main deed first; at most eight. `choices`, where given, receives what the order was made from.
std::vector<Draft> draft_reports(const Findings& findings, std::vector<TypeChoice>& choices);

/// How much a mention counts for what the item is about: headline and first sentence before the rest.
double prominence(const Findings& findings, const EventMention& mention);

}  // namespace tocsin
