// Which of the deeds that an item tells it is mainly about: what speaks for each draft, weighed by a table
// (rules/lexicon/precedence.tsv, made by packaging/weights/precedence.py). For report.cpp.
#pragma once
#include <array>
#include <vector>

#include "understand/findings.hpp"
#include "understand/report.hpp"

namespace tocsin {

/// What may speak for or against a draft. Beside it stands its type.
enum class Cue : std::uint8_t {
  amount,     // logarithm of its prominence
  often,      // logarithm of the number of its mentions
  first,      // no other draft is told earlier
  headline,   // the headline tells it with a word that is not weak
  verb,       // some mention is a verb
  loose,      // all mentions fit wider deeds too ("explosion")
  from_harm,  // only killings and woundings tell of it
  killed,     // these five: in a sentence that tells it
  wounded,
  abducted,
  doer,  // somebody, no state, did something
  target,
  retrospective,  // told as long past
  no_fact         // hypothetical, denied, threatened, an exercise
};
inline constexpr Words<Cue, 14> kCues{{"amount", "often", "first", "headline", "verb", "loose", "from_harm", "killed",
                                       "wounded", "abducted", "doer", "target", "retrospective", "no_fact"}};

/// The rows of Image::precedence: each cue, then each event type.
inline constexpr std::size_t kPrecedenceRows = kCues.names.size() + kEventTypes.size();

/// Fills `cues` and `precedence` of every draft where there are two or more. A type has the precedence of its best
/// draft: whether the deed is a fact is not for this table to say.
void weigh_drafts(const Findings& findings, std::vector<Draft>& drafts);

}  // namespace tocsin
