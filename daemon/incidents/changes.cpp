#include "incidents/changes.hpp"

#include <algorithm>

#include "incidents/credibility.hpp"
#include "incidents/ledger.hpp"
#include "incidents/roles.hpp"

namespace tocsin {

namespace {
using Changes = std::vector<std::string>;

void word_change(Changes& out, std::string_view what, std::string_view before, std::string_view after) {
  if (before != after) out.push_back(std::string(what) + " " + std::string(before) + " > " + std::string(after));
}

void toll_change(Changes& out, std::string_view what, const Toll& before, const Toll& after) {
  if (toll_band(before) != toll_band(after)) word_change(out, what, toll_text(before), toll_text(after));
}

void added_targets(Changes& out, const Incident& before, const Incident& after) {
  for (const TargetRef& t : after.targets)
    if (std::none_of(before.targets.begin(), before.targets.end(), [&](const auto& o) { return o.target == t.target; }))
      out.push_back("target + " + std::string(name(t.target)));
}

void added_actors(Changes& out, const Incident& before, const Incident& after) {
  for (const ActorRef& a : after.actors) {
    if (is_role(a)) continue;
    const auto same =
        std::find_if(before.actors.begin(), before.actors.end(), [&](const auto& o) { return o.id == a.id; });
    if (same == before.actors.end())
      out.push_back("actor + " + a.name);
    else if (same->role != ActorRole::claims && a.role == ActorRole::claims)
      out.push_back("claimed by " + a.name);
  }
}

std::string place_text(const Place& p) {
  return p.name.empty() ? (p.country.empty() ? "unknown" : p.country) : p.name;
}
}  // namespace

std::vector<std::string> changes_between(const Incident& before, const Incident& after) {
  Changes out;
  word_change(out, "type", name(before.type), name(after.type));
  word_change(out, "place", place_text(before.place), place_text(after.place));
  added_targets(out, before, after);
  toll_change(out, "killed", before.killed, after.killed);
  toll_change(out, "injured", before.injured, after.injured);
  toll_change(out, "abducted", before.abducted, after.abducted);
  added_actors(out, before, after);
  word_change(out, "status", kIncidentStatuses(before.status), kIncidentStatuses(after.status));
  word_change(out, "grade", grade_text(before), grade_text(after));
  if (before.contested != after.contested) out.push_back(after.contested ? "now contested" : "no longer contested");
  if (before.modality != after.modality)
    word_change(out, "modality", kModalities(before.modality), kModalities(after.modality));
  return out;
}

}  // namespace tocsin
