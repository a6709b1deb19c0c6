#include "understand/score.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "understand/event_family.hpp"
#include "understand/opening.hpp"

namespace tocsin {

namespace {

/// The headline and the first two sentences, and what follows them.
enum Zone : std::size_t { kLead, kBody };
constexpr std::array<std::string_view, 2> kZones{"lead", "body"};

class Scorer {
 public:
  Scorer(const Findings& f, const std::vector<Draft>& drafts) : f_(f), r_(f.reading), drafts_(drafts) {
    const auto& t = r_.tokens;
    first_body_ = t.body < t.size() ? t[t.body].sentence : 0;
  }

  Scored run() {
    out_.features.reserve(64);
    add("bias", 1);
    events();
    harm();
    sides();
    setting();
    telling();
    genres();
    shape();
    return weigh();
  }

 private:
  void add(std::string_view name, double value) {
    if (value != 0) out_.features.push_back({std::string(name), value, 0});
  }

  /// "attack" and "lead" make "attack_lead": most of them are nought and need no name.
  void add(std::string_view what, std::string_view where, double value) {
    if (value == 0) return;
    std::string name(what);
    name.append(1, '_').append(where);
    out_.features.push_back({std::move(name), value, 0});
  }

  Zone zone(std::uint32_t sentence) const { return sentence <= first_body_ + 1 ? kLead : kBody; }

  /// A headline that tells an accord or a disputed vote with a verb, or together with the first sentence: such acts
  /// have no dead to show, and the labelled sets, which are about violence, never ask for them. The weight is set by
  /// hand (packaging/weights/fit.py).
  bool act_told() const {
    std::array<bool, kEventTypes.size()> head{}, body{};
    for (const EventMention& e : f_.events) {
      const bool act = row(e.type).group == "de_escalation" || e.type == EventType::election_dispute;
      if (!act || e.modality != Modality::reported || e.strength == 1) continue;
      const bool in_headline = r_.tokens[e.first].headline;
      if (in_headline && e.verb) return true;
      (in_headline ? head : body)[static_cast<std::size_t>(e.type)] |= zone(e.sentence) == kLead;
    }
    for (std::size_t t = 0; t < head.size(); ++t)
      if (head[t] && body[t]) return true;
    return false;
  }

  /// There is a headline of some words, and none of them tells of an event, of harm or of arms.
  bool headline_silent() const {
    constexpr std::size_t kWords = 4;
    if (r_.tokens.body < kWords) return false;
    for (const Sense& s : r_.senses) {
      if (!r_.tokens[s.first].headline) continue;
      if (s.category == Category::event || s.category == Category::casualty || s.category == Category::weapon ||
          s.category == Category::claim)
        return false;
    }
    return true;
  }

  /// "Attacked", not "attack", which may be a noun.
  bool only_verb(const Sense& event) const {
    const auto senses = r_.at(event.first);
    return std::all_of(senses.begin(), senses.end(),
                       [](const Sense& s) { return s.category != Category::event || s.has(mark::verb); });
  }

  /// The headline speaks of sport, culture, history or a sentence passed, and neither of victims nor of a deed done.
  /// Who "dies at 101" is no victim.
  bool genre_headline() const {
    bool genre = false;
    for (const Sense& s : r_.senses) {
      if (!r_.tokens[s.first].headline) continue;
      if ((s.category == Category::casualty && !dies_in_bed(s)) || (s.category == Category::event && only_verb(s)))
        return false;
      if (s.category != Category::genre) continue;
      const auto g = static_cast<Genre>(s.value);
      genre = genre || g == Genre::sport || g == Genre::culture || g == Genre::history || g == Genre::obituary ||
              (g == Genre::court && s.has(mark::verb));
    }
    return genre;
  }

  bool dies_in_bed(const Sense& casualty) const {
    return std::any_of(r_.senses.begin(), r_.senses.end(), [&](const Sense& s) {
      return s.category == Category::genre && static_cast<Genre>(s.value) == Genre::obituary &&
             s.first <= casualty.first && s.last > casualty.first;
    });
  }

