#include "feeds/dates.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/fold.hpp"
#include "base/text.hpp"
#include "feeds/date_words.hpp"

namespace tocsin {

namespace {
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// A number with its width, since "04" and "2004" differ in more than value.
struct Number {
  int value = 0;
  std::size_t width = 0;
};

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] bool done() const { return pos_ >= text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return pos_ + ahead < text_.size() ? text_[pos_ + ahead] : '\0';
  }
  [[nodiscard]] bool digit(std::size_t ahead = 0) const { return is_digit(peek(ahead)); }
  void skip(std::size_t n = 1) { pos_ += n; }
  bool take(char c) { return peek() == c && (++pos_, true); }
  bool take(std::string_view word) { return text_.substr(pos_, word.size()) == word && (pos_ += word.size(), true); }
  void spaces() {
    while (peek() == ' ' || peek() == '\t') ++pos_;
  }

  Number number(std::size_t at_most = 9) {
    Number n;
    for (; digit() && n.width < at_most; ++n.width) n.value = n.value * 10 + (text_[pos_++] - '0');
    return n;
  }

  int fraction_millis() {
    int value = 0, weight = 100;
    for (; digit(); ++pos_, weight /= 10) value += (text_[pos_] - '0') * weight;
    return value;
  }

  std::string_view word() {
    const auto start = pos_;
    while (!done() && (is_letter(text_[pos_]) || text_[pos_] == '.' || text_[pos_] == '/' || text_[pos_] == '_'))
      ++pos_;
    return text_.substr(start, pos_ - start);
  }

 private:
  std::string_view text_;
  std::size_t pos_ = 0;
};

/// What has been read so far; a part is missing while it is -1.
struct Parts {
  int year = -1, month = -1, day = -1;
  int hour = -1, minute = 0, second = 0, ms = 0;
  int offset = 0;  // minutes east of UTC
  const ZoneRule* zone = nullptr;
};

/// The year 2000 + n up to 68, 1900 + n from there on (POSIX strptime).
int full_year(Number n) {
  return n.width > 2 ? n.value : n.value + (n.value < 69 ? 2000 : 1900);
}

std::optional<Millis> moment(const Parts& p) {
  if (p.year < 1 || p.year > 9999 || p.month < 1 || p.month > 12 || p.day < 1 || p.day > days_in_month(p.year, p.month))
    return std::nullopt;
  if (p.hour > 24 || p.minute > 59 || p.second > 60) return std::nullopt;
  const Millis local = millis({p.year, p.month, p.day, std::max(0, p.hour), p.minute, std::min(p.second, 59), p.ms});
  return local - (p.zone ? offset_at(*p.zone, local) : p.offset) * kMinute;
}

/// "hh:mm[:ss[.fff]]" from the minutes on; the cursor stands behind the colon.
bool read_clock(Cursor& in, Number hour, Parts& p) {
  const Number minute = in.number(2);
  if (hour.width > 2 || minute.width == 0) return false;
  p.hour = hour.value;
  p.minute = minute.value;
  if (in.peek() == ':' && in.digit(1)) {
    in.skip();
    p.second = in.number(2).value;
    if ((in.peek() == '.' || in.peek() == ',') && in.digit(1)) {
      in.skip();
      p.ms = in.fraction_millis();
    }
  }
  return true;
}

/// "+0100", "+01:00", "+1", "-0530"; the cursor stands on the sign. An offset that no place on Earth has counts as
/// none.
bool read_offset(Cursor& in, Parts& p) {
  const int sign = in.take('-') ? -1 : (in.skip(), 1);
  const Number n = in.number(4);
  if (n.width == 0 || in.digit()) return false;
  int minutes = n.width <= 2 ? n.value * 60 : n.value / 100 * 60 + n.value % 100;
  if (in.take(':')) {
    const Number rest = in.number(2);
    if (rest.width != 2 || n.width > 2) return false;
    minutes += rest.value;
  }
  p.zone = nullptr;
  p.offset = minutes <= 15 * 60 ? sign * minutes : 0;
  return true;
}

bool read_ordinal(Parts& p, int day_of_year) {
  if (day_of_year < 1 || day_of_year > 366) return false;
  const Civil c = civil(millis({p.year, 1, 1}) + (day_of_year - 1) * kDay);
  p.month = c.month;
  p.day = c.day;
  return c.year == p.year;
}

