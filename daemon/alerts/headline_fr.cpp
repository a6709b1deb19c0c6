#include <algorithm>
#include <array>

#include "alerts/headline_language.hpp"
#include "base/fold.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

/// With its article, in the order of TargetClass: "contre l'aéroport", "contre un convoi".
constexpr std::array<std::string_view, kTargetClasses.size()> kTargets{"l'aéroport",
                                                                       "la police",
                                                                       "la gendarmerie",
                                                                       "l'armée",
                                                                       "le gouvernement",
                                                                       "la présidence",
                                                                       "le parlement",
                                                                       "une mission diplomatique",
                                                                       "les Nations unies",
                                                                       "des travailleurs humanitaires",
                                                                       "un convoi humanitaire",
                                                                       "un hôpital",
                                                                       "une école",
                                                                       "un lieu de culte",
                                                                       "un marché",
                                                                       "un hôtel",
                                                                       "des habitations",
                                                                       "des civils",
                                                                       "un village",
                                                                       "un camp de déplacés",
                                                                       "un convoi",
                                                                       "une route",
                                                                       "un pont",
                                                                       "un poste frontière",
                                                                       "une prison",
                                                                       "le réseau électrique",
                                                                       "le réseau d'eau",
                                                                       "les télécommunications",
                                                                       "un dépôt de carburant",
                                                                       "une mine",
                                                                       "des journalistes"};

bool starts_with_vowel(std::string_view text) {
  const std::string folded = fold(text.substr(0, 2));
  return !folded.empty() && std::string_view("aeiouh").find(folded[0]) != std::string_view::npos;
}

/// "de" before a noun with its article: du, des, de la, d'un; "de" + "des" is "de".
std::string of(std::string_view noun) {
  if (noun.starts_with("le ")) return "du " + std::string(noun.substr(3));
  if (noun.starts_with("les ")) return "des " + std::string(noun.substr(4));
  if (noun.starts_with("des ")) noun.remove_prefix(4);
  return (starts_with_vowel(noun) && !noun.starts_with("la ") ? "d'" : "de ") + std::string(noun);
}

enum class Joint { none, against, of, near };
Joint joint(EventType type) {
  switch (type) {
    case EventType::attack:
    case EventType::bombing:
    case EventType::shelling:
    case EventType::airstrike:
    case EventType::robbery:
    case EventType::threat:
    case EventType::sexual_violence:
      return Joint::against;
    case EventType::kidnapping:
    case EventType::assassination:
    case EventType::hijacking:
    case EventType::arson:
    case EventType::arrest:
    case EventType::evacuation:
    case EventType::expulsion:
    case EventType::blockade:
      return Joint::of;
    case EventType::armed_clash:
    case EventType::protest:
    case EventType::riot:
    case EventType::property_destruction:
      return Joint::near;
    default:
      return Joint::none;
  }
}

std::string targets(const HeadlineFacts& f) {
  const Joint how = joint(f.type);
  if (how == Joint::none || f.targets.empty()) return "";
  std::vector<std::string> words;
  for (const TargetClass t : f.targets) {
    const auto noun = kTargets[static_cast<std::size_t>(t)];
    words.push_back(how == Joint::of ? of(noun) : how == Joint::near ? std::string(row(t).fr) : std::string(noun));
  }
  if (how == Joint::near) return " (" + enumerated(words, ", ") + ")";
  return (how == Joint::against ? " contre " : " ") + enumerated(words, " et ");
}

template <std::size_t N>
bool begins_with_one_of(std::string_view name, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](auto w) { return name.starts_with(w); });
}

/// en, au, aux, à: by gender, number and first letter, with the exceptions of usage.
std::string in_country(std::string_view name) {
  static constexpr std::array<std::string_view, 13> kPlural{
      "Îles",    "États-",  "Émirats", "Pays-Bas", "Philippines", "Maldives",   "Seychelles",
      "Comores", "Bahamas", "Fidji",   "Samoa",    "Palaos",      "Territoires"};
  static constexpr std::array<std::string_view, 20> kBare{
      "Cuba",    "Chypre",  "Malte",      "Madagascar", "Djibouti", "Singapour", "Monaco",
      "Maurice", "Sao Tom", "São Tom",    "Saint",      "Ta",       "Hong Kong", "Macao",
      "Oman",    "Bahre",   "Porto Rico", "Guam",       "Mayotte",  "La R"};
  static constexpr std::array<std::string_view, 8> kMasculine{"Mexique", "Cambodge", "Mozambique", "Zimbabwe",
                                                              "Belize",  "Suriname", "Royaume",    "Honduras"};
  const bool tajik_or_tanzanian = name.starts_with("Tadj") || name.starts_with("Tan");
  if (begins_with_one_of(name, kPlural)) return "aux " + std::string(name);
  if (begins_with_one_of(name, kBare) && !tajik_or_tanzanian) return "à " + std::string(name);
  const auto first_word = name.substr(0, name.find_first_of(" -"));
  const bool feminine = first_word.ends_with('e') || starts_with_vowel(name) || first_word == "Sierra";
  return (feminine && !begins_with_one_of(name, kMasculine) ? "en " : "au ") + std::string(name);
}

