#include "understand/numbers.hpp"

#include <algorithm>
#include <charconv>

namespace tocsin {

namespace {

constexpr std::int64_t kMost = 10'000'000;  // people; more is a population or a sum of money

std::optional<std::int64_t> digits_at(const Reading& r, std::size_t i) {
  if (!r.tokens[i].digits) return std::nullopt;
  const auto w = r.tokens.word(i);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(w.data(), w.data() + w.size(), value);
  if (error != std::errc() || end != w.data() + w.size() || w.size() > 9) return std::nullopt;
  return value;
}

/// "1 200" with a blank: three digits after at most three.
bool continues_thousands(const Reading& r, std::size_t i, std::size_t limit) {
  if (i + 1 >= limit || !r.tokens[i + 1].digits || r.tokens[i + 1].gap != Gap::space) return false;
  return r.tokens.word(i).size() <= 3 && r.tokens.word(i + 1).size() == 3 &&
         r.tokens[i + 1].from == r.tokens[i].to + (r.tokens[i + 1].from - r.tokens[i].to);
}

bool decimal_beside(const Reading& r, std::size_t i) {
  if (r.tokens[i].gap == Gap::decimal) return true;
  return i + 1 < r.tokens.size() && r.tokens[i + 1].gap == Gap::decimal;
}

/// A clock or a score: "6:30", "3-2".
bool clock_beside(const Reading& r, std::size_t i) {
  const auto colon = [&](std::size_t later) {
    return later < r.tokens.size() && later > 0 && r.tokens[later].digits && r.tokens[later - 1].digits &&
           r.tokens[later].from == r.tokens[later - 1].to + 1 && r.tokens.original[r.tokens[later - 1].to] == ':';
  };
  return colon(i) || colon(i + 1);
}

bool money_before(const Reading& r, std::size_t i) {
  const auto from = r.tokens[i].from;
  if (from == 0) return false;
  const auto before = std::string_view(r.tokens.original).substr(from >= 4 ? from - 4 : 0, from >= 4 ? 4 : from);
  return before.back() == '$' || before.ends_with("\u20ac") || before.ends_with("\u00a3") || before.back() == '#';
}

bool followed_by_sign(const Reading& r, std::size_t i) {
  const auto to = r.tokens[i].to;
  return to < r.tokens.original.size() && (r.tokens.original[to] == '%' || r.tokens.original.compare(to, 2, " %") == 0);
}

}  // namespace

std::optional<Number> number_at(const Reading& r, std::size_t i, std::size_t limit) {
  std::int64_t total = 0, part = 0;
  bool any = false, indefinite = false;
  std::size_t at = i;
  while (at < limit) {
    const bool joined = at > i && (r.is(at, Function::conj) && any && at + 1 < limit);
    const std::size_t word = joined ? at + 1 : at;
    if (at > i && r.tokens[word].gap > Gap::hyphen) break;
    if (const auto value = digits_at(r, word); value && !joined) {
      if (any) break;
      part = *value;
      at = word + 1;
      while (continues_thousands(r, at - 1, limit)) {
        part = part * 1000 + digits_at(r, at).value_or(0);
        ++at;
      }
      any = true;
      continue;
    }
    const Sense* number = r.at(word, Category::number);
    const Sense* times = r.at(word, Category::multiplier);
    const Sense* vague = r.at(word, Category::vague);
    if (number && number->first == word) {
      // "one hundred and five", "vingt et un", "خمسة وعشرون": a smaller part joins a larger one or the reverse
      if (any && (part % 10 != 0 || part == 10) &&
          !(number->value >= 20 && number->value % 10 == 0 && part < 10 && r.tokens[word].script == Script::arabic))
        break;
      if (any && part > 0 && number->value >= static_cast<std::uint32_t>(part) && part >= 10) break;
      part += number->value;
      at = number->last;
      any = true;
    } else if (times && times->first == word && !joined) {
      part = std::max<std::int64_t>(part, 1) * times->value;
      if (times->value >= 1000) {
        total += part;
        part = 0;
      }
      at = times->last;
      any = true;
    } else if (vague && vague->first == word && !any) {
      part = vague->value;
      indefinite = any = true;
      at = vague->last;
      break;
    } else {
      break;
    }
  }
  if (!any || total + part > kMost) return std::nullopt;
  return Number{total + part, at, indefinite};
}

namespace {

class Finder {
 public:
  Finder(const Reading& r, std::size_t first, std::size_t last) : r_(r), last_(last), at_(first), first_(first) {}

