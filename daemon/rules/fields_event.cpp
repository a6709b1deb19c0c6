// What happened: type, modality, contested.
#include "rules/fields.hpp"

namespace tocsin::fields {

Value type(const Incident& incident, const MatchContext&) {
  Value v;
  for (const EventType t : incident.types) v.words.emplace_back(name(t));
  if (incident.types.empty()) v.words.emplace_back(name(incident.type));
  return v;
}

std::vector<std::string> type_words(const RuleWorld&) {
  std::vector<std::string> words;
  for (const auto& row : kEventTypes) words.emplace_back(row.name);
  words.insert(words.end(), kEventGroups.begin(), kEventGroups.end());
  return words;
}

Value modality(const Incident& incident, const MatchContext&) {
  return {.words = {std::string(kModalities(incident.modality))}};
}

std::vector<std::string> modality_words(const RuleWorld&) {
  return {kModalities.names.begin(), kModalities.names.end()};
}

Value contested(const Incident& incident, const MatchContext&) {
  return {.words = {incident.contested ? "true" : "false"}};
}

std::vector<std::string> flag_words(const RuleWorld&) {
  return {"true", "false"};
}

}  // namespace tocsin::fields
