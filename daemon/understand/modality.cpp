#include "understand/modality.hpp"

#include <algorithm>

namespace tocsin {

namespace {
constexpr std::size_t kReach = 5;  // words between a governing cue and the event

/// A comma, a bracket or a full stop between the cue and the event: the cue governs something else.
bool parted(const Reading& r, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i <= to && i < r.tokens.size(); ++i)
    if (r.tokens[i].gap >= Gap::comma && r.tokens[i].gap != Gap::quote && r.tokens[i].gap != Gap::decimal) return true;
  return false;
}

bool governs(const Reading& r, const Sense& cue, std::size_t first, std::size_t last) {
  if (!cue.has(mark::before) && !cue.has(mark::after)) return true;
  const bool ahead =
      cue.has(mark::before) && cue.last <= first && first - cue.last <= kReach && !parted(r, cue.last, first);
  const bool behind =
      cue.has(mark::after) && cue.first >= last && cue.first - last <= kReach && !parted(r, last, cue.first);
  return ahead || behind;
}

/// A denial wins over a possibility, a drill over both: the nearer to certain silence the stronger.
int rank(Modality m) {
  switch (m) {
    case Modality::exercise:
      return 5;
    case Modality::denied:
      return 4;
    case Modality::threat:
      return 3;
    case Modality::hypothetical:
      return 2;
    case Modality::retrospective:
      return 1;
    default:
      return 0;
  }
}
}  // namespace

ModalityReading modality_of(const Reading& r, std::size_t first, std::size_t last) {
  ModalityReading best;
  const Sentence& s = r.sentence_of(first);
  for (const Sense& cue : r.between(s.first, s.last)) {
    if (cue.category != Category::modality || cue.first == first || !governs(r, cue, first, last)) continue;
    const auto modality = static_cast<Modality>(cue.value);
    if (rank(modality) > rank(best.modality)) best = {modality, cue.first, cue.last};
  }
  return best;
}

}  // namespace tocsin
