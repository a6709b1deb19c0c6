#include "understand/casualties.hpp"

#include <algorithm>

#include "understand/joints.hpp"
#include "understand/persons.hpp"

namespace tocsin {

namespace {

Harm plain(Harm h) {
  switch (h) {
    case Harm::kill:
    case Harm::die:
    case Harm::dead:
    case Harm::toll:
      return Harm::kill;
    case Harm::wound:
    case Harm::wounded:
      return Harm::wound;
    case Harm::abduct:
    case Harm::abducted:
      return Harm::abduct;
    default:
      return Harm::free;
  }
}

class Joiner {
 public:
  Joiner(const Reading& r, const Sentence& s, std::uint32_t number)
      : r_(r),
        s_(s),
        number_(number),
        quantities_(find_quantities(r, s.first, s.last)),
        used_(quantities_.size(), -1) {}

  std::vector<Casualty> run() {
    // A word may be a noun and a verb at once ("قتل"): the first reading that finds people stands.
    std::uint32_t done = s_.first;
    for (const Sense& sense : r_.between(s_.first, s_.last)) {
      if (sense.category != Category::casualty || sense.first < done) continue;
      const std::size_t before = out_.size();
      join(sense);
      if (out_.size() > before) done = sense.last;
    }
    return std::move(out_);
  }

 private:
  void join(const Sense& word) {
    const auto harm = static_cast<Harm>(word.value);
    const bool right_only = word.has(mark::verb) && (harm == Harm::kill || harm == Harm::wound || harm == Harm::abduct);
    int q = -1;
    if (harm == Harm::toll)
      q = toll(word);
    else if (word.has(mark::noun))
      q = beside_noun(word);
    else if (right_only)
      q = right(word, 9);
    else if (harm == Harm::die)
      q = dying(word);
    else
      q = participle(word);
    if (q >= 0) return add(word, harm, static_cast<std::size_t>(q));
    if (one_person(word, harm)) add_one(word, harm);
  }

  /// "The mayor was shot dead", "the murder of Ali Hassan": the singular tells that it was one.
  bool one_person(const Sense& word, Harm harm) const {
    if (harm == Harm::die && word.first > s_.first) {
      const Sense* he = r_.at(word.first - 1, Category::function);
      return he && he->value == static_cast<std::uint32_t>(Function::it) && he->has(mark::one);
    }
    if (harm != Harm::kill && harm != Harm::wound && harm != Harm::abduct) return false;
    if (word.has(mark::verb) && word.has(mark::one)) return true;
    if (!word.has(mark::noun) && names_object(word)) return true;
    if (word.has(mark::noun))
      return word.has(mark::one) && word.last < s_.last && !r_.is(word.last, Function::not_) &&
             names_somebody(word.last);
    return word.has(mark::participle) && singular_be(word.first);
  }

  /// "was killed", "was reportedly killed", "has been killed".
  bool singular_be(std::size_t word) const {
    const auto back = [&](std::size_t i, Function f) {
      const Sense* s = i > s_.first ? r_.at(i - 1, Category::function) : nullptr;
      return s && s->value == static_cast<std::uint32_t>(f) ? s : nullptr;
    };
    const Sense* adverb = back(word, Function::have);
    const Sense* be = back(adverb && !adverb->has(mark::one) ? adverb->first : word, Function::be);
    if (!be || be->has(mark::one)) return be != nullptr;
    const Sense* has = back(be->first, Function::have);
    if (has && !has->has(mark::one)) has = back(has->first, Function::have);
    return has && has->has(mark::one);
  }

  /// "The trader, who had been hurt in the attack on Monday, died": far ahead, the sentence begins with whom it befell.
  int dying(const Sense& word) {
    const int near = left(word);
    if (near >= 0 || quantities_.empty() || word.first - s_.first > 40) return near;
    const Quantity& q = quantities_.front();
    const bool hurt = used_.front() >= 0 && plain(static_cast<Harm>(used_.front())) == Harm::wound;
    const bool told = q.people && !q.bare && !q.part && (used_.front() < 0 || hurt) && eligible(q);
    return told && q.first <= s_.first + 4 && q.last <= word.first && !crosses_clause(q.last, word.first) ? 0 : -1;
  }

  bool crosses_clause(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to; ++i)
      if (clause_break(i)) return true;
    return false;
  }

