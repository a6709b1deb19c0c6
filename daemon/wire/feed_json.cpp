#include "wire/feed_json.hpp"

#include <nlohmann/json.hpp>

namespace tocsin {

namespace {
using Json = nlohmann::ordered_json;

Json time_json(const std::optional<Millis>& at) {
  return at ? Json(rfc3339(*at)) : Json(nullptr);
}

Json cap_json(const CapFields& cap) {
  return {{"identifier", cap.identifier},
          {"sender", cap.sender},
          {"status", cap.status},
          {"msg_type", cap.msg_type},
          {"scope", cap.scope},
          {"references", cap.references},
          {"event", cap.event},
          {"urgency", cap.urgency},
          {"severity", cap.severity},
          {"certainty", cap.certainty},
          {"area", cap.area},
          {"onset", time_json(cap.onset)},
          {"expires", time_json(cap.expires)}};
}

Json item_json(const Item& item) {
  Json out{{"id", item.id},
           {"title", item.title},
           {"link", item.link},
           {"text", item.text},
           {"published", time_json(item.published)},
           {"updated", time_json(item.updated)},
           {"authors", item.authors},
           {"categories", item.categories},
           {"language", item.language},
           {"points", Json::array()},
           {"source", {{"title", item.source.title}, {"url", item.source.url}}}};
  for (const auto& point : item.points) out["points"].push_back({point.lat, point.lon});
  if (item.cap) out["cap"] = cap_json(*item.cap);
  return out;
}

Json note_json(const ParseNote& note) {
  return {{"line", note.at.line},
          {"column", note.at.column},
          {"severity", level_name(note.level)},
          {"code", note.code},
          {"message", note.message}};
}

std::string line(const Json& json) {
  // Parsing made everything valid UTF-8; "replace" keeps a slip there from throwing here.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}
}  // namespace

std::string to_json(const Item& item) {
  return line(item_json(item));
}

std::string to_json(const ParsedFeed& feed) {
  Json out{{"format", feed.format}, {"title", feed.title}, {"link", feed.link}, {"language", feed.language}};
  out["items"] = Json::array();
  for (const auto& item : feed.items) out["items"].push_back(item_json(item));
  out["diagnostics"] = Json::array();
  for (const auto& note : feed.notes) out["diagnostics"].push_back(note_json(note));
  return line(out);
}

}  // namespace tocsin
