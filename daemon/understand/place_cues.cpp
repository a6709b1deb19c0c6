#include "understand/place_cues.hpp"

#include <algorithm>

#include "understand/lexicon.hpp"

namespace tocsin {

namespace {

constexpr std::uint16_t operator|(Cue a, Cue b) {
  return static_cast<std::uint16_t>(static_cast<std::uint16_t>(a) | static_cast<std::uint16_t>(b));
}
constexpr std::uint16_t bit(Cue c) {
  return static_cast<std::uint16_t>(c);
}

std::uint16_t of_function(Function function) {
  switch (function) {
    case Function::in:
    case Function::from:
      return Cue::leads | Cue::locates;
    case Function::of:
    case Function::to:
    case Function::on:
      return bit(Cue::leads);
    case Function::with:
    case Function::against:
    case Function::between:
      return bit(Cue::partner);
    case Function::det:
    case Function::a:
      return bit(Cue::skipped);
    default:
      return 0;
  }
}

std::uint16_t of_place_word(PlaceWord word) {
  switch (word) {
    case PlaceWord::region:
      return bit(Cue::region);
    case PlaceWord::government:
      return bit(Cue::government);
    case PlaceWord::relations:
      return bit(Cue::relations);
    case PlaceWord::direction:
      return bit(Cue::direction);
    case PlaceWord::settlement:
      return bit(Cue::settlement);
    case PlaceWord::club:
      return bit(Cue::club);
  }
  return 0;
}

std::uint16_t of_payload(const Payload& p) {
  switch (static_cast<Category>(p.a)) {
    case Category::function:
      return of_function(static_cast<Function>(p.id));
    case Category::place_word:
      return of_place_word(static_cast<PlaceWord>(p.id));
    case Category::locative:
      return Cue::leads | Cue::locates;
    case Category::speech:
      return bit(Cue::speech);
    case Category::title:
      return bit(Cue::title);
    case Category::target:
      return static_cast<TargetClass>(p.id) == TargetClass::airport ? bit(Cue::airport) : std::uint16_t{0};
    default:
      return 0;
  }
}

}  // namespace

PlaceCues::PlaceCues(const PlaceContext& context)
    : tokens_(context.tokens),
      bits_(context.tokens.size(), 0),
      hidden_(context.tokens.size(), false),
      weak_(context.tokens.sentences.size() + 1, context.tokens.caseless) {
  for (const Hit& hit : context.hits) read_hit(hit, context.language);
  find_weak_sentences();
}

void PlaceCues::read_hit(const Hit& hit, std::uint8_t language) {
  std::uint16_t bits = 0;
  bool hides = false;
  for (const Payload& p : hit.payloads) {
    if (p.kind == PayloadKind::demonym) bits |= bit(Cue::demonym);
    if (p.kind != PayloadKind::lexicon) continue;
    const auto category = static_cast<Category>(p.a);
    // First names belong to no language; every other word does.
    if (category == Category::given_name) bits |= bit(Cue::given);
    if ((p.language != language && language != 255) || category == Category::given_name) continue;
    bits |= of_payload(p) | bit(Cue::known);
    hides = hides || category == Category::figurative;
  }
  for (auto i = hit.first; i < hit.last(); ++i) {
    bits_[i] |= bits;
    if (hides) hidden_[i] = true;
  }
}

bool PlaceCues::before(std::size_t first, Cue cue) const {
  for (std::size_t i = first, steps = 0; i > 0 && steps < 4; ++steps) {
    if (tokens_[i].sentence_start || tokens_[i].gap > Gap::hyphen) return false;
    --i;
    if (has(i, cue)) return true;
    if (!has(i, Cue::skipped) && !has(i, Cue::direction)) return false;
  }
  return false;
}

bool PlaceCues::beside(std::size_t first, std::size_t last, Cue cue) const {
  return has(last, cue) || before(first, cue) || (first >= 2 && has(first - 1, Cue::leads) && has(first - 2, cue));
}

bool PlaceCues::among(std::size_t first, std::size_t last, Cue cue) const {
  for (std::size_t i = first; i < last && i < bits_.size(); ++i)
    if (has(i, cue)) return true;
  return false;
}

void PlaceCues::find_weak_sentences() {
  for (std::size_t s = 0; s < tokens_.sentences.size(); ++s) {
    int words = 0, capitals = 0;
    for (auto i = tokens_.sentences[s].first; i < tokens_.sentences[s].last; ++i) {
      const Token& t = tokens_[i];
      if (t.digits || t.sentence_start || t.stop - t.start < 4) continue;
      ++words;
      capitals += t.capitalised;
    }
    if (words >= 4 && capitals * 10 >= words * 7) weak_[s] = true;
  }
}

}  // namespace tocsin