  /// A coup, a curfew, a closure that the headline does not tell is what the item passes by ("since the coup ...").
  bool act_in_passing() const {
    const EventMention* e = main_mention();
    if (!e || r_.tokens.body == 0 || r_.tokens[e->first].headline) return false;
    const auto f = family(e->type);
    return f == "coup" || f == "closure" || f == "politics" || f == "peace";
  }

  /// A quake, a crash, a fire: the labelled sets hardly ask for them, so the wording of their news proves nothing.
  bool hazard() const {
    const EventMention* e = main_mention();
    return e && family(e->type) == "hazard";
  }

  using Shares = std::array<std::array<double, kZones.size()>, kFamilies.size()>;

  /// A strike that shakes a truce is told together with the truce: violence takes from its weight.
  static void outspoken_peace(Shares& best) {
    constexpr std::array<std::size_t, 4> kViolence{2, 3, 4, 5};  // attack, clash, strike, bombing
    constexpr std::size_t kPeace = 12;
    static_assert(kFamilies[kPeace] == "peace" && kFamilies[kViolence[0]] == "attack" &&
                  kFamilies[kViolence[3]] == "bombing");
    for (std::size_t z = 0; z < kZones.size(); ++z) {
      double violence = 0;
      for (const std::size_t k : kViolence) violence += std::min(best[k][z], 2.0);
      best[kPeace][z] = std::max(0.0, std::min(best[kPeace][z], 2.0) - violence / 2);
    }
  }

  void events() {
    add("act_told", act_told());
    add("headline_silent", headline_silent());
    add("act_in_passing", act_in_passing());
    add("genre_headline", genre_headline());
    add("hazard", hazard());
    add("hazard_headline", hazard() && r_.tokens[main_mention()->first].headline);
    Shares best{};
    std::array<double, 6> by_modality{};
    double reported = 0, verbs = 0;
    for (const EventMention& e : f_.events) {
      const double share = e.strength == 1 ? 0.5 : 1;
      by_modality[static_cast<std::size_t>(e.modality)] += share;
      if (e.modality != Modality::reported) continue;
      reported += share;
      verbs += e.verb && e.strength > 1;
      const auto row =
          static_cast<std::size_t>(std::find(kFamilies.begin(), kFamilies.end(), family(e.type)) - kFamilies.begin());
      best[row][zone(e.sentence)] += share;
    }
    outspoken_peace(best);
    for (std::size_t k = 0; k < kFamilies.size(); ++k)
      for (std::size_t z = 0; z < kZones.size(); ++z) add(kFamilies[k], kZones[z], std::min(best[k][z], 2.0));
    for (std::size_t m = 1; m < by_modality.size(); ++m)
      add(kModalities.names[m], std::min(1.5, by_modality[m] / std::max(1.0, reported + by_modality[m]) * 1.5));
    add("events", std::log1p(reported));
    add("verbs", std::log1p(verbs));
    add("density", std::min(1.5, reported * 20 / static_cast<double>(r_.tokens.size() + 10)));
  }

  void harm() {
    std::array<double, kZones.size()> killed{}, wounded{};
    bool abducted = false;
    std::array<double, kPeople.names.size()> who{};
    for (const Casualty& c : f_.casualties) {
      if (c.negated) continue;
      if (c.people) who[static_cast<std::size_t>(*c.people)] = 1;
      const double worth = c.bare ? 0.6 : 1;
      auto& place = c.harm == Harm::kill ? killed : wounded;
      place[zone(c.sentence)] = std::max(place[zone(c.sentence)], worth);
      abducted = abducted || c.harm == Harm::abduct;
    }
    for (std::size_t z = 0; z < kZones.size(); ++z) {
      add("killed", kZones[z], killed[z]);
      add("wounded", kZones[z], wounded[z]);
    }
    add("abducted", abducted);
    for (std::size_t k = 0; k < who.size(); ++k) add("victim", kPeople.names[k], who[k]);
  }

