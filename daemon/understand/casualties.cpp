#include "understand/casualties.hpp"

#include <algorithm>

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
      q = left(word);
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
    if (word.has(mark::noun))
      return word.has(mark::one) && word.last < s_.last && !r_.is(word.last, Function::not_) &&
             names_somebody(word.last);
    if (word.first == s_.first || !word.has(mark::participle)) return false;
    const Sense* be = r_.at(word.first - 1, Category::function);
    return be && be->value == static_cast<std::uint32_t>(Function::be) && be->has(mark::one);
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
    out_.push_back(c);
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
      if (q.part || used_[i] >= 0 || !eligible(q) || hangs_on(q)) continue;
      const bool loose = !q.people || q.bare;
      if (loose && !adjacent_left(i, word)) continue;
      if (blocked(q.last, word.first, false)) return -1;
      return static_cast<int>(i);
    }
    return -1;
  }

  bool eligible(const Quantity& q) const { return q.people != People::animal; }

  /// "two members of a militant group", "an attack on labourers": the noun only describes another.
  bool hangs_on(const Quantity& q) const {
    if ((!q.bare && !q.article) || q.first == s_.first) return false;
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
    if (l >= 0 && word.first - quantities_[static_cast<std::size_t>(l)].last <= 2 &&
        !quantities_[static_cast<std::size_t>(l)].article)
      return l;
    const int right_one = right(word, 7);
    if (right_one < 0 || !follows_of(word)) return -1;
    const Quantity& q = quantities_[static_cast<std::size_t>(right_one)];
    const std::size_t begin = r_.is(word.last, Function::of) ? r_.after(word.last) : word.last;
    return !q.bare || q.first == begin ? right_one : -1;
  }

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
    set_count(c, q);
    out_.push_back(c);
    if (!c.toll) list(word, harm, index);
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
      if (q.part || used_[at] >= 0 || !q.people || near.part || !only_joints(from, to) || !eligible(q)) return;
      if (q.bare && !near.bare) return;
      used_[at] = static_cast<int>(word.value);
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
  }

  bool only_joints(std::size_t from, std::size_t to) const {
    bool joint = from < to;
    if (from == to) joint = r_.tokens[to].gap == Gap::comma;
    for (std::size_t i = from; i < to; ++i)
      if (!r_.is(i, Function::conj)) return false;
    return joint;
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