  std::vector<Quantity> run() {
    while (at_ < last_) {
      const std::size_t before = at_;
      step();
      if (at_ <= before) at_ = before + 1;
    }
    return std::move(out_);
  }

 private:
  void step() {
    Quantity q;
    q.first = static_cast<std::uint32_t>(at_);
    std::size_t i = at_;
    if (const Sense* s = r_.at(i, Category::qualifier); s && s->first == i && !number_starts(i)) {
      q.qualifier = static_cast<Qualifier>(s->value);
      i = s->last;
      if (i < last_ && r_.is(i, Function::det)) ++i;
    }
    if (auto n = i < last_ && countable(i) ? number_at(r_, i, last_) : std::nullopt) return counted(q, *n);
    if (q.qualifier == Qualifier::exact && noun(at_)) return;
    at_ = std::max(at_ + 1, i);
  }

  bool number_starts(std::size_t i) const {
    const Sense* n = r_.at(i, Category::number);
    return n && n->first == i;
  }

  bool countable(std::size_t i) const {
    if (r_.tokens[i].dateline || r_.masked[i]) return false;
    return !r_.tokens[i].digits ||
           (!decimal_beside(r_, i) && !clock_beside(r_, i) && !money_before(r_, i) && !followed_by_sign(r_, i));
  }

  void counted(Quantity q, const Number& n) {
    q.min = n.value;
    q.indefinite = n.indefinite;
    if (n.indefinite) q.qualifier = Qualifier::at_least;
    std::size_t i = n.last;
    range(q, i);
    const std::size_t after_number = i;
    at_ = i;
    if (i < last_ && (r_.is(i, Category::month) || r_.is(i, Category::unit_other)) && r_.tokens[i].gap <= Gap::hyphen)
      return;
    if (q.first > first_ && r_.is(q.first - 1, Category::month) && q.min <= 31 && r_.tokens[q.first].digits) return;
    if (r_.tokens[q.first].digits && q.qualifier == Qualifier::exact && q.min >= 1900 && q.min <= 2100 &&
        r_.tokens.word(q.first).size() == 4 && !people_at(i))
      return;
    others(q, i);
    people(q, i);
    if (!q.people && ((i < last_ && r_.is(i, Category::unit_other)) || age(q, after_number))) return;
    part(q);
    q.last = static_cast<std::uint32_t>(std::max({i, after_number}));
    at_ = q.last;
    apply_qualifier(q);
    out_.push_back(q);
  }

  /// "12 to 15", "12-15", "between 12 and 15".
  void range(Quantity& q, std::size_t& i) {
    if (i >= last_) return;
    const bool dash = r_.tokens[i].gap == Gap::hyphen && r_.tokens[i].digits;
    const bool word = r_.is(i, Function::to) ||
                      (q.first > first_ && r_.is(q.first - 1, Function::between) && r_.is(i, Function::conj));
    if (!dash && !word) return;
    const auto upper = number_at(r_, dash ? i : i + 1, last_);
    if (!upper || upper->value <= q.min || upper->value > q.min * 20 + 10) return;
    q.max = upper->value;
    q.qualifier = Qualifier::about;
    i = upper->last;
  }

  void others(Quantity& q, std::size_t& i) {
    if (i < last_ && r_.is(i, Function::other)) {
      q.other = true;
      i = r_.after(i);
    }
  }

  /// "Ali Hassan, 45, was killed", "Ali Hassan (45)": between marks behind a name it is an age.
  bool age(const Quantity& q, std::size_t after) const {
    const Token& t = r_.tokens[q.first];
    if (!t.digits || q.min > 110 || q.first == first_ || (t.gap != Gap::comma && t.gap != Gap::bracket)) return false;
    const Token& before = r_.tokens[q.first - 1];
    return before.capitalised && !before.digits && (after >= last_ || r_.tokens[after].gap >= Gap::comma);
  }

  bool people_at(std::size_t i) const { return i < last_ && r_.is(i, Category::people); }