  /// "Police killed Ali Musa": two capitals behind a small verb.
  bool names_object(const Sense& word) const {
    const bool active = word.first > s_.first && !r_.is(word.first - 1, Function::be);
    return active && !r_.tokens.caseless && !r_.tokens[word.first].capitalised && !name_from(r_, s_, word.last).empty();
  }

  bool names_somebody(std::size_t i) const {
    return r_.tokens.caseless || r_.tokens[i].capitalised || r_.is(i, Category::title);
  }

  void add_one(const Sense& word, Harm harm) {
    Casualty c;
    c.harm = plain(harm);
    c.count.min = 1;
    c.count.qualifier = Qualifier::exact;
    c.first = word.first;
    c.last = word.last;
    c.word = word.first;
    c.sentence = number_;
    c.negated = negated(word.first);
    c.name = !word.has(mark::noun) && singular_be(word.first) ? name_before(r_, s_, word.first)
                                                              : name_from(r_, s_, word.last);
    c.count.who = c.name;
    out_.push_back(c);
  }

  /// "the judge Ana Paz was killed", "killed the judge, Ana Paz".
  std::string name_beside(const Quantity& q, const Sense& word) const {
    if (q.last > word.first) return name_from(r_, s_, q.last);
    auto name = name_before(r_, s_, word.first);
    return name.empty() && q.people ? name_from(r_, s_, q.last) : name;
  }

  /// "12 people were killed", "killed 12 people", "12 killed".
  int participle(const Sense& word) {
    const bool passive = word.first > s_.first && r_.is(word.first - 1, Function::be);
    const bool agent_follows =
        word.last < s_.last && (r_.is(word.last, Function::by) || r_.is(word.last, Function::in) ||
                                r_.is(word.last, Function::on) || r_.is(word.last, Function::after));
    const int l = left(word);
    if (passive || agent_follows) return l;
    const int right_one = right(word, 6);
    if (l < 0) return right_one;
    const Quantity& subject = quantities_[static_cast<std::size_t>(l)];
    // "Soldiers killed three rebels": the bare noun is who did it.
    if (subject.bare && (right_one >= 0 || (word.last < s_.last && r_.tokens[word.last].gap <= Gap::hyphen)))
      return right_one;
    if (adjacent_left(static_cast<std::size_t>(l), word) && !strongly_right(word)) return l;
    return right_one >= 0 ? right_one : l;
  }

  /// A number stands directly behind the word, without a comma: "killed at least 12".
  bool strongly_right(const Sense& word) const {
    if (word.last >= s_.last || r_.tokens[word.last].gap > Gap::hyphen) return false;
    for (std::size_t i = 0; i < quantities_.size(); ++i)
      if (quantities_[i].first == word.last && !quantities_[i].bare) return true;
    return false;
  }

  bool adjacent_left(std::size_t q, const Sense& word) const {
    for (std::size_t i = quantities_[q].last; i < word.first; ++i)
      if (!r_.is(i, Function::be) && !r_.is(i, Function::have) && !r_.is(i, Category::casualty) &&
          !r_.is(i, Function::other) && !r_.is(i, Function::conj))
        return false;
    return true;
  }

  bool clause_break(std::size_t i) const { return r_.tokens[i].gap >= Gap::clause; }

  int right(const Sense& word, std::size_t reach) {
    const std::size_t limit = std::min<std::size_t>(s_.last, word.last + reach);
    for (std::size_t i = 0; i < quantities_.size(); ++i) {
      const Quantity& q = quantities_[i];
      if (q.first < word.last || q.first >= limit || used_[i] >= 0) continue;
      if (blocked(word.last, q.first, true)) return -1;
      if (!eligible(q)) continue;
      return static_cast<int>(i);
    }
    return -1;
  }

  int left(const Sense& word) {
    for (std::size_t i = quantities_.size(); i-- > 0;) {
      const Quantity& q = quantities_[i];
      if (q.last > word.first) continue;
      if (word.first - q.last > 14) return -1;
      if (q.part || (used_[i] >= 0 && !abducted_first(i, word)) || !eligible(q) || hangs_on(q) ||
          describes(q, word.first))
        continue;
      const bool loose = !q.people || q.bare;
      if (loose && !adjacent_left(i, word)) continue;
      if (blocked(q.last, word.first, false)) return -1;
      return static_cast<int>(i);
    }
    return -1;
  }

