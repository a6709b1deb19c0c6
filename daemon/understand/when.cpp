#include "understand/when.hpp"

#include <algorithm>
#include <cstdlib>

namespace tocsin {

namespace {

std::optional<int> small_number(const Reading& r, std::size_t i, int most) {
  if (i >= r.tokens.size()) return std::nullopt;
  if (!r.tokens[i].digits) {
    // "17th", "1er"
    const auto w = r.tokens.word(i);
    std::size_t n = 0;
    while (n < w.size() && w[n] >= '0' && w[n] <= '9') ++n;
    const auto tail = w.substr(n);
    if (n == 0 || n > 2 || (tail != "st" && tail != "nd" && tail != "rd" && tail != "th" && tail != "er"))
      return std::nullopt;
  }
  const int value = std::atoi(std::string(r.tokens.word(i).substr(0, 4)).c_str());
  return value >= 1 && value <= most ? std::optional<int>(value) : std::nullopt;
}

std::optional<int> year_at(const Reading& r, std::size_t i) {
  if (i >= r.tokens.size() || !r.tokens[i].digits) return std::nullopt;
  const auto w = r.tokens.word(i);
  const int value = std::atoi(std::string(w.substr(0, 4)).c_str());
  // "1,900" is no year.
  if (w.size() == 4 && r.tokens[i].to - r.tokens[i].from == 4 && value >= 1900 && value <= 2100) return value;
  return std::nullopt;
}

Millis midnight(Millis at) {
  return at - ((at % kDay) + kDay) % kDay;
}
Millis day_of(int year, int month, int day) {
  return days_from_civil(year, month, std::min(day, days_in_month(year, month))) * kDay;
}

class Finder {
 public:
  Finder(const Reading& r, std::optional<Millis> published) : r_(r), published_(published) {}

  std::vector<TimeMention> run() {
    for (std::size_t i = 0; i < r_.tokens.size();) {
      const std::size_t next = r_.tokens[i].dateline ? i + 1 : step(i);
      i = std::max(i + 1, next);
    }
    return std::move(out_);
  }

 private:
  std::size_t step(std::size_t i) {
    if (const auto next = calendar(i)) return next;
    if (const Sense* s = r_.at(i, Category::day); s && s->first == i)
      return relative_days(i, s->last, static_cast<std::int64_t>(s->value) - 100);
    if (const Sense* s = r_.at(i, Category::weekday); s && s->first == i) return weekday_at(*s);
    if (const auto next = units_ago(i)) return next;
    if (const auto next = last_unit(i)) return next;
    if (const auto year = year_at(r_, i); year && ((i > 0 && r_.is(i - 1, Function::in)) || names_a_deed(i, *year)))
      return plain_year(i, *year);
    return i + 1;
  }

  /// "the 2020 port blast": a year of the past that stands before the deed it dates.
  bool names_a_deed(std::size_t i, int year) const {
    constexpr std::size_t kReach = 6;
    if (!published_ || year >= civil(*published_).year) return false;
    const std::size_t end = std::min<std::size_t>({i + kReach, r_.sentence_of(i).last, r_.tokens.size()});
    for (std::size_t at = i + 1; at < end && r_.tokens[at].gap < Gap::comma; ++at) {
      if (r_.at(at, Category::people)) return false;  // "2020 people fled"
      if (const Sense* s = r_.at(at, Category::event)) return !s->has(mark::verb);
    }
    return false;
  }

  void add(std::size_t first, std::size_t last, Millis from, Millis to, TimePrecision precision, bool relative) {
    TimeMention m;
    m.first = static_cast<std::uint32_t>(first);
    m.last = static_cast<std::uint32_t>(last);
    m.time = {from, to, precision};
    m.relative = relative;
    m.past = published_ && from < *published_ - 10 * kDay;
    out_.push_back(m);
  }

