#include "alerts/headline.hpp"

#include <algorithm>
#include <array>

#include "alerts/headline_language.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

constexpr std::array kLanguages{&kEnglishHeadline, &kFrenchHeadline};
constexpr std::size_t kMostTargets = 3;
constexpr std::size_t kMostActors = 2;
constexpr std::size_t kLongestName = 60;

std::string shown(const std::string& feed_words) {
  return shortened(one_line(feed_words), kLongestName);
}

std::vector<TargetClass> main_targets(const Incident& incident) {
  std::vector<TargetClass> out;
  for (const auto& t : incident.targets)
    if (out.size() < kMostTargets && std::find(out.begin(), out.end(), t.target) == out.end()) out.push_back(t.target);
  return out;
}

/// Named groups only: "gunmen" says nothing that the type does not say.
std::vector<std::string> actors_in(const Incident& incident, ActorRole role) {
  std::vector<std::string> out;
  for (const auto& actor : incident.actors) {
    const std::string name = shown(actor.name);
    const bool named = actor.role == role && !name.empty() && !actor.id.starts_with("unknown");
    if (named && out.size() < kMostActors && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  }
  return out;
}

void take_place(HeadlineFacts& facts, const Place& place) {
  facts.country = country_by_alpha2(place.country);
  const bool is_country = place.precision == Precision::country || place.kind == PlaceKind::country ||
                          (facts.country && (place.name == facts.country->en || place.name == facts.country->fr));
  if (is_country && facts.country) return;
  facts.place = shown(place.name);
  facts.is_area = place.kind == PlaceKind::region || place.precision == Precision::area;
  if (place.city != place.name) facts.city = shown(place.city);
  facts.at_airport = place.kind == PlaceKind::airport && !facts.city.empty();
}

HeadlineFacts facts_of(const Incident& incident) {
  HeadlineFacts facts;
  facts.type = incident.type;
  facts.modality = incident.modality;
  facts.status = incident.status;
  facts.targets = main_targets(incident);
  take_place(facts, incident.place);
  facts.killed = incident.killed;
  facts.injured = incident.injured;
  facts.abducted = incident.abducted;
  facts.perpetrators = actors_in(incident, ActorRole::perpetrator);
  facts.claimants = actors_in(incident, ActorRole::claims);
  return facts;
}

}  // namespace

LocalText headline(const Incident& incident) {
  const HeadlineFacts facts = facts_of(incident);
  LocalText out;
  for (const auto* language : kLanguages) out[std::string(language->code)] = language->incident(facts);
  return out;
}

LocalText headline(const SystemNotice& notice, bool over) {
  LocalText out;
  for (const auto* language : kLanguages) out[std::string(language->code)] = language->notice(notice, over);
  return out;
}

std::string enumerated(const std::vector<std::string>& words, std::string_view last_joint) {
  if (words.empty()) return "";
  std::string out = words.front();
  for (std::size_t i = 1; i < words.size(); ++i)
    out += (i + 1 == words.size() ? std::string(last_joint) : ", ") + words[i];
  return out;
}

std::int64_t headline_number(const Toll& toll) {
  return toll.best.value_or(toll.min.value_or(toll.max.value_or(0)));
}

std::string number_text(const Toll& toll) {
  const bool differ =
      toll.qualifier == Qualifier::exact && toll.min && toll.max && *toll.min > 0 && *toll.min < *toll.max;
  return differ ? std::to_string(*toll.min) + "-" + std::to_string(*toll.max) : std::to_string(headline_number(toll));
}

std::vector<std::string> country_names(const std::vector<std::string>& codes, std::string_view Country::*name) {
  std::vector<std::string> out;
  for (const auto& code : codes) {
    const Country* country = country_by_alpha2(code);
    out.push_back(country ? std::string(country->*name) : shown(code));
  }
  return out;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  if (text.starts_with("\xC3\xA9")) text[1] = '\x89';  // é, the only accented first letter among the event types
  return text;
}

std::string clock_text(const std::optional<Millis>& at) {
  return at ? rfc3339(*at).substr(11, 5) + "Z" : "";
}

}  // namespace tocsin