  bool eligible(const Quantity& q) const { return q.people != People::animal; }

  bool counted_before(const Quantity& q) const {
    return std::any_of(quantities_.begin(), quantities_.end(),
                       [&](const Quantity& o) { return o.last <= q.first && !o.bare && !o.article && o.people; });
  }

  /// "(LeT) militant outfit were killed": a noun for one without an article stands for somebody only beside the word,
  /// with nothing but a name between.
  bool describes(const Quantity& q, std::size_t word) const {
    if (!q.article || with_article(q) || r_.tokens.caseless) return false;
    for (std::size_t i = q.last; i < word; ++i)
      if (!r_.tokens[i].capitalised && !r_.tokens[i].digits && r_.at(i).empty()) return true;
    return false;
  }

  /// "Four policemen were abducted and killed", "kidnapped by rebels and later executed": the same four.
  bool abducted_first(std::size_t i, const Sense& word) const {
    if (plain(static_cast<Harm>(used_[i])) != Harm::abduct || word.first < s_.first + 2) return false;
    return r_.is(word.first - 1, Function::conj) || r_.is(word.first - 2, Function::conj);
  }

  /// "two members of a militant group", "an attack on labourers": the noun only describes another.
  bool hangs_on(const Quantity& q) const {
    if (q.first == s_.first) return false;
    // "a captain of 12 Rifles died"
    if (!q.people && r_.is(q.first - 1, Function::of)) return true;
    const bool vague = q.indefinite || r_.is(q.first - 1, Function::of);
    if (!q.bare && !q.article && !(vague && counted_before(q))) return false;
    for (const Function f : {Function::of, Function::in, Function::on, Function::against, Function::by, Function::from,
                             Function::to, Function::with, Function::for_})
      if (r_.is(q.first - 1, f)) return true;
    return false;
  }

  /// Another casualty word or a clause mark between number and word: they do not belong together.
  bool blocked(std::size_t from, std::size_t to, bool rightward) const {
    int commas = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (clause_break(i) && i > from) return true;
      if (rightward && i > from && r_.tokens[i].gap == Gap::comma && ++commas > 0) return true;
      if (rightward && (r_.is(i, Category::casualty) || r_.is(i, Function::in) || r_.is(i, Function::by) ||
                        r_.is(i, Function::after)))
        return true;
      if (!rightward && r_.is(i, Category::casualty) && !r_.is(i, Category::people) && !joined_casualty(i, to))
        return true;
    }
    if (rightward && to < r_.tokens.size() && r_.tokens[to].gap == Gap::comma) return true;
    return false;
  }

  /// "killed or wounded", "shot and killed".
  bool joined_casualty(std::size_t i, std::size_t to) const {
    for (std::size_t j = r_.after(i); j < to; ++j)
      if (!r_.is(j, Function::conj) && !r_.is(j, Category::casualty) && !r_.is(j, Function::be)) return false;
    return true;
  }

  /// "12 dead", "the deaths of 12 soldiers", "12 deaths", "left 12 dead".
  int beside_noun(const Sense& word) {
    const int l = left(word);
    if (l >= 0) {
      const Quantity& q = quantities_[static_cast<std::size_t>(l)];
      if (q.article ? q.last == word.first && with_article(q) : word.first - q.last <= 2) return l;
    }
    const int right_one = right(word, 7);
    if (right_one < 0 || !follows_of(word)) return -1;
    const Quantity& q = quantities_[static_cast<std::size_t>(right_one)];
    const std::size_t begin = r_.is(word.last, Function::of) ? r_.after(word.last) : word.last;
    return !q.bare || q.first == begin ? right_one : -1;
  }

  /// "left a constable dead", "shot his wife dead"; not "officer deaths".
  bool with_article(const Quantity& q) const { return r_.is(q.first, Function::a) || r_.is(q.first, Function::det); }

  /// "the deaths of 12", or a noun that has its "of" inside ("killing of").
  bool follows_of(const Sense& word) const {
    return static_cast<Harm>(word.value) == Harm::kill || static_cast<Harm>(word.value) == Harm::abduct ||
           r_.is(word.last, Function::of);
  }

