#include "wire/report_json.hpp"

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "model/country.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

Json count_or_null(const std::optional<std::int64_t>& n) {
  return n ? Json(*n) : Json(nullptr);
}

Json json_of(const Count& c) {
  Json j{{"min", count_or_null(c.min)}, {"max", count_or_null(c.max)}, {"qualifier", kQualifiers(c.qualifier)}};
  if (!c.who.empty()) j["who"] = c.who;
  return j;
}

Json json_of(const Place& p) {
  Json j{{"name", p.name},
         {"city", p.city},
         {"country", p.country},
         {"region", p.region},
         {"region_name", p.region_name},
         {"lat", nullptr},
         {"lon", nullptr},
         {"precision", kPrecisions(p.precision)},
         {"kind", kPlaceKinds(p.kind)},
         {"is_capital", p.is_capital},
         {"is_airport", p.is_airport},
         {"confidence", p.confidence}};
  if (p.at) {
    j["lat"] = p.at->lat;
    j["lon"] = p.at->lon;
  }
  return j;
}

Json json_of(const EventTime& t) {
  return {{"from", t.from ? Json(rfc3339(*t.from)) : Json(nullptr)},
          {"to", t.to ? Json(rfc3339(*t.to)) : Json(nullptr)},
          {"precision", kTimePrecisions(t.precision)}};
}

Json json_of(const Report& r) {
  Json j{{"type", name(r.type)},
         {"modality", kModalities(r.modality)},
         {"fresh", r.fresh},
         {"country", r.place.country},
         {"place", json_of(r.place)}};
  j["targets"] = Json::array();
  for (const auto& t : r.targets) j["targets"].push_back({{"class", name(t.target)}, {"text", t.text}});
  j["actors"] = Json::array();
  for (const auto& a : r.actors)
    j["actors"].push_back(
        {{"id", a.id}, {"name", a.name}, {"group", kActorGroups(a.group)}, {"role", kActorRoles(a.role)}});
  j["killed"] = json_of(r.killed);
  j["injured"] = json_of(r.injured);
  j["abducted"] = json_of(r.abducted);
  j["event_time"] = json_of(r.event_time);
  j["confidence"] = r.confidence;
  j["evidence"] = Json::array();
  for (const auto& e : r.evidence)
    j["evidence"].push_back({{"field", e.field}, {"start", e.start}, {"end", e.end}, {"text", e.text}});
  return j;
}

Json json_of(const Toponym& t) {
  return {{"text", t.text},
          {"lat", t.at ? Json(t.at->lat) : Json(nullptr)},
          {"lon", t.at ? Json(t.at->lon) : Json(nullptr)},
          {"country", t.country},
          {"kind", kPlaceKinds(t.kind)},
          {"start", t.start},
          {"end", t.end}};
}

void put_main(Json& j, const Understanding& u) {
  j["types"] = Json::array();
  for (const auto t : u.types) j["types"].push_back(name(t));
  const Country* country = country_by_alpha2(u.place.country);
  j["country"] = u.place.country;
  j["country_name"] = country ? Json(country->en) : Json("");
  j["place"] = u.place.name;
  j["lat"] = u.place.at ? Json(u.place.at->lat) : Json(nullptr);
  j["lon"] = u.place.at ? Json(u.place.at->lon) : Json(nullptr);
  j["precision"] = kPrecisions(u.place.precision);
  j["killed_min"] = count_or_null(u.killed.min);
  j["killed_max"] = count_or_null(u.killed.max);
  j["injured_min"] = count_or_null(u.injured.min);
  j["injured_max"] = count_or_null(u.injured.max);
  j["event_date"] = u.event_date ? Json(iso_date(*u.event_date)) : Json(nullptr);
}

/// A string member; "" when it is missing or of another type.
std::string text_of(const nlohmann::json& j, const char* key) {
  const auto it = j.find(key);
  if (it == j.end() || it->is_null()) return "";
  return it->is_string() ? it->get<std::string>() : it->is_number() ? it->dump() : "";
}

/// RFC 3339, or a bare day.
std::optional<Millis> time_of(const std::string& text) {
  if (const auto at = parse_rfc3339(text)) return at;
  if (text.size() >= 10)
    if (const auto at = parse_rfc3339(text.substr(0, 10) + "T00:00:00Z")) return at;
  return std::nullopt;
}

}  // namespace

Result<UnderstandInput> understand_input(std::string_view line) {
  const auto j = nlohmann::json::parse(line, nullptr, false);
  if (j.is_discarded() || !j.is_object()) return failure("an input line is one JSON object with \"id\" and \"text\"");
  UnderstandInput in;
  in.id = text_of(j, "id");
  in.item.id = in.id;
  in.item.title = text_of(j, "title");
  in.item.text = text_of(j, "text");
  in.item.language = text_of(j, "lang");
  in.item.published = time_of(text_of(j, "published"));
  in.source = text_of(j, "source");
  return in;
}

Json json_of(const TypeChoice& choice) {
  Json j{{"type", name(choice.type)}, {"modality", kModalities(choice.modality)}, {"precedence", choice.precedence}};
  for (const auto& cue : choice.cues) j["cues"][cue.name] = cue.value;
  return j;
}

std::string to_json(const std::string& id, const Understanding& u) {
  Json j{{"id", id},
         {"relevant", u.relevant},
         {"mentions_incident", u.mentions_incident},
         {"score", u.score},
         {"lang", u.language}};
  put_main(j, u);
  j["actors"] = u.actors;
  j["targets"] = u.targets;
  j["toponyms"] = Json::array();
  for (const auto& t : u.toponyms) j["toponyms"].push_back(json_of(t));
  j["reports"] = Json::array();
  for (const auto& r : u.reports) j["reports"].push_back(json_of(r));
  j["features"] = Json::object();
  for (const auto& f : u.features) j["features"][f.name] = f.value;
  j["choices"] = Json::array();
  for (const auto& c : u.choices) j["choices"].push_back(json_of(c));
  j["story"] = u.story;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tocsin
