#include "wire/alert_json.hpp"

#include <nlohmann/json.hpp>

#include "model/unplaced.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

template <class T>
Json number_or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json time_or_null(const std::optional<Millis>& at) {
  return at ? Json(rfc3339(*at)) : Json();
}

/// English and French are always there, so that a reader need not ask; other languages follow.
Json local_text(const LocalText& text) {
  if (text.empty()) return nullptr;
  Json object{{"en", nullptr}, {"fr", nullptr}};
  for (const auto& [language, words] : text) object[language] = words;
  return object;
}

Json toll(const Toll& toll, const std::vector<Telling>& tellings, Count Telling::*kind) {
  Json by_source = Json::array();
  for (const Telling& telling : tellings) {
    const Count& count = telling.*kind;
    if (!count.known()) continue;
    by_source.push_back({{"publisher", telling.publisher},
                         {"feed", telling.feed},
                         {"min", number_or_null(count.min)},
                         {"max", number_or_null(count.max)},
                         {"qualifier", kQualifiers(count.qualifier)},
                         {"published", rfc3339(telling.published)}});
  }
  return {{"min", number_or_null(toll.min)},
          {"best", number_or_null(toll.best)},
          {"max", number_or_null(toll.max)},
          {"qualifier", kQualifiers(toll.qualifier)},
          {"by_source", std::move(by_source)}};
}

Json actors(const std::vector<ActorRef>& all) {
  Json list = Json::array();
  for (const ActorRef& actor : all)
    list.push_back({{"id", actor.id},
                    {"name", actor.name},
                    {"group", kActorGroups(actor.group)},
                    {"role", kActorRoles(actor.role)}});
  return list;
}

Json targets(const std::vector<TargetRef>& all) {
  Json list = Json::array();
  for (const TargetRef& target : all) list.push_back({{"class", name(target.target)}, {"text", target.text}});
  return list;
}

Json event_time(const EventTime& time) {
  return {
      {"from", time_or_null(time.from)}, {"to", time_or_null(time.to)}, {"precision", kTimePrecisions(time.precision)}};
}

Json sources(const std::vector<Telling>& tellings) {
  Json list = Json::array();
  for (const Telling& telling : tellings)
    list.push_back({{"feed", telling.feed},
                    {"publisher", telling.publisher},
                    {"title", telling.title},
                    {"link", text_or_null(telling.link)},
                    {"published", rfc3339(telling.published)}});
  return list;
}

Json incident_object(const Incident& incident) {
  const Place& place = incident.place;
  return {{"id", incident.id},
          {"revision", incident.revision},
          {"status", kIncidentStatuses(incident.status)},
          {"type", name(incident.type)},
          {"country", text_or_null(place.country)},
          {"place", text_or_null(place.name)},
          {"lat", place.at ? Json(place.at->lat) : Json()},
          {"lon", place.at ? Json(place.at->lon) : Json()},
          {"precision", kPrecisions(place.precision)},
          {"event_time", event_time(incident.event_time)},
          {"killed", toll(incident.killed, incident.tellings, &Telling::killed)},
          {"injured", toll(incident.injured, incident.tellings, &Telling::injured)},
          {"abducted", toll(incident.abducted, incident.tellings, &Telling::abducted)},
          {"actors", actors(incident.actors)},
          {"targets", targets(incident.targets)},
          {"publishers", incident.publishers},
          {"contested", incident.contested}};
}

Json type_names(const std::vector<EventType>& types) {
  Json list = Json::array();
  for (const EventType type : types) list.push_back(name(type));
  return list;
}

Json system_object(const SystemNotice& notice) {
  Json object{{"kind", notice.kind},
              {"countries", notice.countries},
              {"feeds", notice.feeds},
              {"since", time_or_null(notice.since)},
              {"no_network", notice.no_network}};
  if (!notice.tests.empty()) object["tests"] = notice.tests;
  return object;
}

Json asset_object(const NearestAsset& asset) {
  return {{"code", asset.code}, {"km", asset.km}};
}

std::string line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Incident& incident) {
  Json object = incident_object(incident);
  object["code"] = text_or_null(incident.code);
  object["merged_into"] = text_or_null(incident.merged_into);
  object["types"] = type_names(incident.types);
  object["modality"] = kModalities(incident.modality);
  object["region"] = text_or_null(incident.place.region);
  object["region_name"] = text_or_null(incident.place.region_name);
  object["grade"] = incident.reliability + std::to_string(incident.credibility);
  object["confidence"] = incident.confidence;
  object["opened"] = rfc3339(incident.opened);
  object["updated"] = rfc3339(incident.updated);
  object["sources"] = sources(incident.tellings);
  object["story"] = incident.story;
  return line(object);
}

std::string to_json(const Alert& alert) {
  Json object{{"code", alert.code},
              {"msg_type", kMsgTypes(alert.msg_type)},
              {"status", kAlertStatuses(alert.status)},
              {"rule", alert.rule},
              {"rules", alert.rules},
              {"unconfirmed", alert.unconfirmed},
              {"severity", kSeverities(alert.severity)},
              {"urgency", kUrgencies(alert.urgency)},
              {"certainty", kCertainties(alert.certainty)},
              {"grade", text_or_null(alert.grade)},
              {"tlp", kTlps(alert.tlp)},
              {"headline", local_text(alert.headline)},
              {"incident", alert.incident ? incident_object(*alert.incident) : Json()},
              {"system", alert.system ? system_object(*alert.system) : Json()},
              {"changed", alert.changed},
              {"nearest_asset", alert.nearest_asset ? asset_object(*alert.nearest_asset) : Json()},
              {"action", local_text(alert.action)},
              {"why", alert.why},
              {"sources", alert.incident ? sources(alert.incident->tellings) : Json::array()},
              {"recipients", alert.recipients},
              {"sent", rfc3339(alert.sent)},
              {"version", alert.version},
              {"key", alert.key}};
  if (is_unplaced(alert)) object["unplaced"] = true;
  return line(object);
}

}  // namespace tocsin