  /// "the death toll rose to 14", "a toll of 14", "toll: 14".
  int toll(const Sense& word) {
    int best = -1;
    for (std::size_t i = 0; i < quantities_.size(); ++i) {
      const Quantity& q = quantities_[i];
      if (q.first < word.last || q.first > word.last + 10 || q.article || q.bare) continue;
      best = static_cast<int>(i);
      if (q.first > word.last && (r_.is(q.first - 1, Function::to) || r_.is(q.first - 1, Function::of))) break;
      if (!r_.is(word.last, Function::from)) break;
    }
    return best;
  }

  void add(const Sense& word, Harm harm, std::size_t index) {
    const Quantity& q = quantities_[index];
    used_[index] = static_cast<int>(word.value);
    Casualty c;
    c.harm = plain(harm);
    c.toll = harm == Harm::toll;
    c.bare = q.bare;
    c.people = q.people;
    c.first = std::min(q.first, word.first);
    c.last = std::max(q.last, word.last);
    c.word = word.first;
    c.sentence = number_;
    c.negated = negated(c.first) || negated(word.first);
    c.also = said_also(word.first);
    c.name = name_beside(q, word);
    set_count(c, q);
    out_.push_back(c);
    if (!c.toll) list(word, harm, index);
    if (!c.toll && q.last <= word.first) list_behind(word, harm);
  }

  bool said_also(std::size_t word) const {
    const Sense* be = word > s_.first ? r_.at(word - 1, Category::function) : nullptr;
    return be && be->value == static_cast<std::uint32_t>(Function::be) && be->has(mark::loose);
  }

  /// "A commander was killed along with three of his men".
  void list_behind(const Sense& word, Harm harm) {
    const Sense* along = word.last < s_.last ? r_.at(word.last, Category::function) : nullptr;
    if (!along || along->value != static_cast<std::uint32_t>(Function::conj) || !along->has(mark::loose)) return;
    for (std::size_t i = 0; i < quantities_.size(); ++i) {
      const Quantity& q = quantities_[i];
      if (q.first < along->last) continue;
      if (q.first <= along->last + 1 && !q.bare && used_[i] < 0 && eligible(q)) join_group(word, harm, i);
      return;
    }
  }

  void set_count(Casualty& c, const Quantity& q) const {
    c.count.qualifier = q.bare ? Qualifier::unknown : q.qualifier;
    c.count.min = q.min;
    c.count.max = q.max;
    if (q.people) c.count.who = std::string(r_.tokens.slice(q.people_first, q.people_last));
  }

  /// "five soldiers, two policemen and a child were killed": what is joined to a counted group shares its fate.
  void list(const Sense& word, Harm harm, std::size_t index) {
    const bool leftward = quantities_[index].last <= word.first;
    std::size_t at = index;
    while (leftward ? at-- > 0 : ++at < quantities_.size()) {
      const Quantity& near = quantities_[leftward ? at + 1 : at - 1];
      const Quantity& q = quantities_[at];
      const std::size_t from = leftward ? q.last : near.last, to = leftward ? near.first : q.first;
      if (q.part || used_[at] >= 0 || !q.people || near.part || !only_joints(r_, from, to) || !eligible(q)) return;
      if (q.bare && !near.bare) return;
      join_group(word, harm, at);
    }
  }

  void join_group(const Sense& word, Harm harm, std::size_t index) {
    const Quantity& q = quantities_[index];
    used_[index] = static_cast<int>(word.value);
    Casualty c;
    c.harm = plain(harm);
    c.people = q.people;
    c.bare = q.bare;
    c.first = std::min(q.first, word.first);
    c.last = std::max(q.last, word.last);
    c.word = word.first;
    c.sentence = number_;
    set_count(c, q);
    out_.push_back(c);
  }

  bool negated(std::size_t at) const {
    for (std::size_t back = 1; back <= 3 && at >= s_.first + back; ++back)
      if (r_.is(at - back, Function::not_) || r_.is(at - back, Function::no_one)) return true;
    return false;
  }

  const Reading& r_;
  const Sentence& s_;
  std::uint32_t number_;
  std::vector<Quantity> quantities_;
  std::vector<int> used_;
  std::vector<Casualty> out_;
};

}  // namespace

std::vector<Casualty> find_casualties(const Reading& reading, const Sentence& sentence, std::uint32_t number) {
  return Joiner(reading, sentence, number).run();
}

}  // namespace tocsin
