#include <algorithm>
#include <array>

#include "alerts/headline_language.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

std::string_view target_joint(EventType type) {
  switch (type) {
    case EventType::attack:
    case EventType::shelling:
    case EventType::airstrike:
      return " on ";
    case EventType::kidnapping:
    case EventType::assassination:
    case EventType::hijacking:
    case EventType::arson:
    case EventType::robbery:
    case EventType::arrest:
    case EventType::evacuation:
    case EventType::expulsion:
    case EventType::blockade:
      return " of ";
    case EventType::threat:
    case EventType::sexual_violence:
      return " against ";
    case EventType::property_destruction:
      return ": ";
    case EventType::bombing:
    case EventType::armed_clash:
    case EventType::protest:
    case EventType::riot:
      return " at ";
    default:
      return "";
  }
}

std::string targets(const HeadlineFacts& f) {
  const auto joint = target_joint(f.type);
  if (joint.empty() || f.targets.empty()) return "";
  std::vector<std::string> words;
  for (const TargetClass t : f.targets) words.emplace_back(row(t).en);
  return std::string(joint) + enumerated(words, " and ");
}

std::string country_with_article(std::string_view name) {
  constexpr std::array kPlural{"Netherlands", "Philippines", "Gambia", "Bahamas", "Maldives", "Seychelles", "Comoros"};
  const bool article = name.starts_with("United ") || name.ends_with("Republic") ||
                       name.starts_with("Democratic Republic") || name.ends_with(" Islands") ||
                       std::find(kPlural.begin(), kPlural.end(), name) != kPlural.end();
  return (article ? "the " : "") + std::string(name);
}

std::string place(const HeadlineFacts& f) {
  const std::string country = f.country ? std::string(f.country->en) : "";
  if (f.place.empty()) return country.empty() ? "" : " in " + country_with_article(country);
  const bool airport_said = std::find(f.targets.begin(), f.targets.end(), TargetClass::airport) != f.targets.end();
  std::string out = " in " + f.place;
  if (f.at_airport)
    out = (airport_said ? " in " + f.city : " at " + f.city + " airport");
  else if (!f.city.empty())
    out += ", " + f.city;
  return country.empty() ? out : out + ", " + country;
}

std::string_view qualifier(const Toll& toll) {
  switch (toll.qualifier) {
    case Qualifier::at_least:
      return "at least ";
    case Qualifier::about:
      return "about ";
    case Qualifier::up_to:
      return "up to ";
    default:
      return "";
  }
}

std::string tolls(const HeadlineFacts& f) {
  std::vector<std::string> parts;
  const auto add = [&](const Toll& toll, std::string_view what) {
    if (headline_number(toll) > 0)
      parts.push_back(std::string(qualifier(toll)) + number_text(toll) + std::string(what));
  };
  add(f.killed, " killed");
  add(f.injured, " injured");
  add(f.abducted, " abducted");
  return parts.empty() ? "" : ": " + enumerated(parts, ", ");
}

std::string actors(const HeadlineFacts& f) {
  if (!f.claimants.empty()) return " (claimed by " + enumerated(f.claimants, " and ") + ")";
  return f.perpetrators.empty() ? "" : " (" + enumerated(f.perpetrators, ", ") + ")";
}

std::string_view before(const HeadlineFacts& f) {
  if (f.status == IncidentStatus::retracted) return "Retracted: ";
  if (f.status == IncidentStatus::merged) return "Merged into another: ";
  if (f.status == IncidentStatus::ended) return "Ended: ";
  switch (f.modality) {
    case Modality::denied:
      return "Denied: ";
    case Modality::exercise:
      return "Exercise: ";
    case Modality::hypothetical:
      return "Feared: ";
    case Modality::retrospective:
      return "Past: ";
    case Modality::threat:
      return f.type == EventType::threat ? "" : "Threatened: ";
    case Modality::reported:
      break;
  }
  return "";
}

std::string incident(const HeadlineFacts& f) {
  return std::string(before(f)) + capitalised(std::string(row(f.type).en)) + targets(f) + place(f) + tolls(f) +
         actors(f);
}

std::string blind(const SystemNotice& n, bool over) {
  const std::string where = enumerated(country_names(n.countries, &Country::en), " and ");
  if (over) return where.empty() ? "The feeds can be read again" : "The feeds of " + where + " can be read again";
  const std::string since = n.since ? " since " + clock_text(n.since) : "";
  if (n.countries.empty()) return "BLIND" + since + ": no feed can be reached, this machine has no network";
  const std::string of = n.countries.size() <= kNamedCountries ? " of " + where : "";
  return "BLIND for " + join(n.countries, ", ") + since +
         (n.no_network ? ": this machine has no network" : ": no feed" + of + " can be read");
}

std::string notice(const SystemNotice& n, bool over) {
  const std::string feeds = std::to_string(n.feeds.size()) + (n.feeds.size() == 1 ? " feed" : " feeds");
  if (n.kind == "blind") return blind(n, over);
  if (n.kind == "silence") return over ? "News has come in again (" + feeds + ")" : "Silence: no news from " + feeds;
  if (n.kind == "reload")
    return over ? "The configuration is in order again"
                : "The new configuration has errors; the old one stays in force";
  if (n.kind == "tests")
    return over ? "All rules pass their tests again"
                : "Rules do not what their tests expect (" + std::to_string(n.tests.size()) +
                      (n.tests.size() == 1 ? " test)" : " tests)");
  if (n.kind == "test") return "Test message; nothing has happened";
  return "Notice of the alert system";
}

}  // namespace

const HeadlineLanguage kEnglishHeadline{"en", incident, notice};

}  // namespace tocsin
