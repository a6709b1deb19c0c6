#include "understand/parties.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "understand/persons.hpp"

namespace tocsin {

namespace {

void add_once(std::vector<std::string>& all, std::string one) {
  if (!one.empty() && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
}

bool did_it(const ActorMention& a) {
  return a.actor.role == ActorRole::perpetrator || a.actor.role == ActorRole::claims;
}

/// The sentence tells of a deed of the report's kind.
bool told_in(const Report& report, const Findings& f, std::uint32_t sentence) {
  return std::any_of(f.events.begin(), f.events.end(), [&](const EventMention& e) {
    return e.sentence == sentence && row(e.type).group == row(report.type).group;
  });
}

bool befallen(const Findings& f, const TargetMention& t) {
  return std::any_of(f.casualties.begin(), f.casualties.end(),
                     [&](const Casualty& c) { return c.first <= t.first && t.last <= c.last && c.harm != Harm::free; });
}

/// "The army" is a side of every fight; a target only where harm befell it.
bool mere_side(const Findings& f, const TargetMention& t) {
  return f.reading.at(t.first, Category::role) && f.reading.at(t.first, Category::role)->last == t.last &&
         !befallen(f, t);
}

/// "the murder of the judge Ana Paz and Luis Paz", "killed Ana Paz": whom the deed was done to that ends before `last`.
void add_named_objects(Understanding& u, const Reading& r, std::uint32_t last, bool verb) {
  const Sentence& s = r.sentence_of(last - 1);
  if (last >= s.last) return;
  const bool to_whom = r.is(last, Function::of) || r.is(last, Function::against) || r.is(last, Function::on);
  if (verb == to_whom) return;  // "killed on Tuesday", "an attack that"
  for (auto& name : names_behind(r, s, last + (to_whom ? 1 : 0))) add_once(u.targets, one_line(name));
}

/// "Hector Paz, a party's second secretary, was kidnapped": whom the sentence begins with.
void add_named_subject(Understanding& u, const Reading& r, std::uint32_t word) {
  const Sentence& s = r.sentence_of(word);
  if (word == s.first || !r.is(word - 1, Function::be)) return;
  const auto names = names_behind(r, s, s.first);
  if (!names.empty()) add_once(u.targets, one_line(names.front()));
}

}  // namespace

void name_actors(Understanding& u, const Findings& f) {
  const auto& main = u.reports.front().actors;
  const auto in_main = [&](const ActorMention& a) {
    return std::any_of(main.begin(), main.end(), [&](const ActorRef& r) { return r.id == a.actor.id; }) &&
           (a.actor.role != ActorRole::perpetrator || told_in(u.reports.front(), f, a.sentence));
  };
  const auto armed_group = [](const ActorMention& a) {
    return a.named && a.actor.group != ActorGroup::state && a.actor.group != ActorGroup::foreign &&
           a.actor.group != ActorGroup::unknown;
  };
  const auto beside = [&](const ActorMention& a) { return armed_group(a) && a.actor.role == ActorRole::other; };
  const auto any = [&](auto test) {
    return std::any_of(f.actors.begin(), f.actors.end(), [&](const ActorMention& a) { return in_main(a) && test(a); });
  };
  const bool known = any([&](const ActorMention& a) { return did_it(a) && armed_group(a); });
  const bool state = any([&](const ActorMention& a) { return did_it(a) && a.actor.group == ActorGroup::state; });
  const bool nearby = !known && !state && any(beside);
  for (const ActorMention& a : f.actors) {
    const bool counts = known ? did_it(a) && armed_group(a) : nearby ? beside(a) : did_it(a);
    if (!counts || !in_main(a)) continue;
    add_once(u.actors, one_line(f.reading.tokens.slice(a.first, a.last)));
  }
}

void name_targets(Understanding& u, const Findings& f) {
  const Report& main = u.reports.front();
  for (const TargetMention& t : f.targets) {
    const bool of_main = std::any_of(main.targets.begin(), main.targets.end(), [&](const TargetRef& known) {
      return known.target == t.target.target && known.text == t.target.text;
    });
    if (of_main && !t.scene && !mere_side(f, t)) add_once(u.targets, one_line(t.target.text));
  }
  for (const EventMention& e : f.events)
    if (row(e.type).group == "armed_violence") {
      add_named_objects(u, f.reading, e.last, e.verb);
      if (e.verb) add_named_subject(u, f.reading, e.first);
    }
  for (const Casualty& c : f.casualties) {
    if (c.negated || c.harm == Harm::free || c.people == People::militant) continue;
    add_once(u.targets, one_line(c.count.who));
    add_once(u.targets, one_line(c.name));
    const Sense* word = f.reading.at(c.word, Category::casualty);
    if (!word) continue;
    add_named_objects(u, f.reading, word->last, !word->has(mark::noun));
    if (c.harm != Harm::die) add_named_subject(u, f.reading, word->first);
  }
}

}  // namespace tocsin
