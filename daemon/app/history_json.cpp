#include <nlohmann/json.hpp>

#include "app/history_forms.hpp"
#include "wire/alert_json.hpp"
#include "wire/feed_json.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

/// The item as `tocsin parse` shows it, then what is known about it.
std::string item_line(const StoredItem& stored) {
  Json json = Json::parse(to_json(stored.item), nullptr, false);
  json["feed"] = stored.feed;
  json["publisher"] = stored.publisher;
  json["received"] = rfc3339(stored.received);
  json["relevant"] = stored.relevant;
  json["score"] = stored.score;
  json["type"] = text_or_null(stored.type);
  json["country"] = text_or_null(stored.country);
  json["place"] = text_or_null(stored.place);
  json["incident"] = text_or_null(stored.incident);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<std::string> write_history_json(const HistoryExtract& history, Store&) {
  std::string out;
  for (const Alert& alert : history.alerts) out += to_json(alert) + "\n";
  for (const Incident& incident : history.incidents) out += to_json(incident) + "\n";
  for (const StoredItem& item : history.items) out += item_line(item) + "\n";
  return out;
}

}  // namespace tocsin