  void sides() {
    double doer = 0, state_doer = 0, named = 0, claim = 0, target = 0;
    for (const ActorMention& a : f_.actors) {
      const double worth = zone(a.sentence) == kBody ? 0.4 : 1;
      const bool did = a.actor.role == ActorRole::perpetrator;
      (a.actor.group == ActorGroup::state ? state_doer : doer) =
          std::max(a.actor.group == ActorGroup::state ? state_doer : doer, did ? worth : 0.0);
      if (a.named) named = std::max(named, worth);
      if (a.actor.role == ActorRole::claims) claim = 1;
    }
    for (const TargetMention& t : f_.targets) target = std::max(target, zone(t.sentence) == kBody ? 0.4 : 1.0);
    who_and_what();
    add("doer", doer);
    add("state_doer", state_doer);
    add("named_actor", named);
    add("claim", claim);
    add("target", target);
    std::array<double, kZones.size()> weapons{};
    for (const Sense& s : r_.senses)
      if (s.category == Category::weapon) weapons[zone(r_.tokens[s.first].sentence)] = 1;
    for (std::size_t z = 0; z < kZones.size(); ++z) add("weapon", kZones[z], weapons[z]);
  }

  /// Attacks on a town hall are told otherwise than fights of two armies: each class of target, each side in its part.
  void who_and_what() {
    std::array<bool, kTargetClasses.size()> hit{};
    for (const TargetMention& t : f_.targets) hit[static_cast<std::size_t>(t.target.target)] = true;
    for (std::size_t c = 0; c < hit.size(); ++c) add("at", kTargetClasses[c].name, hit[c]);
    std::array<std::array<bool, kActorGroups.names.size()>, kActorRoles.names.size()> part{};
    for (const ActorMention& a : f_.actors)
      part[static_cast<std::size_t>(a.actor.role)][static_cast<std::size_t>(a.actor.group)] = true;
    for (std::size_t r = 0; r < part.size(); ++r)
      for (std::size_t g = 0; g < part[r].size(); ++g) add(kActorRoles.names[r], kActorGroups.names[g], part[r][g]);
  }

  const EventMention* main_mention() const {
    const EventMention* best = nullptr;
    for (const EventMention& e : f_.events)
      if (e.modality == Modality::reported && (!best || prominence(f_, e) > prominence(f_, *best))) best = &e;
    return best;
  }

  void setting() {
    const EventMention* e = main_mention();
    if (!e) return add("no_event", 1);
    double town = 0, country = 0, recent = 0, past = 0;
    for (const PlaceMention& m : f_.places.mentions) {
      if (m.metonym || m.row == kNoPlace || r_.tokens[m.first].dateline) continue;
      const bool here = r_.tokens[m.first].sentence == e->sentence;
      const auto kind = static_cast<PlaceKind>(r_.image.places[m.row].kind);
      (kind == PlaceKind::country ? country : town) += here ? 1 : 0.2;
    }
    for (const TimeMention& t : f_.times) {
      const bool here = r_.tokens[t.first].sentence == e->sentence;
      if (t.past || t.time.precision == TimePrecision::year)
        past = std::max(past, here ? 1 : 0.3);
      else if (t.time.precision <= TimePrecision::day)
        recent = std::max(recent, here ? 1 : 0.4);
    }
    for (const Sense& s : r_.senses)
      if (s.category == Category::weekday || s.category == Category::day)
        recent = std::max(recent, r_.tokens[s.first].sentence == e->sentence ? 1 : 0.4);
    add("town", std::min(town, 1.5));
    add("country", std::min(country, 1.5));
    add("recent", recent);
    add("past", past);
  }

  /// How much one sentence alone tells: a deed, its victims, who did it, to what, where and when.
  double worth(std::uint32_t n, bool past_counts, bool only_crimes = false) const {
    double deed = 0, rest = 0;
    for (const EventMention& e : f_.events) {
      if (e.sentence != n ||
          (e.modality != Modality::reported && !(past_counts && e.modality == Modality::retrospective)))
        continue;
      if (only_crimes && !crime(e.type)) continue;
      deed = std::max(deed, e.strength == 1 ? 0.4 : e.verb ? 1.0 : 0.8);
    }
    if (deed == 0) return 0;
    double harm = 0, doer = 0, target = 0, town = 0, time = 0;
    for (const Casualty& c : f_.casualties)
      if (c.sentence == n && !c.negated) harm = std::max(harm, c.bare ? 0.5 : 1.0);
    for (const ActorMention& a : f_.actors)
      if (a.sentence == n && a.actor.role == ActorRole::perpetrator) doer = 0.6;
    for (const TargetMention& t : f_.targets)
      if (t.sentence == n) target = 0.4;
    for (const PlaceMention& m : f_.places.mentions)
      if (r_.tokens[m.first].sentence == n && !m.metonym && m.row != kNoPlace && !r_.tokens[m.first].dateline)
        town = std::max(town, r_.image.places[m.row].kind == 0 ? 0.2 : 0.6);
    for (const TimeMention& t : f_.times)
      if (r_.tokens[t.first].sentence == n && t.time.precision <= TimePrecision::day) time = 0.4;
    rest = harm + doer + target + town + time;
    return deed + rest;
  }