  /// "17 September 2024", "September 17", "17 septembre", "le 3 mai 1989", "3 OCT 89".
  std::size_t calendar(std::size_t i) {
    const Sense* month_first = r_.at(i, Category::month);
    if (month_first && month_first->first == i) return month_then_day(i, *month_first);
    const auto day = small_number(r_, i, 31);
    if (!day) return slashed(i);
    std::size_t at = i + 1;
    if (at < r_.tokens.size() && r_.is(at, Function::of)) ++at;
    if (at >= r_.tokens.size()) return 0;
    const Sense* month = r_.at(at, Category::month);
    if (!month || month->first != at || r_.tokens[at].gap > Gap::comma) return slashed(i);
    return dated(i, month->last, static_cast<int>(month->value), *day);
  }

  std::size_t month_then_day(std::size_t i, const Sense& month) {
    const auto day = small_number(r_, month.last, 31);
    if (day && r_.tokens[month.last].gap <= Gap::stop)
      return dated(i, month.last + 1, static_cast<int>(month.value), *day);
    std::size_t at = month.last;
    if (at < r_.tokens.size() && r_.is(at, Function::of)) ++at;
    if (const auto year = year_at(r_, at)) return whole_month(i, at + 1, *year, static_cast<int>(month.value));
    if (!published_ || i == 0 ||
        !(r_.is(i - 1, Function::in) || r_.is(i - 1, Function::since) || r_.is(i - 1, Function::last)))
      return 0;
    Civil now = civil(*published_);
    return whole_month(i, month.last, static_cast<int>(month.value) > now.month ? now.year - 1 : now.year,
                       static_cast<int>(month.value));
  }

  std::size_t whole_month(std::size_t first, std::size_t last, int year, int month) {
    const Millis from = day_of(year, month, 1);
    add(first, last, from, from + days_in_month(year, month) * kDay, TimePrecision::month, false);
    return last;
  }

  std::size_t dated(std::size_t first, std::size_t last, int month, int day) {
    std::size_t at = last;
    if (at < r_.tokens.size() && r_.is(at, Function::of)) ++at;
    std::optional<int> year;
    if (at < r_.tokens.size() && r_.tokens[at].gap <= Gap::comma) {
      year = year_at(r_, at);
      if (!year && r_.tokens[at].digits && r_.tokens.word(at).size() == 2 && r_.tokens.caseless)
        year = 1900 + std::atoi(std::string(r_.tokens.word(at)).c_str());
      if (year) last = at + 1;
    }
    if (!year) year = likely_year(month, day);
    if (!year) return last;
    const Millis from = day_of(*year, month, day);
    add(first, last, from, from + kDay, TimePrecision::day, false);
    return last;
  }

  /// The year that puts the day nearest before publication (a week ahead is still this year).
  std::optional<int> likely_year(int month, int day) const {
    if (!published_) return std::nullopt;
    const int year = civil(*published_).year;
    return day_of(year, month, day) > *published_ + 7 * kDay ? year - 1 : year;
  }

  /// "3/31/1971", "31/03/1971", "2024-09-17".
  std::size_t slashed(std::size_t i) {
    if (i + 2 >= r_.tokens.size() || !r_.tokens[i].digits || !r_.tokens[i + 1].digits || !r_.tokens[i + 2].digits)
      return 0;
    const Gap gap = r_.tokens[i + 1].gap;
    if ((gap != Gap::slash && gap != Gap::hyphen) || r_.tokens[i + 2].gap != gap) return 0;
    const auto number = [&](std::size_t k) { return std::atoi(std::string(r_.tokens.word(k).substr(0, 4)).c_str()); };
    const bool iso = year_at(r_, i).has_value();
    const auto year = year_at(r_, iso ? i : i + 2);
    int month = number(iso ? i + 1 : i), day = number(iso ? i + 2 : i + 1);
    if (!iso && month > 12) std::swap(month, day);
    if (!year || month < 1 || month > 12 || day < 1 || day > 31) return 0;
    const Millis from = day_of(*year, month, day);
    add(i, i + 3, from, from + kDay, TimePrecision::day, false);
    return i + 3;
  }

  std::size_t relative_days(std::size_t first, std::size_t last, std::int64_t days) {
    if (!published_) return last;
    const Millis from = midnight(*published_) - days * kDay;
    add(first, last, from, from + kDay, TimePrecision::day, true);
    return last;
  }