/// Digits only: an epoch in seconds or milliseconds, or a date written without separators.
std::optional<Millis> from_digits(std::string_view s) {
  const auto part = [&](std::size_t at, std::size_t n) { return Cursor(s.substr(at, n)).number().value; };
  Parts p;
  switch (s.size()) {
    case 4:
      p = {part(0, 4), 1, 1};
      return p.year >= 1900 && p.year < 2200 ? moment(p) : std::nullopt;
    case 6:
      p = {full_year({part(0, 2), 2}), part(2, 2), part(4, 2)};
      return moment(p);
    case 7:
      p.year = part(0, 4);
      return read_ordinal(p, part(4, 3)) ? moment(p) : std::nullopt;
    case 8:
      p = {part(0, 4), part(4, 2), part(6, 2)};
      return moment(p);
    case 10:
      return (part(0, 5) * 100'000LL + part(5, 5)) * kSecond;
    case 12:
      p = {part(0, 4), part(4, 2), part(6, 2), part(8, 2), part(10, 2)};
      return moment(p);
    case 13:
      return part(0, 7) * 1'000'000LL + part(7, 6);
    case 14:
      p = {part(0, 4), part(4, 2), part(6, 2), part(8, 2), part(10, 2), part(12, 2)};
      return moment(p);
    default:
      return std::nullopt;
  }
}

/// "2003-12-31", "2003-12", "2003-335", "20031231" (before a clock), "03-12-31", "-03-12", "-0312", "2003-012-31".
bool read_iso_date(Cursor& in, Parts& p) {
  const bool short_form = in.take('-');
  const Number year = in.number(4);
  if (short_form ? year.width != 2 && year.width != 4 : year.width != 4 && year.width != 2) return false;
  if (short_form && year.width == 4) return p = {full_year({year.value / 100, 2}), year.value % 100, 1}, true;
  p.year = full_year(year);
  if (in.digit()) {  // no separators
    p.month = in.number(2).value;
    p.day = in.number(2).value;
    return true;
  }
  if (!in.take('-')) return false;
  Number month = in.number(3);
  if (month.width == 3 && in.peek() != '-') return read_ordinal(p, month.value);
  p.month = month.value;
  p.day = 1;
  if (month.width < 1 || short_form) return month.width == 2;
  if (in.take('-')) {
    const Number day = in.number(2);
    p.day = day.value;
    return day.width > 0;
  }
  return year.width == 4;
}

bool read_iso_clock(Cursor& in, Parts& p) {
  const Number hour = in.number(2);
  if (hour.width != 2) return false;
  p.hour = hour.value;
  if (in.take(':')) return read_clock(in, hour, p);
  if (in.digit()) p.minute = in.number(2).value;
  if (in.digit()) p.second = in.number(2).value;
  return true;
}

bool read_zone_word(std::string_view word, Parts& p) {
  p.zone = zone_by_name(lower_ascii(word));
  return p.zone != nullptr;
}

/// ISO 8601 and the W3C profile of it, with a blank for the T and any zone after it.
std::optional<Millis> from_iso(std::string_view s) {
  Cursor in(s);
  Parts p;
  if (!read_iso_date(in, p)) return std::nullopt;
  if (in.done()) return moment(p);
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return std::nullopt;
  in.spaces();
  if (!read_iso_clock(in, p)) return std::nullopt;
  in.spaces();
  if (in.peek() == '+' || in.peek() == '-') {
    if (!read_offset(in, p)) return std::nullopt;
  } else if (!in.done() && !read_zone_word(in.word(), p)) {
    return std::nullopt;
  }
  return in.done() ? moment(p) : std::nullopt;
}

/// "Tue, 17 Sep 2024 09:30:00 +0000" (RFC 822 with the years of RFC 2822), which most feeds write; anything else is for
/// WordReader.
std::optional<Millis> from_rfc822(std::string_view s) {
  static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (s.size() < 22 || s.substr(3, 2) != ", " || !std::all_of(s.begin(), s.begin() + 3, is_letter)) return std::nullopt;
  Cursor in(s.substr(5));
  Parts p;
  p.day = in.number(2).value;
  if (!in.take(' ')) return std::nullopt;
  const std::string_view name = in.word();
  const auto month = name.size() == 3 ? kMonths.find(name) : std::string_view::npos;
  if (month == std::string_view::npos || month % 3 != 0 || !in.take(' ')) return std::nullopt;
  p.month = static_cast<int>(month / 3) + 1;
  const Number year = in.number(4);
  p.year = year.value;
  if (year.width != 4 || !in.take(' ')) return std::nullopt;
  const Number hour = in.number(2);
  if (hour.width == 0 || !in.take(':') || !read_clock(in, hour, p) || !in.take(' ')) return std::nullopt;
  const bool zoned = in.peek() == '+' || in.peek() == '-' ? in.digit(1) && read_offset(in, p) : in.take("GMT");
  return zoned && in.done() ? moment(p) : std::nullopt;
}

/// Reads words and numbers in any order, as people and content systems write them.
class WordReader {
 public:
  explicit WordReader(std::string_view folded) : in_(folded) {}

  std::optional<Millis> run() {
    while (!in_.done())
      if (!token()) return std::nullopt;
    if (!settle()) return std::nullopt;
    if (afternoon_ && parts_.hour < 12) parts_.hour += 12;
    if (forenoon_ && parts_.hour == 12) parts_.hour = 0;
    return moment(parts_);
  }

 private:
  bool token() {
    const char c = in_.peek();
    if (is_digit(c)) return number();
    if (is_letter(c)) return word();
    if (c == '(') return comment();
    if ((c == '+' || c == '-') && clock_seen() && in_.peek(1) != ' ') return in_.digit(1) && read_offset(in_, parts_);
    in_.skip();
    return c != '+';
  }

  bool clock_seen() const { return parts_.hour >= 0; }

  bool comment() {
    while (!in_.done() && !in_.take(')')) in_.skip();
    return true;
  }

  bool number() {
    const Number n = in_.number();
    numbers_seen_ = true;
    if (in_.take(':')) return !clock_seen() && read_clock(in_, n, parts_);
    if (in_.peek() == 'h' && in_.digit(1) && n.width <= 2) return in_.skip(), read_clock(in_, n, parts_);
    if (cjk_unit(n)) return true;
    const char separator = in_.peek();
    if ((separator == '/' || separator == '.' || separator == '-') && in_.digit(1) && numbers_.empty() &&
        parts_.year < 0)
      return in_.skip(), group(n, separator);
    if ((in_.peek() == 'a' || in_.peek() == 'p') && in_.peek(1) == 'm' && !clock_seen())
      return parts_.hour = n.value, true;
    numbers_.push_back(n);
    return numbers_.size() <= 3;
  }

  /// "2024년 9월 17일", "2024年9月17日"
  bool cjk_unit(Number n) {
    in_.spaces();
    if (in_.take("年") || in_.take("년")) return parts_.year = n.value, true;
    if (in_.take("月") || in_.take("월")) return parts_.month = n.value, true;
    if (in_.take("日") || in_.take("일")) return parts_.day = n.value, true;
    return false;
  }

  bool group(Number a, char separator) {
    const Number b = in_.number(4);
    if (in_.peek() != separator || !in_.digit(1)) {
      if (b.width != 4) return false;
      parts_.year = b.value;
      parts_.month = a.value;
      return true;
    }
    in_.skip();
    return order(a, b, in_.number(4), separator == '/');
  }

  /// Year first where it is plain; else day first, except that slashes put the month first where that is possible.
  bool order(Number a, Number b, Number c, bool month_first) {
    if (a.width == 4) {
      parts_.year = a.value, parts_.month = b.value, parts_.day = c.value;
    } else {
      parts_.year = full_year(c), parts_.day = a.value, parts_.month = b.value;
      if ((month_first && a.value <= 12) || b.value > 12) std::swap(parts_.day, parts_.month);
    }
    return a.width <= 4 && c.width != 3;
  }

  bool word() {
    std::string word;
    for (const char c : in_.word())
      if (c != '.') word += c;
    if (const int month = month_by_name(word); month > 0 && !clock_is_last()) return parts_month_ = month, true;
    if (word == "am" || word == "pm") return (word == "am" ? forenoon_ : afternoon_) = true, true;
    if (numbers_seen_ && read_zone_word(word, parts_) && (clock_seen() || word == "gmt" || word == "utc")) return true;
    if ((!numbers_seen_ && parts_month_ < 0) || is_date_filler(word) || word == "t" || word == "n") return true;
    // A zone that nobody knows is taken for UTC, but only where a zone may stand.
    return clock_seen() && (word.size() <= 4 || word.find('/') != std::string::npos);
  }

  /// After the clock no month is expected once there is one: "PST" or "MART" is a zone then.
  bool clock_is_last() const { return clock_seen() && parts_month_ > 0; }

  /// Gives the bare numbers their meaning.
  bool settle() {
    if (parts_.month < 0 && parts_month_ > 0) {
      parts_.month = parts_month_;
      if (numbers_.empty() || numbers_.size() > 2) return false;
      return numbers_.size() == 1 ? only_year() : day_and_year();
    }
    if (numbers_.size() == 3 && parts_.month < 0) return order(numbers_[0], numbers_[1], numbers_[2], false);
    if (parts_.day < 0) parts_.day = 1;
    return numbers_.empty();
  }

  bool only_year() {
    if (parts_.day < 0) parts_.day = 1;
    return parts_.year < 0 && numbers_[0].width == 4 && (parts_.year = numbers_[0].value, true);
  }

  bool day_and_year() {
    const bool year_first = numbers_[0].width == 4;
    const Number year = numbers_[year_first ? 0 : 1];
    parts_.day = numbers_[year_first ? 1 : 0].value;
    parts_.year = full_year(year);
    return year.width == 2 || year.width == 4;
  }

  Cursor in_;
  Parts parts_;
  int parts_month_ = -1;
  std::vector<Number> numbers_;
  bool numbers_seen_ = false, forenoon_ = false, afternoon_ = false;
};
}  // namespace

std::optional<Millis> parse_date(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 120) return std::nullopt;
  if (const auto at = parse_rfc3339(text)) return at;
  if (const auto at = from_rfc822(text)) return at;
  if (std::all_of(text.begin(), text.end(), is_digit)) return from_digits(text);
  if (const auto at = from_iso(text)) return at;
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  const std::string folded = ascii ? lower_ascii(text) : fold(text);
  return WordReader(folded).run();
}

}  // namespace tocsin
