#include "understand/sides.hpp"

#include <algorithm>

namespace tocsin {

namespace {

/// Events that are done to somebody: a side and a target make sense beside them.
bool has_sides(EventType t) {
  const auto group = row(t).group;
  return group != "hazard" && group != "de_escalation";
}

class Context {
 public:
  Context(const Reading& r, const std::vector<EventMention>& events, const std::vector<Casualty>& casualties)
      : r_(r), events_(events), casualties_(casualties) {}

 protected:
  const EventMention* nearest_event(std::uint32_t sentence, std::size_t token) const {
    const EventMention* best = nullptr;
    std::size_t distance = 1000;
    for (const EventMention& e : events_) {
      if (e.sentence != sentence || !has_sides(e.type)) continue;
      const std::size_t d = e.first >= token ? e.first - token : token - e.last;
      if (d < distance) {
        distance = d;
        best = &e;
      }
    }
    return best;
  }

  bool passive(const EventMention& e) const {
    return e.verb && e.first > 0 &&
           (r_.is(e.first - 1, Function::be) || (e.last < r_.tokens.size() && r_.is(e.last, Function::by)));
  }

  /// The word before the noun phrase that begins at `first` (articles and adjectives are stepped over).
  bool preceded_by(std::size_t first, Function f) const {
    const Sentence& s = r_.sentence_of(first);
    for (std::size_t back = 1; back <= 4 && first >= s.first + back; ++back) {
      if (r_.is(first - back, f)) return true;
      if (r_.at(first - back).size() && !r_.is(first - back, Function::det) && !r_.is(first - back, Function::a) &&
          !r_.is(first - back, Category::number))
        return false;
      if (r_.tokens[first - back + 1].gap >= Gap::comma) return false;
    }
    return false;
  }

  /// Belongs to those whom a casualty word befell.
  bool victim(std::size_t first, std::size_t last) const {
    return std::any_of(casualties_.begin(), casualties_.end(),
                       [&](const Casualty& c) { return c.first <= first && last <= c.last && c.harm != Harm::free; });
  }

  bool speaks(std::size_t last) const {
    for (std::size_t i = last; i < std::min<std::size_t>(last + 3, r_.tokens.size()); ++i)
      if (r_.is(i, Category::speech)) return true;
    return false;
  }

  const Reading& r_;
  const std::vector<EventMention>& events_;
  const std::vector<Casualty>& casualties_;
};

class Actors : Context {
 public:
  using Context::Context;

  std::vector<ActorMention> run() {
    for (const ActorName& name : r_.actors) named(name);
    for (const Sense& s : r_.senses)
      if (s.category == Category::role) plain(s);
    std::sort(out_.begin(), out_.end(), [](const ActorMention& a, const ActorMention& b) { return a.first < b.first; });
    return std::move(out_);
  }

 private:
  void named(const ActorName& name) {
    const ActorRow& row = r_.image.actors[name.row];
    ActorMention m;
    m.actor.id = std::string(r_.image.string(row.id));
    m.actor.name = std::string(r_.image.string(row.name));
    m.actor.group = static_cast<ActorGroup>(row.group);
    m.named = true;
    place(m, name.first, name.last);
    m.actor.role = role(m);
    out_.push_back(m);
  }

  void plain(const Sense& s) {
    ActorMention m;
    m.actor.group = static_cast<ActorGroup>(s.value);
    m.actor.id = m.actor.group == ActorGroup::unknown ? "unknown_armed_men"
                                                      : "unknown_" + std::string(kActorGroups(m.actor.group));
    m.actor.name = std::string(r_.tokens.slice(s.first, s.last));
    place(m, s.first, s.last);
    m.actor.role = role(m);
    const bool took_part = m.actor.role == ActorRole::perpetrator || m.actor.role == ActorRole::claims;
    // Police and soldiers are named in every report; only as doers are they a side of it.
    if (m.actor.group == ActorGroup::state ? took_part : nearest_event(m.sentence, m.first) != nullptr)
      out_.push_back(m);
  }

  void place(ActorMention& m, std::uint32_t first, std::uint32_t last) const {
    m.first = first;
    m.last = last;
    m.sentence = r_.tokens[first].sentence;
  }

