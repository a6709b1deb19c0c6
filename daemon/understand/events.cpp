#include "understand/events.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "understand/modality.hpp"

namespace tocsin {

namespace {

bool armed_violence(EventType t) {
  return row(t).group == "armed_violence";
}

/// What in a sentence speaks for violence in earnest.
struct Support {
  bool weapon = false, role = false, harm = false, force = false, actor = false;
  [[nodiscard]] bool any() const { return violent() || harm; }
  [[nodiscard]] bool violent() const { return weapon || role || force || actor; }
};

class Finder {
 public:
  Finder(const Reading& r, const std::vector<Casualty>& casualties) : r_(r), casualties_(casualties) {}

  std::vector<EventMention> run() {
    for (std::uint32_t n = 0; n < r_.tokens.sentences.size(); ++n) sentence(n);
    return std::move(out_);
  }

 private:
  void sentence(std::uint32_t n) {
    const Sentence& s = r_.tokens.sentences[n];
    const std::size_t before = out_.size();
    const Support support = support_in(s, n);
    for (const Sense& sense : r_.between(s.first, s.last))
      if (sense.category == Category::event) mention(sense, n, support);
    if (out_.size() == before) from_harm(n, support);
    merge(before);
  }

  Support support_in(const Sentence& s, std::uint32_t n) const {
    Support found;
    for (const Sense& sense : r_.between(s.first, s.last)) {
      found.weapon = found.weapon || sense.category == Category::weapon;
      found.role =
          found.role || (sense.category == Category::role && static_cast<ActorGroup>(sense.value) != ActorGroup::state);
      found.force = found.force ||
                    (sense.category == Category::role && static_cast<ActorGroup>(sense.value) == ActorGroup::state);
    }
    found.harm = std::any_of(casualties_.begin(), casualties_.end(),
                             [n](const Casualty& c) { return c.sentence == n && !c.negated; });
    found.actor = std::any_of(r_.actors.begin(), r_.actors.end(),
                              [&s](const ActorName& a) { return a.first >= s.first && a.first < s.last; });
    return found;
  }

  void mention(const Sense& sense, std::uint32_t n, const Support& support) {
    if (r_.tokens[sense.first].dateline || r_.at(sense.first, Category::figurative) ||
        r_.at(sense.first, Category::month))
      return;
    if (sense.has(mark::weak) && !support.any()) return;
    if (of_a_hazard(sense) && !support.violent()) return;
    if (static_cast<EventType>(sense.value) == EventType::accident && violence_in(n)) return;
    if (only_harm(sense) && hazard_in(n)) return;
    if (plain(sense) && hazard_told() && !support.violent()) return;
    EventMention m;
    m.type = by_people(sense).value_or(static_cast<EventType>(sense.value));
    m.first = sense.first;
    m.last = sense.last;
    m.sentence = n;
    m.strength = sense.has(mark::weak) ? 1 : sense.has(mark::strong) ? 3 : 2;
    m.verb = sense.has(mark::verb);
    m.loose = sense.has(mark::loose);
    narrow(m);
    set_modality(m);
    out_.push_back(m);
  }

  /// "Attacked with grenades" is a bombing, "warplanes targeted" an air strike, "the army killed militants" a clash.
  void narrow(EventMention& m) const {
    if (m.type != EventType::attack) return;
    const Sentence& s = r_.tokens.sentences[m.sentence];
    const std::size_t from = m.first > s.first + 8 ? m.first - 8 : s.first;
    for (const Sense& sense : r_.between(from, std::min<std::size_t>(s.last, m.last + 10)))
      if (sense.category == Category::weapon && sense.value > 0) {
        m.type = static_cast<EventType>(sense.value - 1);
        return;
      }
    if (state_against_militants(s, m)) m.type = EventType::armed_clash;
  }

  bool state_against_militants(const Sentence& s, const EventMention& m) const {
    bool state = false;
    for (const Sense& sense : r_.between(s.first, m.first))
      state = state || (sense.category == Category::role && static_cast<ActorGroup>(sense.value) == ActorGroup::state);
    return state && std::any_of(casualties_.begin(), casualties_.end(), [&](const Casualty& c) {
             return c.sentence == m.sentence && c.people == People::militant &&
                    (c.harm == Harm::kill || c.harm == Harm::wound);
           });
  }

  void set_modality(EventMention& m) const {
    const auto reading = modality_of(r_, m.first, m.last);
    m.modality = reading.modality;
    m.cue_first = reading.first;
    m.cue_last = reading.last;
  }

  /// "Killed", "killing": an attack by itself, but as well what a flood does.
  [[nodiscard]] bool only_harm(const Sense& sense) const {
    return static_cast<EventType>(sense.value) == EventType::attack && r_.at(sense.first, Category::casualty);
  }

  /// "Hit", "struck", "killed", "strikes": what cars, floods and workers do too.
  static bool plain(const Sense& sense) {
    const auto type = static_cast<EventType>(sense.value);
    return !sense.has(mark::strong) && (type == EventType::attack || type == EventType::protest);
  }

