#include "understand/report.hpp"

#include <algorithm>
#include <tuple>

#include "understand/locate.hpp"
#include "understand/precedence.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kMostReports = 8;

bool armed(EventType t) {
  return row(t).group == "armed_violence";
}

class Drafter {
 public:
  explicit Drafter(const Findings& f) : f_(f), r_(f.reading) {}

  std::vector<Draft> run(std::vector<TypeChoice>& choices) {
    gather();
    fold_loose();
    fold_riot();
    weigh_drafts(f_, drafts_);
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
      return std::tie(a.precedence, a.prominence) > std::tie(b.precedence, b.prominence);
    });
    for (const Draft& d : drafts_)
      if (!d.cues.empty()) choices.push_back({d.report.type, d.report.modality, d.precedence, d.cues});
    fold_repeated();
    if (drafts_.size() > kMostReports) drafts_.resize(kMostReports);
    for (Draft& d : drafts_) fill(d);
    return std::move(drafts_);
  }

 private:
  void gather() {
    for (std::size_t i = 0; i < f_.events.size(); ++i) {
      const EventMention& e = f_.events[i];
      Draft& d = draft_of(e);
      d.mentions.push_back(i);
      d.prominence += prominence(f_, e);
    }
  }

  /// Facts and what is no fact never share a report.
  Draft& draft_of(const EventMention& e) {
    for (Draft& d : drafts_)
      if (d.report.type == e.type && d.report.modality == e.modality) return d;
    Draft d;
    d.report.type = e.type;
    d.report.modality = e.modality;
    drafts_.push_back(d);
    return drafts_.back();
  }

  double best(const Draft& d) const {
    double most = 0;
    for (const std::size_t i : d.mentions) most = std::max(most, prominence(f_, f_.events[i]));
    return most;
  }

  bool loose(const Draft& d) const {
    return std::all_of(d.mentions.begin(), d.mentions.end(), [&](std::size_t i) { return f_.events[i].loose; });
  }

  Draft* find(EventType type) {
    const auto it = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& d) {
      return d.report.type == type && d.report.modality == Modality::reported;
    });
    return it == drafts_.end() ? nullptr : &*it;
  }

  void absorb(Draft& into, const Draft& from) {
    into.prominence += from.prominence * 0.5;
    into.mentions.insert(into.mentions.end(), from.mentions.begin(), from.mentions.end());
    const auto at = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return &d == &from; });
    drafts_.erase(at);
  }

  /// The armed deed, other than a plain attack, that is told best.
  Draft* narrower() {
    Draft* found = nullptr;
    for (Draft& d : drafts_)
      if (armed(d.report.type) && d.report.type != EventType::attack && d.report.modality == Modality::reported &&
          f_.events[d.mentions.front()].strength > 1 && (!found || best(d) > best(*found)))
        found = &d;
    return found;
  }

  /// "Explosions" beside an attack only colour it.
  void fold_loose() {
    Draft* plain = find(EventType::attack);
    Draft* other = plain ? narrower() : nullptr;
    if (other && loose(*other)) absorb(*plain, *other);
  }

  /// "The bombing ... the attack": the plain word repeats the narrower one before it.
  void fold_repeated() {
    Draft* plain = find(EventType::attack);
    Draft* other = plain ? narrower() : nullptr;
    if (other && other < plain) absorb(*other, *plain);
  }

  bool with_guns() const {
    for (const ActorMention& a : f_.actors)
      if (a.named && (a.actor.group == ActorGroup::jihadist || a.actor.group == ActorGroup::rebel)) return true;
    for (const Sense& s : r_.senses) {
      if (s.category == Category::weapon && s.value > 0) return true;
      if (s.category == Category::role && (static_cast<ActorGroup>(s.value) == ActorGroup::jihadist ||
                                           static_cast<ActorGroup>(s.value) == ActorGroup::rebel))
        return true;
    }
    return false;
  }

  /// Demonstrators who clash, burn or smash make a riot; one violent protest is one report.
  void fold_riot() {
    Draft* protest = find(EventType::protest);
    if (protest && !find(EventType::riot) && !with_guns())
      for (const EventType t : {EventType::armed_clash, EventType::arson, EventType::property_destruction})
        if (Draft* d = find(t); d && best(*d) >= best(*protest) * 0.5) {
          d->report.type = EventType::riot;
          break;
        }
    Draft* riot = find(EventType::riot);
    protest = find(EventType::protest);
    if (riot && protest && best(*riot) >= best(*protest) * 0.6) absorb(*riot, *protest);
  }

  void fill(Draft& d) {
    const EventMention& main = lead(d);
    Report& report = d.report;
    prove(report, "type", main.first, main.last);
    if (main.cue_last > main.cue_first) prove(report, "modality", main.cue_first, main.cue_last);
    place(report, main);
    sides(d);
    counts(d);
    time(d, main);
    outcome(report);
    report.fresh = report.modality == Modality::reported;
    report.confidence = std::min(1.0, d.prominence / 6);
  }

  /// Told in the headline or at the beginning of the text; deeper down it is background.
  void outcome(Report& report) const {
    const auto& t = r_.tokens;
    const std::uint32_t lead = t.body < t.size() ? t[t.body].sentence + 1u : 1u;
    for (const Sense& s : r_.senses) {
      if (s.category != Category::outcome || t[s.first].sentence > lead) continue;
      (static_cast<Outcome>(s.value) == Outcome::ended ? report.says_ended : report.says_retracted) = true;
      prove(report, "status", s.first, s.last);
    }
  }

  const EventMention& lead(const Draft& d) const {
    const auto best = std::max_element(d.mentions.begin(), d.mentions.end(), [&](std::size_t a, std::size_t b) {
      return prominence(f_, f_.events[a]) < prominence(f_, f_.events[b]);
    });
    return f_.events[*best];
  }

  void prove(Report& report, const char* field, std::size_t first, std::size_t last) const {
    if (first >= last || last > r_.tokens.size()) return;
    report.evidence.push_back(
        {field, r_.tokens[first].start, r_.tokens[last - 1].stop, std::string(r_.tokens.slice(first, last))});
  }

  void place(Report& report, const EventMention& main) const {
    const PlaceMention* proof = nullptr;
    report.place = locate(f_, main, &proof);
    if (proof) prove(report, "place", proof->first, proof->last);
  }

  bool in_draft(const Draft& d, std::uint32_t sentence) const {
    return std::any_of(d.mentions.begin(), d.mentions.end(),
                       [&](std::size_t i) { return f_.events[i].sentence == sentence; });
  }

  void sides(Draft& d) {
    for (const ActorMention& a : f_.actors)
      if (in_draft(d, a.sentence) || a.named || a.actor.role == ActorRole::claims) add_actor(d.report, a);
    for (const TargetMention& t : f_.targets)
      if (in_draft(d, t.sentence)) add_target(d.report, t);
  }

  void add_actor(Report& report, const ActorMention& a) const {
    for (ActorRef& known : report.actors)
      if (known.id == a.actor.id) {
        if (known.role == ActorRole::other) known.role = a.actor.role;
        return;
      }
    report.actors.push_back(a.actor);
    prove(report, "actor", a.first, a.last);
  }

  void add_target(Report& report, const TargetMention& t) const {
    for (const TargetRef& known : report.targets)
      if (known.target == t.target.target && known.text == t.target.text) return;
    report.targets.push_back(t.target);
    prove(report, "target", t.first, t.last);
  }

  /// "They marched against the killing of two students": the dead are why they marched, not of the march.
  bool background(const Draft& d, const Casualty& c) const {
    if (why(c)) return true;
    const bool by_arms = armed(d.report.type) || row(d.report.type).group == "hazard";
    return std::any_of(f_.events.begin(), f_.events.end(), [&](const EventMention& e) {
      if (e.sentence != c.sentence) return false;
      const bool crowd = e.type == EventType::protest || e.type == EventType::riot;
      if (e.first >= c.word) return crowd && !by_arms && told_before(c, e);
      if (crowd && marched_about(e, c)) return true;
      return !by_arms && e.type != EventType::riot && in_draft(d, e) && (noun(c) || leads_away(e.last, c.word));
    });
  }

  bool in_draft(const Draft& d, const EventMention& e) const {
    return std::any_of(d.mentions.begin(), d.mentions.end(), [&](std::size_t i) { return &f_.events[i] == &e; });
  }

  bool noun(const Casualty& c) const {
    const Sense* word = r_.at(c.word, Category::casualty);
    return word && word->has(mark::noun);
  }

  bool leads_away(std::size_t from, std::size_t to) const {
    for (std::size_t k = from; k < to; ++k)
      for (const Function f : {Function::after, Function::against, Function::for_, Function::who, Function::that,
                               Function::since, Function::reason})
        if (r_.is(k, f)) return true;
    return false;
  }

  /// "Protested the murder of a girl", "protested against attacks that killed nine", "rioted after a man was killed":
  /// from what leads away to the dead no comma parts them.
  bool marched_about(const EventMention& e, const Casualty& c) const {
    if (noun(c) && c.word <= e.last + 2) return true;
    std::size_t k = c.word;
    bool clause = noun(c);
    while (k > e.last) {
      if (r_.tokens[k].gap >= Gap::comma && r_.tokens[k].gap != Gap::quote) return false;
      --k;
      clause = clause || r_.is(k, Function::that) || r_.is(k, Function::who);
      if (r_.is(k, Function::after)) return true;
      if (clause && (r_.is(k, Function::against) || r_.is(k, Function::reason) || r_.is(k, Function::for_)))
        return true;
    }
    return false;
  }

  /// "After a man was shot dead, residents rioted", "the family of a girl who was killed protested".
  bool told_before(const Casualty& c, const EventMention& e) const {
    const std::size_t first = r_.sentence_of(c.word).first;
    if (r_.is(first, Function::after)) {
      for (std::size_t k = c.word + 1; k <= e.first; ++k)
        if (r_.tokens[k].gap == Gap::comma) return true;
    }
    for (std::size_t k = c.word, steps = 0; k > first && steps < 3; ++steps)
      if (r_.is(--k, Function::who)) return true;
    return false;
  }

  /// "in revenge for the killing of three", "accused of murdering two", "demanding the arrest of those who killed him".
  bool why(const Casualty& c) const {
    const std::size_t first = r_.sentence_of(c.word).first;
    bool clause = false;
    for (std::size_t k = c.word, steps = 0; k > first; ++steps) {
      if (r_.tokens[k].gap >= Gap::comma && r_.tokens[k].gap != Gap::quote) return false;
      const Sense* f = r_.at(--k, Category::function);
      clause = clause || (f && f->value == static_cast<std::uint32_t>(Function::who));
      // "over 40 deaths" gives a number, no reason
      if (f && f->value == static_cast<std::uint32_t>(Function::reason) && !r_.tokens[f->last].digits &&
          !r_.is(f->last, Category::number))
        return clause || f->last == c.word || (noun(c) && steps < 5);
    }
    return false;
  }

  void counts(Draft& d) {
    count(d, Harm::kill, d.report.killed, "killed");
    count(d, Harm::wound, d.report.injured, "injured");
    count(d, Harm::abduct, d.report.abducted, "abducted");
  }

  /// The first sentence that counts speaks for the item; groups within it add up ("five soldiers and two civilians").
  void count(Draft& d, Harm harm, Count& out, const char* field) {
    const Casualty* best = nullptr;
    for (const Casualty& c : f_.casualties) {
      if (c.harm != harm || c.negated || background(d, c)) continue;
      if (!best || (best->bare && !c.bare) || (c.toll && !best->toll)) best = &c;
    }
    if (!best) return;
    out = best->count;
    prove(d.report, field, best->first, best->last);
    if (best->toll || best->bare) return;
    for (const Casualty& c : f_.casualties)
      if (c.harm == harm && (c.sentence == best->sentence || (c.also && c.sentence > best->sentence)) && &c != best &&
          !c.bare && !c.toll && !c.negated && !background(d, c) && c.count.min && out.min) {
        *out.min += *c.count.min;
        if (out.max) *out.max += c.count.max.value_or(*c.count.min);
        prove(d.report, field, c.first, c.last);
      }
  }

  /// The time speaks of the deed itself: it stands in its sentence, or dates it by years where the text, below the
  /// headline, tells it again.
  bool dates(const TimeMention& t, const Draft& d, const EventMention& main) const {
    const auto sentence = r_.tokens[t.first].sentence;
    if (sentence == main.sentence) return true;
    const bool long_past = f_.published && t.time.from && *t.time.from < *f_.published - 2 * 365 * kDay;
    return long_past && r_.tokens[main.first].headline && sentence == main.sentence + 1 && in_draft(d, sentence);
  }

  void time(Draft& d, const EventMention& main) const {
    Report& report = d.report;
    const TimeMention* best = nullptr;
    double best_score = -1e9;
    for (const TimeMention& t : f_.times) {
      const auto sentence = r_.tokens[t.first].sentence;
      const auto apart = sentence > main.sentence ? sentence - main.sentence : main.sentence - sentence;
      double score = -4.0 * apart - (t.time.precision > TimePrecision::day ? 3 : 0);
      if (apart == 0)
        score += 2 - static_cast<double>(t.first > main.first ? t.first - main.first : main.first - t.first) / 30;
      if (score > best_score && apart <= 3) {
        best_score = score;
        best = &t;
      }
    }
    if (best) {
      report.event_time = best->time;
      prove(report, "event_time", best->first, best->last);
      if (best->past && report.modality == Modality::reported && dates(*best, d, main)) {
        report.modality = Modality::retrospective;
        report.fresh = false;
      }
    } else if (f_.published && report.modality == Modality::reported) {
      const Millis day = *f_.published - ((*f_.published % kDay) + kDay) % kDay;
      report.event_time = {day, day + kDay, TimePrecision::unknown};
    }
  }

  const Findings& f_;
  const Reading& r_;
  std::vector<Draft> drafts_;
};

}  // namespace

double prominence(const Findings& f, const EventMention& e) {
  const auto& tokens = f.reading.tokens;
  const Sentence& s = tokens.sentences[e.sentence];
  double position = 1;
  if (s.headline) {
    position = 3;
  } else {
    const auto first_body = tokens.body < tokens.size() ? tokens[tokens.body].sentence : 0;
    const auto nth = e.sentence - std::min<std::uint32_t>(first_body, e.sentence);
    position = nth == 0 ? 2.5 : nth < 3 ? 1.5 : nth < 8 ? 0.7 : 0.3;
  }
  const double strength = e.strength == 1 ? 0.4 : e.strength == 2 ? 1 : 1.5;
  const double fact = e.modality == Modality::reported ? 1 : e.modality == Modality::retrospective ? 0.8 : 0.35;
  return position * strength * fact;
}

std::vector<Draft> draft_reports(const Findings& findings, std::vector<TypeChoice>& choices) {
  return Drafter(findings).run(choices);
}

}  // namespace tocsin
