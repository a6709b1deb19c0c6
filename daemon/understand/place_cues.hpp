// What the words around a name say about it: cues for the gates, scores and roles of places*.cpp, and for nobody else.
// Built once an item from the phrase hits; every question is a look at a bit.
#pragma once
#include <cstdint>
#include <vector>

#include "understand/places.hpp"

namespace tocsin {

/// One bit a token.
enum class Cue : std::uint16_t {
  leads = 1 << 0,        // in, near, of, to, on: a place may follow
  locates = 1 << 1,      // in, near, from: what follows is meant as a place
  speech = 1 << 2,       // said, accuses
  title = 1 << 3,        // President, Colonel
  given = 1 << 4,        // a first name
  airport = 1 << 5,      // airport, airfield
  region = 1 << 6,       // province, state
  government = 1 << 7,   // army, junta, minister
  relations = 1 << 8,    // ties, talks
  direction = 1 << 9,    // northern, central
  settlement = 1 << 10,  // town, street
  club = 1 << 11,        // United, University
  partner = 1 << 12,     // with, against, between
  skipped = 1 << 13,     // the, its: may stand between "in" and a name
  known = 1 << 14,       // any word of the lexicon
  demonym = 1 << 15
};

class PlaceCues {
 public:
  explicit PlaceCues(const PlaceContext& context);

  /// False for tokens outside the text.
  [[nodiscard]] bool has(std::size_t token, Cue cue) const {
    return token < bits_.size() && (bits_[token] & static_cast<std::uint16_t>(cue)) != 0;
  }
  /// Inside a fixed expression that hides what its words mean ("heart attack", "Panama hat").
  [[nodiscard]] bool hidden(std::size_t token) const { return hidden_[token]; }
  /// A word with `cue` stands before `first`, at most articles and "northern", "central" between.
  [[nodiscard]] bool before(std::size_t first, Cue cue) const;
  /// A word with `cue` stands right behind [first, last), before it, or before the "of" that leads to it.
  [[nodiscard]] bool beside(std::size_t first, std::size_t last, Cue cue) const;
  /// Written where capitals prove nothing: all in capitals or a headline with a capital on every word.
  [[nodiscard]] bool weak_case(std::size_t token) const { return weak_[tokens_[token].sentence]; }
  /// The next or the previous word belongs to the same phrase of the same sentence: only a blank stands between.
  [[nodiscard]] bool joined(std::size_t token) const {
    return token > 0 && token < tokens_.size() && tokens_[token].gap == Gap::space && !tokens_[token].sentence_start;
  }
  /// Some token in [first, last), kept inside the text, has the cue.
  [[nodiscard]] bool among(std::size_t first, std::size_t last, Cue cue) const;

 private:
  void read_hit(const Hit& hit, std::uint8_t language);
  void find_weak_sentences();

  const Tokens& tokens_;
  std::vector<std::uint16_t> bits_;
  std::vector<bool> hidden_;
  std::vector<bool> weak_;  // per sentence
};

}  // namespace tocsin