  [[nodiscard]] std::span<const Sense> senses_of(std::uint32_t n) const {
    const Sentence& s = r_.tokens.sentences[n];
    return r_.between(s.first, s.last);
  }

  static bool hazard(const Sense& sense) {
    return sense.category == Category::event && row(static_cast<EventType>(sense.value)).group == "hazard";
  }

  /// "Fire at a market", "storms kill", "an earthquake hits", "attacked by a shark": the word is a hazard's name, or
  /// what one does.
  [[nodiscard]] bool of_a_hazard(const Sense& sense) const {
    if (hazard(sense)) return false;
    const auto senses = senses_of(r_.tokens[sense.first].sentence);
    return std::any_of(senses.begin(), senses.end(), [&](const Sense& other) {
      if (!hazard(other)) return false;
      const bool same = other.first < sense.last && other.last > sense.first;
      const bool does = other.last == sense.first && !parted(sense.first);
      const bool by = other.first > sense.last && other.first <= sense.last + 2 && r_.is(sense.last, Function::by);
      return same || does || by;
    });
  }

  /// "Militants storm the airport", "protesters storm parliament": a storm by people is no weather.
  [[nodiscard]] std::optional<EventType> by_people(const Sense& sense) const {
    if (static_cast<EventType>(sense.value) != EventType::storm || sense.first == 0 || parted(sense.first))
      return std::nullopt;
    const bool named =
        std::any_of(r_.actors.begin(), r_.actors.end(), [&](const ActorName& a) { return a.last == sense.first; });
    if (named || r_.at(sense.first - 1, Category::role)) return EventType::attack;
    if (r_.at(sense.first - 1, Category::people)) return EventType::riot;
    return std::nullopt;
  }

  [[nodiscard]] bool parted(std::size_t at) const { return r_.tokens[at].gap > Gap::hyphen; }

  /// "A crash killed 12": the killing is the crash's, unless the sentence has violence of its own.
  [[nodiscard]] bool hazard_in(std::uint32_t n) const {
    const auto senses = senses_of(n);
    return std::any_of(senses.begin(), senses.end(), hazard) && !violence_in(n);
  }

  /// "Fire breaks out after a drone strike": what burns is the strike's doing.
  [[nodiscard]] bool violence_in(std::uint32_t n) const {
    const auto senses = senses_of(n);
    return std::any_of(senses.begin(), senses.end(), [this](const Sense& sense) {
      return sense.category == Category::event && armed_violence(static_cast<EventType>(sense.value)) &&
             !sense.has(mark::weak) && !only_harm(sense) && !of_a_hazard(sense);
    });
  }

  /// The item has told of a crash or a flood and of no violence: its dead are the accident's.
  [[nodiscard]] bool hazard_told() const {
    const auto told = [this](auto kind) {
      return std::any_of(out_.begin(), out_.end(),
                         [kind](const EventMention& e) { return e.modality == Modality::reported && kind(e.type); });
    };
    return told([](EventType t) { return row(t).group == "hazard"; }) && !told(armed_violence);
  }

  /// "Five killed in a village": no word names the event, the dead do; "hospitalised children" tells of no deed.
  void from_harm(std::uint32_t n, const Support& support) {
    if (hazard_told()) return;
    for (const Casualty& c : casualties_) {
      const Sense* word = r_.at(c.word, Category::casualty);
      if (c.sentence != n || c.negated || !word) continue;
      const auto harm = static_cast<Harm>(word->value);
      if (harm != Harm::kill && harm != Harm::wound && harm != Harm::abduct) continue;
      if (harm == Harm::wound && c.bare && !support.violent()) continue;
      EventMention m;
      m.type = harm == Harm::abduct ? EventType::kidnapping : EventType::attack;
      m.first = word->first;
      m.last = word->last;
      m.sentence = n;
      m.strength = 1;
      m.verb = true;
      m.from_harm = true;
      narrow(m);
      set_modality(m);
      out_.push_back(m);
      return;
    }
  }

  /// "bomb attack", "suicide bombing attack": neighbours are one mention, the narrower type wins.
  void merge(std::size_t from) {
    for (std::size_t i = from; i + 1 < out_.size();) {
      EventMention& a = out_[i];
      const EventMention& b = out_[i + 1];
      const bool neighbours = b.first <= a.last && r_.tokens[b.first].gap <= Gap::hyphen;
      if (a.first == b.first || !neighbours || !armed_violence(a.type) || !armed_violence(b.type)) {
        ++i;
        continue;
      }
      if (a.type == EventType::attack) a.type = b.type;
      a.strength = std::max(a.strength, b.strength);
      a.last = b.last;
      out_.erase(out_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  const Reading& r_;
  const std::vector<Casualty>& casualties_;
  std::vector<EventMention> out_;
};

}  // namespace

std::vector<EventMention> find_events(const Reading& reading, const std::vector<Casualty>& casualties) {
  return Finder(reading, casualties).run();
}

}  // namespace tocsin
