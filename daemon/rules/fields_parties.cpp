// Who did it and to whom: target, actor, actor_group.
#include <algorithm>

#include "rules/fields.hpp"

namespace tocsin::fields {

namespace {
void add_once(std::vector<std::string>& words, std::string_view word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.emplace_back(word);
}
}  // namespace

Value target(const Incident& incident, const MatchContext&) {
  Value v;
  for (const TargetRef& t : incident.targets) add_once(v.words, name(t.target));
  return v;
}

std::vector<std::string> target_words(const RuleWorld&) {
  std::vector<std::string> words;
  for (const auto& row : kTargetClasses) words.emplace_back(row.name);
  return words;
}

Value actor(const Incident& incident, const MatchContext&) {
  Value v;
  for (const ActorRef& a : incident.actors) add_once(v.words, a.id);
  return v;
}

std::vector<std::string> actor_words(const RuleWorld& world) {
  std::vector<std::string> words;
  for (const auto& [id, group] : world.actors) words.push_back(id);
  return words;
}

Value actor_group(const Incident& incident, const MatchContext&) {
  Value v;
  for (const ActorRef& a : incident.actors) add_once(v.words, kActorGroups(a.group));
  return v;
}

std::vector<std::string> actor_group_words(const RuleWorld&) {
  return {kActorGroups.names.begin(), kActorGroups.names.end()};
}

}  // namespace tocsin::fields