  /// A weekday is the latest one up to the day of publication; "last Monday" the same, "next Monday" none.
  std::size_t weekday_at(const Sense& s) {
    if (!published_ || (s.first > 0 && r_.is(s.first - 1, Function::next))) return s.last;
    const int back = (weekday(*published_) - static_cast<int>(s.value) + 7) % 7;
    return relative_days(s.first, s.last, back);
  }

  /// "two days ago", "il y a dix ans"
  std::size_t units_ago(std::size_t i) {
    std::size_t at = i;
    const bool ahead = r_.is(i, Function::ago);
    if (ahead) at = r_.after(i);
    const auto n = number_after(at);
    if (!n || n->second >= r_.tokens.size()) return 0;
    const Sense* unit = r_.at(n->second, Category::unit);
    if (!unit) return 0;
    if (!ahead && (unit->last >= r_.tokens.size() || !r_.is(unit->last, Function::ago))) return 0;
    return back(i, ahead ? unit->last : unit->last + 1, n->first, static_cast<TimeUnit>(unit->value));
  }

  std::optional<std::pair<int, std::size_t>> number_after(std::size_t at) const {
    if (const auto n = small_number(r_, at, 2000)) return std::pair(*n, at + 1);
    if (at < r_.tokens.size())
      if (const Sense* s = r_.at(at, Category::number); s && s->first == at)
        return std::pair(static_cast<int>(s->value), static_cast<std::size_t>(s->last));
    return std::nullopt;
  }

  std::size_t back(std::size_t first, std::size_t last, int n, TimeUnit unit) {
    if (!published_) return last;
    constexpr Millis kSpan[] = {kHour, kDay, 7 * kDay, 30 * kDay, 365 * kDay};
    constexpr TimePrecision kPrecision[] = {TimePrecision::hour, TimePrecision::day, TimePrecision::week,
                                            TimePrecision::month, TimePrecision::year};
    const auto u = static_cast<std::size_t>(unit);
    const Millis at = *published_ - n * kSpan[u];
    const Millis from = u == 0 ? at : midnight(at);
    add(first, last, from, from + (u == 0 ? kHour : kSpan[u]), kPrecision[u], true);
    return last;
  }

  /// "last week", "last year", "la semaine dernière"
  std::size_t last_unit(std::size_t i) {
    const auto unit_at = [&](std::size_t k) { return k < r_.tokens.size() ? r_.at(k, Category::unit) : nullptr; };
    if (r_.is(i, Function::last))
      if (const Sense* unit = unit_at(r_.after(i))) return back(i, unit->last, 1, static_cast<TimeUnit>(unit->value));
    if (const Sense* unit = unit_at(i);
        unit && unit->first == i && unit->last < r_.tokens.size() && r_.is(unit->last, Function::last))
      return back(i, unit->last + 1, 1, static_cast<TimeUnit>(unit->value));
    return 0;
  }

  std::size_t plain_year(std::size_t i, int year) {
    const Millis from = day_of(year, 1, 1);
    add(i, i + 1, from, day_of(year + 1, 1, 1), TimePrecision::year, false);
    return i + 1;
  }

  const Reading& r_;
  std::optional<Millis> published_;
  std::vector<TimeMention> out_;
};

}  // namespace

std::vector<TimeMention> find_times(const Reading& reading, std::optional<Millis> published) {
  return Finder(reading, published ? published : dateline_date(reading)).run();
}

std::optional<Millis> dateline_date(const Reading& r) {
  for (std::size_t i = r.tokens.body; i + 2 < r.tokens.size() && r.tokens[i].dateline; ++i) {
    const auto day = small_number(r, i, 31);
    const Sense* month = day ? r.at(i + 1, Category::month) : nullptr;
    if (!month || !r.tokens[i + 2].digits) continue;
    const int year = std::atoi(std::string(r.tokens.word(i + 2).substr(0, 4)).c_str());
    if (year >= 1900 && year < 2100) return day_of(year, static_cast<int>(month->value), *day);
    if (year < 100) return day_of(year < 60 ? 2000 + year : 1900 + year, static_cast<int>(month->value), *day);
  }
  return std::nullopt;
}

}  // namespace tocsin
