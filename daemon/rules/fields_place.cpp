// Where it happened: country, region, place, and the place itself for distances and zones. A place that is not known
// gives no value, so that a rule for one country never fires on it.
#include "base/fold.hpp"
#include "model/country.hpp"
#include "rules/fields.hpp"

namespace tocsin::fields {

Value country(const Incident& incident, const MatchContext&) {
  Value v;
  if (!incident.place.country.empty()) v.words.push_back(incident.place.country);
  return v;
}

std::vector<std::string> country_words(const RuleWorld&) {
  std::vector<std::string> words;
  for (const Country& c : countries()) words.emplace_back(c.alpha2);
  return words;
}

Value region_code(const Incident& incident, const MatchContext&) {
  Value v;
  const Place& p = incident.place;
  if (!p.region.empty()) v.words.push_back(p.region);
  if (!p.region_name.empty()) v.words.push_back(fold(p.region_name));
  v.shown = p.region_name.empty() ? p.region : p.region_name;
  return v;
}

Value place_name(const Incident& incident, const MatchContext&) {
  Value v;
  const Place& p = incident.place;
  for (const std::string* name : {&p.name, &p.city})
    if (!name->empty()) v.words.push_back(fold(*name));
  v.shown = p.name.empty() ? p.city : p.name;
  return v;
}

Value place_kind(const Incident& incident, const MatchContext&) {
  Value v;
  const Place& p = incident.place;
  if (p.is_capital) v.words.emplace_back("capital");
  if (p.is_admin_capital) v.words.emplace_back("admin_capital");
  if (p.is_city) v.words.emplace_back("city");
  if (p.is_airport) v.words.emplace_back("airport");
  const std::string_view kind = kPlaceKinds(p.kind);
  if (v.words.empty() && !p.name.empty()) v.shown = p.name + " (" + std::string(kind) + ")";
  return v;
}

std::vector<std::string> place_kind_words(const RuleWorld&) {
  return {"capital", "admin_capital", "city", "airport"};
}

Value where(const Incident& incident, const MatchContext& context) {
  Value v;
  v.words = type(incident, context).words;
  v.number = hour(incident, context).number;
  v.place = &incident.place;
  return v;
}

}  // namespace tocsin::fields