  ActorRole role(const ActorMention& m) const {
    if (claims(m)) return ActorRole::claims;
    const EventMention* e = nearest_event(m.sentence, m.first);
    if (!e) return ActorRole::other;
    if (preceded_by(m.first, Function::by)) return ActorRole::perpetrator;
    const bool overlaps = m.first < e->last && e->first < m.last;
    if (overlaps) return ActorRole::perpetrator;
    if (victim(m.first, m.last)) return before_verb(m) ? ActorRole::perpetrator : ActorRole::victim;
    if (speaks(m.last)) return ActorRole::other;
    if (m.last <= e->first) {
      if (!e->verb) return m.last == e->first || e->first - m.last <= 2 ? ActorRole::perpetrator : ActorRole::other;
      return passive(*e) ? ActorRole::victim : ActorRole::perpetrator;
    }
    if (e->verb && m.first - e->last <= 6 && !passive(*e)) return ActorRole::victim;
    if (preceded_by(m.first, Function::on) || preceded_by(m.first, Function::against)) return ActorRole::victim;
    return preceded_by(m.first, Function::of) && !e->verb ? ActorRole::perpetrator : ActorRole::other;
  }

  /// An active casualty verb stands behind the side: "gunmen killed 12".
  bool before_verb(const ActorMention& m) const {
    for (const Casualty& c : casualties_)
      if (c.sentence == m.sentence && c.word >= m.last && c.last > c.word + 1 && c.word > m.first &&
          !r_.is(c.word - 1, Function::be))
        return c.first >= m.last;
    return false;
  }

  bool claims(const ActorMention& m) const {
    const Sentence& s = r_.tokens.sentences[m.sentence];
    for (const Sense& c : r_.between(s.first, s.last))
      if (c.category == Category::claim && (c.first >= m.last ? c.first - m.last <= 6 : m.first - c.last <= 3))
        return true;
    return false;
  }

  std::vector<ActorMention> out_;
};

class Targets : Context {
 public:
  using Context::Context;

  std::vector<TargetMention> run() {
    for (const Sense& s : r_.senses)
      if (s.category == Category::target) take(s);
    return std::move(out_);
  }

 private:
  void take(const Sense& s) {
    const auto sentence = r_.tokens[s.first].sentence;
    const EventMention* e = nearest_event(sentence, s.first);
    if (!e || r_.tokens[s.first].dateline || r_.at(s.first, Category::figurative)) return;
    if (!hit(s, *e) && !joined(s, sentence)) return;
    TargetMention m;
    m.target.target = static_cast<TargetClass>(s.value);
    m.target.text = std::string(r_.tokens.slice(s.first, s.last));
    m.first = s.first;
    m.last = s.last;
    m.sentence = sentence;
    m.scene = scene(m);
    out_.push_back(m);
  }

  bool scene(const TargetMention& m) const {
    const TargetClass c = m.target.target;
    const bool ground = c == TargetClass::road || c == TargetClass::residential || c == TargetClass::village;
    return ground && !victim(m.first, m.last) &&
           (preceded_by(m.first, Function::in) || (c == TargetClass::road && preceded_by(m.first, Function::on)));
  }

  /// "against the school and the airport": what is joined to a target is one.
  bool joined(const Sense& s, std::uint32_t sentence) const {
    if (out_.empty() || out_.back().sentence != sentence || s.first - out_.back().last > 8 || speaks(s.last))
      return false;
    return preceded_by(s.first, Function::conj);
  }

  bool hit(const Sense& s, const EventMention& e) const {
    if (preceded_by(s.first, Function::by)) return false;
    if (victim(s.first, s.last)) return true;
    if (speaks(s.last)) return false;
    if (s.first >= e.last) return behind(s, e);
    if (s.last > e.first) return false;
    if (e.verb) return passive(e) && e.first - s.last <= 8;
    // "hotel attack", "school shooting"
    return e.first == s.last && r_.tokens[e.first].gap <= Gap::hyphen && !r_.is(s.first, Category::role);
  }

  bool behind(const Sense& s, const EventMention& e) const {
    if (s.first - e.last > 18) return false;
    for (std::size_t i = e.last; i < s.first; ++i)
      if (r_.tokens[i].gap >= Gap::clause || r_.is(i, Category::speech)) return false;
    if (e.verb && !passive(e)) return true;
    for (const Function f : {Function::on, Function::against, Function::in, Function::of, Function::between}) {
      if (preceded_by(s.first, f)) return true;
    }
    return s.first - e.last <= 4;
  }

  std::vector<TargetMention> out_;
};

}  // namespace

std::vector<ActorMention> find_actors(const Reading& r, const std::vector<EventMention>& events,
                                      const std::vector<Casualty>& casualties) {
  return Actors(r, events, casualties).run();
}

std::vector<TargetMention> find_targets(const Reading& r, const std::vector<EventMention>& events,
                                        const std::vector<Casualty>& casualties) {
  return Targets(r, events, casualties).run();
}

}  // namespace tocsin