std::string at_town(const std::string& name) {
  if (name.starts_with("Le ")) return " au " + name.substr(3);
  if (name.starts_with("Les ")) return " aux " + name.substr(4);
  return " à " + name;
}

std::string place(const HeadlineFacts& f) {
  const std::string country = f.country ? std::string(f.country->fr) : "";
  if (f.place.empty()) return country.empty() ? "" : " " + in_country(country);
  const bool airport_said = std::find(f.targets.begin(), f.targets.end(), TargetClass::airport) != f.targets.end();
  std::string out = at_town(f.place);
  if (f.at_airport)
    out = airport_said ? at_town(f.city) : " à l'aéroport " + of(f.city);
  else if (f.is_area)
    out = " dans la région " + of(f.place);
  else if (!f.city.empty())
    out += ", " + f.city;
  return country.empty() ? out : out + ", " + country;
}

std::string_view qualifier(const Toll& toll) {
  switch (toll.qualifier) {
    case Qualifier::at_least:
      return "au moins ";
    case Qualifier::about:
      return "environ ";
    case Qualifier::up_to:
      return "jusqu'à ";
    default:
      return "";
  }
}

std::string tolls(const HeadlineFacts& f) {
  std::vector<std::string> parts;
  const auto add = [&](const Toll& toll, std::string_view what) {
    const auto number = headline_number(toll);
    if (number > 0)
      parts.push_back(std::string(qualifier(toll)) + number_text(toll) + std::string(what) + (number > 1 ? "s" : ""));
  };
  add(f.killed, " tué");
  add(f.injured, " blessé");
  add(f.abducted, " enlevé");
  return parts.empty() ? "" : " : " + enumerated(parts, ", ");
}

std::string actors(const HeadlineFacts& f) {
  if (!f.claimants.empty()) return " (revendication : " + enumerated(f.claimants, " et ") + ")";
  return f.perpetrators.empty() ? "" : " (" + enumerated(f.perpetrators, ", ") + ")";
}

std::string_view before(const HeadlineFacts& f) {
  if (f.status == IncidentStatus::retracted) return "Retiré : ";
  if (f.status == IncidentStatus::merged) return "Réuni à un autre : ";
  if (f.status == IncidentStatus::ended) return "Terminé : ";
  switch (f.modality) {
    case Modality::denied:
      return "Démenti : ";
    case Modality::exercise:
      return "Exercice : ";
    case Modality::hypothetical:
      return "Redouté : ";
    case Modality::retrospective:
      return "Passé : ";
    case Modality::threat:
      return f.type == EventType::threat ? "" : "Menace : ";
    case Modality::reported:
      break;
  }
  return "";
}

std::string incident(const HeadlineFacts& f) {
  return std::string(before(f)) + capitalised(std::string(row(f.type).fr)) + targets(f) + place(f) + tolls(f) +
         actors(f);
}

std::string blind(const SystemNotice& n, bool over) {
  const std::string where = enumerated(country_names(n.countries, &Country::fr), ", ");
  if (over) return "Les sources sont de nouveau lisibles" + (where.empty() ? "" : " : " + where);
  const std::string since = n.since ? " depuis " + clock_text(n.since) : "";
  if (n.countries.empty()) return "AVEUGLE" + since + " : aucune source joignable, cette machine n'a pas de réseau";
  const std::string of = n.countries.size() <= kNamedCountries ? " pour " + where : "";
  return "AVEUGLE pour " + join(n.countries, ", ") + since +
         (n.no_network ? " : cette machine n'a pas de réseau" : " : aucune source lisible" + of);
}

std::string notice(const SystemNotice& n, bool over) {
  const std::string feeds = std::to_string(n.feeds.size()) + (n.feeds.size() == 1 ? " source" : " sources");
  if (n.kind == "blind") return blind(n, over);
  if (n.kind == "silence")
    return over ? "Des nouvelles arrivent à nouveau (" + feeds + ")" : "Silence : aucune nouvelle de " + feeds;
  if (n.kind == "reload")
    return over ? "La configuration est de nouveau en ordre"
                : "La nouvelle configuration est fautive ; l'ancienne reste en vigueur";
  if (n.kind == "tests")
    return over ? "Toutes les règles passent de nouveau leurs tests"
                : "Des règles ne font pas ce que leurs tests attendent (" + std::to_string(n.tests.size()) +
                      (n.tests.size() == 1 ? " test)" : " tests)");
  if (n.kind == "test") return "Message d'essai ; rien ne s'est produit";
  return "Avis du système d'alerte";
}

}  // namespace

const HeadlineLanguage kFrenchHeadline{"fr", incident, notice};

}  // namespace tocsin
