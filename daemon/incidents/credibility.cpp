#include "incidents/credibility.hpp"

#include <algorithm>
#include <set>

#include "incidents/similarity.hpp"

namespace tocsin {

namespace {
// Above this share of equal word pairs two texts are one text with another headline.
constexpr double kReprint = 0.45;
}  // namespace

std::string origin_of(const Telling& telling, const std::vector<Telling>& earlier, std::string_view wire) {
  const std::string own = !wire.empty()                ? std::string(wire)
                          : !telling.publisher.empty() ? telling.publisher
                                                       : telling.feed;
  for (const Telling& other : earlier) {
    if (!telling.publisher.empty() && other.publisher == telling.publisher) return other.origin;
    if (other.text_print == telling.text_print || resemblance(other.sketch, telling.sketch) >= kReprint)
      return other.origin;
  }
  return own;
}

namespace {
/// Origins that affirm the incident. Armed parties and states tell of themselves: they affirm, but a denial is theirs
/// too.
std::set<std::string> witnesses(const Incident& incident) {
  std::set<std::string> origins;
  for (const Telling& t : incident.tellings)
    if (t.modality == Modality::reported || t.modality == Modality::retrospective) origins.insert(t.origin);
  return origins;
}

char best_reliability(const Incident& incident) {
  char best = 'F';
  for (const Telling& t : incident.tellings)
    if (t.modality == Modality::reported || t.modality == Modality::retrospective) best = std::min(best, t.reliability);
  return best;
}

int credibility_of(std::size_t origins, char reliability, bool contested) {
  if (contested) return origins >= 2 ? 3 : 4;
  if (origins >= 2) return reliability <= 'C' ? 1 : 2;
  if (reliability <= 'B') return 2;
  if (reliability == 'C') return 3;
  return reliability == 'F' ? 6 : 4;
}
}  // namespace

void grade(Incident& incident) {
  const auto origins = witnesses(incident);
  incident.publishers = static_cast<int>(origins.size());
  incident.contested = std::any_of(incident.tellings.begin(), incident.tellings.end(),
                                   [](const Telling& t) { return t.modality == Modality::denied; });
  incident.reliability = best_reliability(incident);
  incident.credibility = credibility_of(origins.size(), incident.reliability, incident.contested);
}

std::string grade_text(const Incident& incident) {
  return std::string(1, incident.reliability) + std::to_string(incident.credibility);
}

}  // namespace tocsin
