#include "wire/alert_cap.hpp"

#include <cstdio>

#include "base/markup.hpp"
#include "base/text.hpp"
#include "model/country.hpp"
#include "model/unplaced.hpp"

namespace tocsin {

namespace {

std::string escaped(std::string_view text) {
  return escaped_markup(printable(valid_utf8(text)));
}

/// Identifiers and senders may not hold spaces, commas, "<" or "&" (section 3.2.1).
std::string token(std::string_view text) {
  std::string out = one_line(valid_utf8(text));
  for (char& c : out)
    if (std::string_view(" ,<&>").find(c) != std::string_view::npos) c = '_';
  return out.empty() ? "_" : out;
}

/// Seconds, and "-00:00" for UTC: the schema has no "Z" (section 3.3.2).
std::string cap_time(Millis at) {
  const std::string whole = rfc3339(at - ((at % kSecond) + kSecond) % kSecond);
  return whole.substr(0, whole.size() - 1) + "-00:00";
}

class Xml {
 public:
  void open(std::string_view name) { out_.append(depth_++ * 2, ' ').append("<").append(name).append(">\n"); }
  void close(std::string_view name) { out_.append(--depth_ * 2, ' ').append("</").append(name).append(">\n"); }
  /// Nothing for an empty text: the schema has no empty elements that we use.
  void element(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out_.append(depth_ * 2, ' ').append("<").append(name).append(">").append(escaped(text));
    out_.append("</").append(name).append(">\n");
  }
  void named_value(std::string_view element_name, std::string_view value_name, std::string_view value) {
    if (value.empty()) return;
    open(element_name);
    element("valueName", value_name);
    element("value", value);
    close(element_name);
  }
  void raw(std::string_view text) { out_ += text; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t depth_ = 1;  // within <alert>
};

std::string_view hazard_category(EventType type) {
  switch (type) {
    case EventType::flood:
    case EventType::storm:
    case EventType::drought:
      return "Met";
    case EventType::wildfire:
      return "Fire";
    case EventType::epidemic:
      return "Health";
    case EventType::accident:
      return "Safety";
    default:
      return "Geo";
  }
}

bool hinders_travel(const Incident& incident) {
  if (incident.type == EventType::airspace_closure || incident.type == EventType::border_closure ||
      incident.type == EventType::blockade || incident.place.is_airport)
    return true;
  for (const TargetRef& target : incident.targets)
    if (target.target == TargetClass::airport || target.target == TargetClass::road ||
        target.target == TargetClass::bridge)
      return true;
  return false;
}

void categories(Xml& xml, const Alert& alert) {
  if (!alert.incident) return xml.element("category", "Other");
  const Incident& incident = *alert.incident;
  xml.element("category", row(incident.type).group == "hazard" ? hazard_category(incident.type) : "Security");
  if (hinders_travel(incident)) xml.element("category", "Transport");
  if (incident.type == EventType::network_shutdown) xml.element("category", "Infra");
}

std::string event_name(const Alert& alert, const std::string& language) {
  if (alert.incident)
    return std::string(language == "fr" ? row(alert.incident->type).fr : row(alert.incident->type).en);
  return alert.system ? "system " + alert.system->kind : "system";
}

std::string description(const Alert& alert) {
  std::string text;
  if (alert.unconfirmed) text += "UNCONFIRMED\n";
  if (is_unplaced(alert)) text += "UNPLACED\n";
  for (const std::string& change : alert.changed) text += change + "\n";
  for (const std::string& reason : alert.why) text += reason + "\n";
  if (alert.incident)
    for (const Telling& telling : alert.incident->tellings)
      text += telling.publisher + ": " + one_line(telling.title) + "\n";
  return std::string(trim(text));
}

std::string number(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "";
}

void parameters(Xml& xml, const Alert& alert) {
  xml.named_value("parameter", "tocsin:incidentCode", alert.code);
  xml.named_value("parameter", "tocsin:version", std::to_string(alert.version));
  xml.named_value("parameter", "tocsin:grade", alert.grade);
  xml.named_value("parameter", "tocsin:tlp", kTlps(alert.tlp));
  xml.named_value("parameter", "tocsin:unconfirmed", alert.unconfirmed ? "true" : "false");
  for (const std::string& rule : alert.rules) xml.named_value("parameter", "tocsin:rule", rule);
  if (!alert.incident) return;
  xml.named_value("parameter", "tocsin:incidentStatus", kIncidentStatuses(alert.incident->status));
  xml.named_value("parameter", "tocsin:killedMin", number(alert.incident->killed.min));
  xml.named_value("parameter", "tocsin:killedMax", number(alert.incident->killed.max));
  xml.named_value("parameter", "tocsin:publishers", std::to_string(alert.incident->publishers));
}

/// A point with the radius within which "there" is; none for what is only known to lie in an area.
std::string circle(const Place& place) {
  if (!place.at || place.precision > Precision::place) return "";
  char text[64];
  std::snprintf(text, sizeof text, "%.5f,%.5f %d", place.at->lat, place.at->lon,
                place.precision == Precision::exact ? 1 : 10);
  return text;
}

void area(Xml& xml, const std::string& description, const std::string& circle, const std::string& country) {
  if (description.empty()) return;
  xml.open("area");
  xml.element("areaDesc", description);
  xml.element("circle", circle);
  xml.named_value("geocode", "ISO 3166-1", country);
  xml.close("area");
}

std::string country_name(const std::string& alpha2, const std::string& language) {
  const Country* country = country_by_alpha2(alpha2);
  return country ? std::string(language == "fr" ? country->fr : country->en) : alpha2;
}

void areas(Xml& xml, const Alert& alert, const std::string& language) {
  if (alert.incident) {
    const Place& place = alert.incident->place;
    std::vector<std::string> names;
    for (const std::string& name : {place.name, place.region_name, country_name(place.country, language)})
      if (!name.empty() && (names.empty() || names.back() != name)) names.push_back(name);
    area(xml, join(names, ", "), circle(place), place.country);
  }
  if (alert.system)
    for (const std::string& country : alert.system->countries) area(xml, country_name(country, language), "", country);
}

std::string_view web(const Alert& alert) {
  if (alert.incident)
    for (const Telling& telling : alert.incident->tellings)
      if (telling.link.starts_with("https://") || telling.link.starts_with("http://")) return telling.link;
  return "";
}

void info(Xml& xml, const Alert& alert, const std::string& language) {
  xml.open("info");
  xml.element("language", language);
  categories(xml, alert);
  xml.element("event", event_name(alert, language));
  if (alert.msg_type == MsgType::Cancel) xml.element("responseType", "AllClear");
  xml.element("urgency", kUrgencies(alert.urgency));
  xml.element("severity", kSeverities(alert.severity));
  xml.element("certainty", kCertainties(alert.certainty));
  if (alert.incident) xml.named_value("eventCode", "tocsin:type", name(alert.incident->type));
  if (alert.incident && alert.incident->event_time.from)
    xml.element("onset", cap_time(*alert.incident->event_time.from));
  // About 160 characters (section 3.2.2), that it may be shown by small devices.
  xml.element("headline", shortened(in_language(alert.headline, language), 160));
  xml.element("description", description(alert));
  xml.element("instruction", in_language(alert.action, language));
  xml.element("web", web(alert));
  parameters(xml, alert);
  areas(xml, alert, language);
  xml.close("info");
}

std::string references(std::string_view sender, std::span<const Alert> earlier) {
  std::vector<std::string> all;
  for (const Alert& alert : earlier) all.push_back(token(sender) + "," + token(alert.key) + "," + cap_time(alert.sent));
  return join(all, " ");
}

}  // namespace

std::string to_cap(const Alert& alert, std::string_view sender, std::span<const Alert> earlier) {
  Xml xml;
  xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n");
  xml.element("identifier", token(alert.key));
  xml.element("sender", token(sender));
  xml.element("sent", cap_time(alert.sent));
  xml.element("status", kAlertStatuses(alert.status));
  xml.element("msgType", kMsgTypes(alert.msg_type));
  xml.element("scope", alert.tlp == Tlp::Clear ? "Public" : "Restricted");
  if (alert.tlp != Tlp::Clear) xml.element("restriction", kTlps(alert.tlp));
  if (alert.status == AlertStatus::Exercise) xml.element("note", "Exercise");
  if (alert.msg_type != MsgType::Alert) xml.element("references", references(sender, earlier));
  if (alert.incident) xml.element("incidents", token(alert.incident->id));
  LocalText languages = alert.headline;
  if (languages.empty()) languages["en"] = "";
  for (const auto& [language, words] : languages) info(xml, alert, language);
  xml.raw("</alert>\n");
  return xml.take();
}

}  // namespace tocsin
