// How many and how sure: casualties, publishers, reports, the Admiralty grades, confidence.
#include "rules/fields.hpp"

namespace tocsin::fields {

namespace {
Value toll(const Toll& t) {
  Value v;
  if (t.min) v.number = static_cast<double>(*t.min);
  return v;
}
}  // namespace

Value killed(const Incident& incident, const MatchContext&) {
  return toll(incident.killed);
}
Value injured(const Incident& incident, const MatchContext&) {
  return toll(incident.injured);
}
Value abducted(const Incident& incident, const MatchContext&) {
  return toll(incident.abducted);
}

Value publishers(const Incident& incident, const MatchContext&) {
  return {.number = static_cast<double>(incident.publishers)};
}

Value reports(const Incident& incident, const MatchContext&) {
  return {.number = static_cast<double>(incident.tellings.size())};
}

Value reliability(const Incident& incident, const MatchContext&) {
  const char letter = incident.reliability >= 'A' && incident.reliability <= 'F' ? incident.reliability : 'F';
  return {.number = static_cast<double>(letter - 'A' + 1), .shown = std::string(1, letter)};
}

std::vector<std::string> reliability_words(const RuleWorld&) {
  return {"A", "B", "C", "D", "E", "F"};
}

Value credibility(const Incident& incident, const MatchContext&) {
  return {.number = static_cast<double>(incident.credibility)};
}

Value confidence(const Incident& incident, const MatchContext&) {
  return {.number = incident.confidence};
}

}  // namespace tocsin::fields