  /// Up to four words of description may stand between the number and the noun: "12 unarmed Malian soldiers".
  void people(Quantity& q, std::size_t& i) {
    std::size_t j = i;
    for (int skipped = 0; j < last_ && skipped < 5; ++skipped) {
      if (skipped > 0 && r_.tokens[j].gap > Gap::slash && r_.tokens[j].gap != Gap::quote) break;
      if (r_.masked[j]) {
        named(q, j);
        continue;
      }
      if (const Sense* s = r_.at(j, Category::people)) {
        j = s->last;
        // "police officers", "student protesters": the last noun of the row counts
        while (j < last_ && r_.tokens[j].gap <= Gap::hyphen && r_.is(j, Category::people) &&
               !r_.is(j, Category::casualty))
          s = r_.at(j, Category::people), j = s->last;
        q.people = static_cast<People>(s->value);
        q.people_first = s->first;
        q.people_last = s->last;
        i = s->last;
        return;
      }
      if (const Sense* role = r_.at(j, Category::role)) {
        q.people_first = role->first;
        q.people_last = role->last;
        q.people = static_cast<ActorGroup>(role->value) == ActorGroup::state ? People::force : People::militant;
        j = role->last;
        continue;
      }
      if (stops_noun_phrase(j)) break;
      ++j;
    }
    if (q.people) i = q.people_last;
  }

  /// "Two al-Shabaab dead": the group's name stands for its men, unless a noun follows.
  void named(Quantity& q, std::size_t& j) const {
    q.people_first = static_cast<std::uint32_t>(j);
    while (j < last_ && r_.masked[j]) ++j;
    q.people_last = static_cast<std::uint32_t>(j);
    q.people = People::militant;
  }

  bool stops_noun_phrase(std::size_t j) const {
    if (r_.is(j, Category::casualty) || r_.is(j, Category::unit_other) || r_.is(j, Category::number) ||
        r_.tokens[j].digits)
      return true;
    if (r_.is(j, Category::speech) || r_.is(j, Category::weekday) || r_.is(j, Category::month)) return true;
    if (r_.is(j, Function::of) || r_.is(j, Function::det) || r_.is(j, Function::other)) return false;
    for (const Sense& s : r_.at(j))
      if (s.category == Category::function ||
          (s.category == Category::event && s.has(mark::verb) && !s.has(mark::noun)))
        return true;
    return false;
  }

  /// "including three children", "three of them": a part of what was counted before.
  void part(Quantity& q) const {
    for (std::size_t back = 1; back <= 3 && q.first >= first_ + back; ++back)
      if (r_.is(q.first - back, Function::including)) q.part = true;
    for (std::size_t j = q.first; j < std::min<std::size_t>(last_, q.first + 6); ++j)
      if (r_.is(j, Function::of_them)) q.part = true;
  }

  void apply_qualifier(Quantity& q) const {
    if (q.qualifier == Qualifier::up_to && !q.max) {
      q.max = q.min;
    }
  }

  /// "a soldier", "the mayor", "three-year-old" left aside: a noun for one person or for several without a number.
  bool noun(std::size_t i) {
    const bool article = r_.is(i, Function::a) || r_.is(i, Function::det);
    std::size_t j = article ? r_.after(i) : i;
    if (r_.masked[i]) return false;
    Quantity q;
    q.first = static_cast<std::uint32_t>(i);
    if (!article && !r_.is(i, Category::people)) return false;
    std::size_t k = j;
    people(q, k);
    if (!q.people || (!article && q.people_first != i)) return false;
    const Sense* s = r_.at(q.people_first, Category::people);
    if (!s) return false;
    q.last = static_cast<std::uint32_t>(k);
    q.min = s->has(mark::one) ? 1 : 2;
    q.article = s->has(mark::one);
    q.bare = !q.article;
    q.qualifier = q.bare ? Qualifier::at_least : Qualifier::exact;
    part(q);
    out_.push_back(q);
    at_ = k;
    return true;
  }

  const Reading& r_;
  std::size_t last_, at_, first_;
  std::vector<Quantity> out_;
};

}  // namespace

std::vector<Quantity> find_quantities(const Reading& reading, std::size_t first, std::size_t last) {
  return Finder(reading, first, last).run();
}

}  // namespace tocsin