  /// Deeds against people and property, as against battles, protests and acts of state.
  static bool crime(EventType t) {
    const auto f = family(t);
    return f == "attack" || f == "bombing" || f == "abduction" || f == "harm";
  }

  void telling() {
    double lead = 0, any = 0, past = 0, many = 0, crime_told = 0;
    for (std::uint32_t n = 0; n < r_.tokens.sentences.size(); ++n) {
      const double now = worth(n, false);
      if (zone(n) == kLead) lead = std::max(lead, now);
      any = std::max(any, now);
      past = std::max(past, worth(n, true));
      many += now >= 1.6;
      crime_told = std::max(crime_told, worth(n, true, true));
    }
    add("tells_lead", std::min(lead, 3.0));
    add("tells", std::min(any, 3.0));
    add("tells_past", std::min(past, 3.0));
    add("tells_crime", std::min(crime_told, 3.2));
    add("tells_crime_well", crime_told >= 2 ? 1 : 0);
    add("tells_often", std::min(2.0, std::log1p(many)));
    add("tells_share", std::min(1.0, many / static_cast<double>(r_.tokens.sentences.size() + 2) * 2));
  }

  void genres() {
    std::array<double, kGenres.names.size()> head{}, all{};
    double speech = 0;
    for (const Sense& s : r_.senses) {
      const auto& token = r_.tokens[s.first];
      if (s.category == Category::speech && token.sentence <= first_body_) speech = 1;
      if (s.category != Category::genre) continue;
      auto& place = zone(token.sentence) == kBody ? all : head;
      place[s.value] += 1;
    }
    const double length = std::sqrt(static_cast<double>(r_.tokens.size()) / 50 + 1);
    for (std::size_t g = 0; g < head.size(); ++g) {
      add(kGenres.names[g], kZones[kLead], std::min(2.0, std::log1p(head[g])));
      add(kGenres.names[g], kZones[kBody], std::min(2.0, std::log1p(all[g] / length)));
    }
    add("speech", speech);
  }

  void shape() {
    const auto& t = r_.tokens;
    add("question", t.original.substr(0, t.body < t.size() ? t[t.body].from : 0).find('?') != std::string::npos);
    add("quoted_lead", !t.tokens.empty() && t[t.body < t.size() ? t.body : 0].quoted);
    double figures = 0;
    for (const Sense& s : r_.senses) figures += s.category == Category::figurative;
    add("figurative", std::min(2.0, figures));
  }

  Scored weigh() {
    double mention = 0, news = 0;
    for (Feature& f : out_.features) {
      const auto it = std::lower_bound(
          r_.image.weights.begin(), r_.image.weights.end(), f.name,
          [this](const WeightRow& w, const std::string& wanted) { return r_.image.string(w.name) < wanted; });
      if (it == r_.image.weights.end() || r_.image.string(it->name) != f.name) continue;
      f.weight = it->news;
      news += f.value * it->news;
      mention += f.value * it->mention;
    }
    if (!hazard()) {
      const Wording words = weigh_wording(r_.image, r_.tokens);
      out_.features.push_back({"wording", words.news, 1});
      news += words.news;
      mention += words.mention;
    }
    out_.news = 1 / (1 + std::exp(-news));
    out_.mention = 1 / (1 + std::exp(-mention));
    return std::move(out_);
  }

  const Findings& f_;
  const Reading& r_;
  const std::vector<Draft>& drafts_;
  std::uint32_t first_body_ = 0;
  Scored out_;
};

}  // namespace

Scored score_item(const Findings& findings, const std::vector<Draft>& drafts) {
  return Scorer(findings, drafts).run();
}

}  // namespace tocsin
