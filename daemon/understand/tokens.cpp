#include "understand/tokens.hpp"

#include <algorithm>
#include <array>

#include "base/fold.hpp"
#include "base/text.hpp"
#include "understand/characters.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kMostWords = 20000;

constexpr std::array<std::string_view, 11> kElisions{"d", "l",  "s",     "c",      "j",     "m",
                                                     "t", "qu", "jusqu", "lorsqu", "puisqu"};
// A full stop after these ends no sentence; single letters never do.
constexpr std::array<std::string_view, 43> kAbbreviations{
    "mr",  "mrs", "ms",  "dr",   "st",  "gen", "col", "lt",   "sgt",  "capt", "cpl",  "maj", "cmdr",  "adm", "gov",
    "sen", "rep", "rev", "prof", "jan", "feb", "aug", "sept", "sep",  "oct",  "nov",  "dec", "no",    "nos", "vs",
    "mm",  "mme", "mgr", "sr",   "sra", "jr",  "ft",  "mt",   "brig", "insp", "supt", "hrs", "approx"};

template <class Array>
bool contains(const Array& all, std::string_view word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// Reads the original once, left to right, cutting it into tokens.
class Reader {
 public:
  explicit Reader(Tokens& out) : out_(out), text_(out.original) {}

  void read(std::size_t title_bytes) {
    title_ = title_bytes;
    sentence_begins_ = true;
    while (pos_ < text_.size() && out_.tokens.size() < kMostWords) step();
    finish_sentence();
  }

 private:
  void step() {
    if (title_ && pos_ == title_) end_title();
    const std::size_t at = pos_;
    const char32_t c = next_code_point(text_, pos_);
    if (is_digit(c) || is_letter(c)) return word(at, c);
    ++code_point_;
    separator(c);
  }

  void separator(char32_t c) {
    if (c == '\n') {
      if (gap_ == Gap::paragraph || newline_) gap_ = Gap::paragraph;
      newline_ = true;
      return raise(Gap::space);
    }
    const Gap gap = is_apostrophe(c) ? Gap::apostrophe : gap_of(c);
    if (gap != Gap::space) newline_ = false;
    if (gap == Gap::quote) quoted_ = c == 0x201C || c == 0xAB || c == 0x201E || (c == '"' && !quoted_);
    // Two hyphens, or one between blanks, are a dash; a stop after a stop changes nothing.
    if (gap == Gap::hyphen && (gap_ == Gap::hyphen || gap_ == Gap::space)) return raise(Gap::dash);
    if (gap_ == Gap::hyphen && c == ' ') return;
    raise(gap);
  }

  void raise(Gap gap) { gap_ = std::max(gap_, gap); }

  void end_title() {
    finish_sentence();
    gap_ = Gap::paragraph;
    quoted_ = false;
    sentence_begins_ = true;
    out_.body = out_.tokens.size();
    title_ = 0;
    in_text_ = true;
  }

  void word(std::size_t at, char32_t c) {
    Token t;
    t.from = static_cast<std::uint32_t>(at);
    t.start = static_cast<std::uint32_t>(code_point_);
    t.gap = out_.tokens.empty() ? Gap::none : gap_;
    t.capitalised = is_capital(c);
    t.script = script_of(c);
    t.quoted = quoted_;
    t.headline = title_ != 0;
    if (!out_.words.empty()) out_.words += ' ';
    t.begin = static_cast<std::uint32_t>(out_.words.size());
    letters_ = capitals_ = 0;
    only_digits_ = true;
    take(c);
    while (pos_ < text_.size() && !(title_ && pos_ >= title_) && letters_ < 60 && grows(c)) {
    }
    close(t);
  }

  void take(char32_t c) {
    append_folded(out_.words, c);
    ++code_point_;
    ++letters_;
    capitals_ += is_capital(c);
    only_digits_ = only_digits_ && is_digit(c);
  }

  /// Takes one more code point into the word when it belongs there; `c` is the one before.
  bool grows(char32_t& c) {
    std::size_t next = pos_;
    const char32_t d = next_code_point(text_, next);
    if (is_letter(d) || is_digit(d)) {
      pos_ = next;
      take(d);
      c = d;
      return true;
    }
    if (next >= text_.size()) return false;
    std::size_t after = next;
    const char32_t e = next_code_point(text_, after);
    if (is_apostrophe(d) && is_letter(e)) return joins_over_apostrophe(e, next, after, c);
    if ((d == ',' || d == '.') && only_digits_ && is_digit(e)) return joins_thousands(next);
    if (d == '.' && is_capital(c) && is_capital(e) && initials()) return joins_initials(e, after, c);
    return false;
  }

  std::string_view current() const {
    const auto space = out_.words.rfind(' ');
    return std::string_view(out_.words).substr(space == std::string::npos ? 0 : space + 1);
  }

  /// "Sana'a" and "don't" are one word; "l'armée", "d'Ivoire" and "Mali's" are two.
  bool joins_over_apostrophe(char32_t e, std::size_t next, std::size_t after, char32_t& c) {
    if (contains(kElisions, current())) return false;
    const bool ends = after >= text_.size() || [&] {
      std::size_t p = after;
      const char32_t f = next_code_point(text_, p);
      return !is_letter(f) && !is_digit(f);
    }();
    if ((e == 's' || e == 'S') && ends) return false;
    // "n'a", "n'est" are two words, "N'Djamena" is one.
    if (current() == "n" && !is_capital(e)) return false;
    pos_ = next;
    ++code_point_;
    next_code_point(text_, pos_);
    take(e);
    c = e;
    return true;
  }

  /// "2,300" and "2.300" lose the separator; "6.4" stays two tokens.
  bool joins_thousands(std::size_t next) {
    std::size_t p = next;
    for (int i = 0; i < 3; ++i) {
      if (p >= text_.size() || !is_digit(next_code_point(text_, p))) return false;
    }
    if (letters_ > 3 && !grouped_) return false;
    if (p < text_.size()) {
      std::size_t q = p;
      if (is_digit(next_code_point(text_, q))) return false;
    }
    grouped_ = true;
    ++code_point_;
    pos_ = next;
    for (int i = 0; i < 3; ++i) take(next_code_point(text_, pos_));
    return true;
  }

  /// So far nothing but capitals, each followed by a full stop.
  bool initials() const { return capitals_ == letters_ && (letters_ == 1 || dotted_); }

  bool joins_initials(char32_t e, std::size_t after, char32_t& c) {
    std::size_t p = after;
    const char32_t f = after < text_.size() ? next_code_point(text_, p) : U' ';
    if (is_letter(f) || is_digit(f)) return false;
    dotted_ = true;
    ++code_point_;  // the full stop
    pos_ = after;
    take(e);
    c = e;
    if (pos_ < text_.size() && text_[pos_] == '.') {
      std::size_t q = pos_ + 1;
      const bool more = q < text_.size() && is_capital(next_code_point(text_, q));
      if (!more) dot_after_initials_ = true;
    }
    return true;
  }

  void close(Token& t) {
    if (dot_after_initials_) {
      ++pos_;
      ++code_point_;
    }
    t.end = static_cast<std::uint32_t>(out_.words.size());
    t.to = static_cast<std::uint32_t>(pos_ - (dot_after_initials_ ? 1 : 0));
    t.stop = static_cast<std::uint32_t>(code_point_ - (dot_after_initials_ ? 1 : 0));
    t.digits = only_digits_;
    t.all_caps = letters_ >= 2 && capitals_ == letters_;
    if (t.script == Script::arabic) cut_article(t);
    if (t.digits && !out_.tokens.empty() && out_.tokens.back().digits && t.gap == Gap::stop &&
        t.from == out_.tokens.back().to + 1)
      t.gap = Gap::decimal;
    if (ends_sentence(t)) finish_sentence();
    t.sentence_start = sentence_begins_;
    t.sentence = static_cast<std::uint16_t>(std::min<std::size_t>(out_.sentences.size(), 0xFFFF));
    sentence_begins_ = false;
    out_.tokens.push_back(t);
    gap_ = Gap::none;
    newline_ = dotted_ = grouped_ = dot_after_initials_ = false;
  }

  bool ends_sentence(const Token& t) const {
    if (out_.tokens.empty() || sentence_begins_) return false;
    if (t.gap == Gap::paragraph) return true;
    if (t.gap != Gap::stop) return false;
    const Token& before = out_.tokens.back();
    const bool has_case = t.script == Script::latin || t.script == Script::cyrillic;
    if (has_case && !t.capitalised && !t.quoted && !t.digits)
      return before.digits ? false : t.from > before.to + 1 && text_[before.to] != '.';
    const auto previous = out_.word(out_.tokens.size() - 1);
    if (text_[before.to] != '.') return true;
    if (t.from == before.to + 1) return false;  // no blank: "6.30", "www.site"
    return !(previous.size() == 1 && !before.digits) && !contains(kAbbreviations, previous);
  }

  void finish_sentence() {
    const auto first = out_.sentences.empty() ? 0 : out_.sentences.back().last;
    const auto last = static_cast<std::uint32_t>(out_.tokens.size());
    if (last > first) out_.sentences.push_back({first, last, !in_text_ && title_ != 0});
    sentence_begins_ = true;
  }

  /// Arabic: "الجيش", "والجيش", "بالجيش", "للجيش" all become "جيش"; words too short to carry an article stay.
  void cut_article(Token& t) {
    std::string_view w = std::string_view(out_.words).substr(t.begin);
    constexpr std::string_view kAl = "ال", kLil = "لل";
    constexpr std::array<std::string_view, 5> kProclitics{"و", "ف", "ب", "ك", "ل"};
    const auto letters = [](std::string_view s) { return s.size() / 2; };
    std::size_t cut = 0;
    if (w.substr(0, 4) == kAl || w.substr(0, 4) == kLil)
      cut = 4;
    else if (w.size() > 6 && contains(kProclitics, w.substr(0, 2)) && w.substr(2, 4) == kAl)
      cut = 6;
    else if (w.size() > 6 && w.substr(0, 2) == "و" && w.substr(2, 4) == kLil)
      cut = 6;
    if (cut && letters(w) - cut / 2 >= 3) {
      out_.words.erase(t.begin, cut);
      t.end = static_cast<std::uint32_t>(out_.words.size());
      return;
    }
    t.proclitic = letters(w) >= 4 && contains(kProclitics, w.substr(0, 2));
  }

  Tokens& out_;
  std::string_view text_;
  std::size_t pos_ = 0, title_ = 0, code_point_ = 0;
  Gap gap_ = Gap::none;
  int letters_ = 0, capitals_ = 0;
  bool newline_ = false, quoted_ = false, only_digits_ = false, dotted_ = false, grouped_ = false,
       dot_after_initials_ = false;
  bool sentence_begins_ = true, in_text_ = false;
};

/// The place line before the news: a dash within the first words of the text, and before it capitals or a bracketed
/// agency.
void mark_dateline(Tokens& t) {
  const std::size_t last = std::min(t.size(), t.body + 16);
  bool bracket = false;
  std::size_t shouting = 0;
  for (std::size_t i = t.body; i < last; ++i) {
    const Token& token = t.tokens[i];
    if (i > t.body) {
      bracket = bracket || token.gap == Gap::bracket;
      const bool dash =
          token.gap == Gap::dash ||
          (token.gap > Gap::hyphen &&
           t.original.substr(t.tokens[i - 1].to, token.from - t.tokens[i - 1].to).find('-') != std::string::npos);
      if (dash && (bracket || shouting >= i - t.body - 1 || (t.caseless && shouting > 0)) && i - t.body <= 14) {
        for (std::size_t j = t.body; j < i; ++j) t.tokens[j].dateline = true;
        return;
      }
      if (token.gap == Gap::paragraph || (token.gap == Gap::stop && !bracket)) return;
    }
    shouting += token.all_caps || token.digits || (bracket && token.capitalised);
  }
}

/// More than half of the longer words stand in capitals: then capitals tell nothing.
bool written_in_capitals(const Tokens& t) {
  std::size_t words = 0, shouted = 0;
  for (std::size_t i = t.body; i < t.size(); ++i) {
    const Token& token = t[i];
    if (token.script != Script::latin && token.script != Script::cyrillic) continue;
    if (token.end - token.begin < 4) continue;
    ++words;
    shouted += token.all_caps;
  }
  return words > 4 && shouted * 2 > words;
}

/// A text without a single capital (slugs, transcripts).
bool without_capitals(const Tokens& t) {
  std::size_t letters = 0;
  for (const Token& token : t.tokens) {
    if (token.capitalised) return false;
    letters += token.script == Script::latin || token.script == Script::cyrillic;
  }
  return letters > 0;
}

}  // namespace

Tokens tokenise(std::string_view title, std::string_view text) {
  Tokens out;
  out.original.reserve(title.size() + text.size() + 1);
  if (!title.empty()) out.original.append(title).push_back('\n');
  out.original.append(text);
  out.words.reserve(out.original.size() + 16);
  out.tokens.reserve(out.original.size() / 6 + 8);
  Reader(out).read(title.empty() ? 0 : title.size());
  if (out.body > out.size()) out.body = out.size();
  for (std::size_t i = 0; i < out.sentences.size(); ++i) out.sentences[i].headline = out.sentences[i].first < out.body;
  out.caseless = written_in_capitals(out) || without_capitals(out);
  mark_dateline(out);
  return out;
}

std::vector<std::string> words_of(std::string_view phrase) {
  const Tokens t = tokenise("", phrase);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < t.size(); ++i) out.emplace_back(t.word(i));
  return out;
}

}  // namespace tocsin
