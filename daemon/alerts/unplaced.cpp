#include "alerts/unplaced.hpp"

#include <array>

#include "base/fold.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

/// Folded, in the languages that the daemon understands and the neighbours of those.
constexpr std::array<std::string_view, 14> kGraveWords{"capital",   "capitale", "airport",    "aeroport",  "airfield",
                                                       "aerodrome", "airbase",  "aeropuerto", "aeroporto", "العاصمة",
                                                       "عاصمة",     "مطار",     "المطار",     "hauptstadt"};

bool is_word_byte(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool has_word(std::string_view folded, std::string_view word) {
  for (std::size_t at = folded.find(word); at != std::string_view::npos; at = folded.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word_byte(folded[at - 1]);
    const bool ends = end == folded.size() || !is_word_byte(folded[end]);
    if (starts && ends) return true;
  }
  return false;
}

std::string_view grave_word(std::string_view text) {
  const std::string folded = fold(text);
  const auto it =
      std::find_if(kGraveWords.begin(), kGraveWords.end(), [&](auto word) { return has_word(folded, fold(word)); });
  return it == kGraveWords.end() ? std::string_view() : *it;
}

std::string casualties(const Incident& incident) {
  const std::array<std::pair<std::string_view, const Toll*>, 3> kinds{
      {{"killed", &incident.killed}, {"injured", &incident.injured}, {"abducted", &incident.abducted}}};
  for (const auto& [name, toll] : kinds)
    for (const auto& number : {toll->min, toll->best, toll->max})
      if (number.value_or(0) > 0) return std::string(name) + ": " + std::to_string(*number);
  return "";
}

constexpr std::size_t kNamedRules = 3;

}  // namespace

UnplacedWeight weigh_unplaced(const Incident& incident, std::span<const std::string_view> texts) {
  if (const std::string toll = casualties(incident); !toll.empty()) return {true, toll};
  for (const TargetRef& target : incident.targets)
    if (target.target == TargetClass::airport) return {true, "target: airport"};
  std::vector<std::string_view> words(texts.begin(), texts.end());
  for (const Telling& telling : incident.tellings) words.emplace_back(telling.title);
  for (const std::string_view text : words)
    if (const auto word = grave_word(text); !word.empty()) return {true, "text: " + std::string(word)};
  return {};
}

Match unplaced_match(const Incident& incident, const std::vector<std::string>& held_back, const std::string& why) {
  Match match;
  match.rule = kUnplacedRule;
  match.title = {{"en", "Somewhere: no place could be found"}, {"fr", "Quelque part : aucun lieu trouvé"}};
  match.severity = Severity::Severe;
  match.urgency = Urgency::Immediate;
  match.confirmed = incident.publishers >= 2 || (incident.reliability >= 'A' && incident.reliability <= 'B');
  match.action = {{"en", "Read the sources and find the place. No rule for a country could judge it."},
                  {"fr", "Lire les sources et trouver le lieu. Aucune règle par pays n'a pu en juger."}};
  const std::vector<std::string> named(
      held_back.begin(), held_back.begin() + static_cast<std::ptrdiff_t>(std::min(held_back.size(), kNamedRules)));
  const std::size_t more = held_back.size() - named.size();
  match.why = {
      "UNPLACED: no place is known", why,
      "with a place might fire: " + join(named, ", ") + (more > 0 ? " and " + std::to_string(more) + " more" : "")};
  return match;
}

}  // namespace tocsin
