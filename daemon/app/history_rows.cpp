#include "app/history_rows.hpp"

#include <algorithm>
#include <charconv>

#include "alerts/headline.hpp"
#include "base/text.hpp"
#include "model/country.hpp"

namespace tocsin {

namespace {

Cell words(std::string_view text) {
  std::string clean = one_line(text);
  return clean.empty() ? Cell() : Cell(std::move(clean));
}
Cell when(const std::optional<Millis>& at) {
  return at ? Cell(rfc3339(*at)) : Cell();
}
Cell number(const std::optional<std::int64_t>& value) {
  return value ? Cell(*value) : Cell();
}

Millis time_of(const HistoryRow& row) {
  return row.alert ? row.alert->sent : row.incident ? row.incident->updated : row.item->received;
}
std::string_view country_of(const HistoryRow& row) {
  return row.incident ? row.incident->place.country : row.item ? row.item->country : std::string_view();
}
std::string_view type_of(const HistoryRow& row) {
  if (row.incident) return name(row.incident->type);
  if (row.item) return row.item->type;
  return row.alert->system ? std::string_view(row.alert->system->kind) : std::string_view();
}
std::string place_of(const HistoryRow& row) {
  if (row.incident) return row.incident->place.name;
  if (row.item) return row.item->place;
  return row.alert->system ? join(row.alert->system->countries, " ") : "";
}
std::optional<LatLon> position_of(const HistoryRow& row) {
  if (row.incident) return row.incident->place.at;
  return row.item && !row.item->item.points.empty() ? std::optional(row.item->item.points.front()) : std::nullopt;
}
std::string headline_of(const HistoryRow& row) {
  if (row.alert) return in_language(row.alert->headline, "en");
  return row.incident ? in_language(headline(*row.incident), "en") : row.item->item.title;
}
std::string_view link_of(const HistoryRow& row) {
  if (row.item) return row.item->item.link;
  if (row.incident)
    for (const Telling& telling : row.incident->tellings)
      if (!telling.link.empty()) return telling.link;
  return "";
}
/// "Attack" of "Violence against civilians / Attack": the sub-type names it; our own word where ACLED has none.
std::string_view acled_of(const HistoryRow& row) {
  const auto type = event_type(type_of(row));
  if (!type) return type_of(row);
  const std::string_view acled = tocsin::row(*type).acled;
  const auto slash = acled.find(" / ");
  return slash == acled.npos ? name(*type) : acled.substr(slash + 3);
}
std::string_view alpha3_of(const HistoryRow& row) {
  const Country* country = country_by_alpha2(country_of(row));
  return country ? country->alpha3 : std::string_view();
}
std::string perpetrators_of(const Incident& incident) {
  std::vector<std::string> names;
  for (const ActorRef& actor : incident.actors)
    if (actor.role == ActorRole::perpetrator || actor.role == ActorRole::claims) names.push_back(actor.name);
  return join(names, "; ");
}
std::string targets_of(const Incident& incident) {
  std::vector<std::string> names;
  for (const TargetRef& target : incident.targets) names.emplace_back(name(target.target));
  return join(names, "; ");
}

using Row = const HistoryRow&;

template <Toll Incident::*Kind, std::optional<std::int64_t> Toll::*End>
Cell toll(Row row) {
  return row.incident ? number(row.incident->*Kind.*End) : Cell();
}
template <Toll Incident::*Kind>
Cell best(Row row) {
  if (!row.incident) return {};
  const Toll& all = row.incident->*Kind;
  return number(all.best ? all.best : all.min);
}
template <double LatLon::*Axis>
Cell coordinate(Row row) {
  const auto at = position_of(row);
  return at ? Cell((*at).*Axis) : Cell();
}
template <auto Of>
Cell text_of(Row row) {
  return words(Of(row));
}
/// A word of the alert, or of the incident; nothing for the other kinds.
template <auto Of>
Cell of_alert(Row row) {
  return row.alert ? words(Of(*row.alert)) : Cell();
}
template <auto Of>
Cell of_incident(Row row) {
  return row.incident ? words(Of(*row.incident)) : Cell();
}
std::string grade_of(const Incident& i) {
  return i.reliability + std::to_string(i.credibility);
}
std::string id_of(const HistoryRow& row) {
  return row.alert ? row.alert->key : row.incident ? row.incident->id : row.item->item.id;
}
std::string code_of(const HistoryRow& row) {
  return row.alert ? row.alert->code : row.incident ? row.incident->code : "";
}

constexpr HistoryColumn kColumns[] = {
    {"time", "#date+reported", [](Row r) { return when(time_of(r)); }},
    {"occurred", "#date+occurred", [](Row r) { return r.incident ? when(r.incident->event_time.from) : Cell(); }},
    {"code", "#event+code", text_of<code_of>},
    {"message", "", of_alert<[](const Alert& a) { return kMsgTypes(a.msg_type); }>},
    {"actuality", "#x_actuality", of_alert<[](const Alert& a) { return kAlertStatuses(a.status); }>},
    {"confirmed", "", of_alert<[](const Alert& a) { return a.unconfirmed ? "no" : "yes"; }>},
    {"severity", "#severity+code", of_alert<[](const Alert& a) { return kSeverities(a.severity); }>},
    {"rule", "#x_rule", of_alert<[](const Alert& a) { return std::string_view(a.rule); }>},
    {"status", "#status+code", of_incident<[](const Incident& i) { return kIncidentStatuses(i.status); }>},
    {"grade", "#x_grade", of_incident<grade_of>},
    {"type", "", text_of<type_of>},
    {"acled_type", "#event+type", text_of<acled_of>},
    {"headline", "#event+name", text_of<headline_of>},
    {"perpetrators", "#group+name", of_incident<perpetrators_of>},
    {"targets", "#x_targets", of_incident<targets_of>},
    {"country", "", text_of<country_of>},
    {"country_alpha3", "#country+code", text_of<alpha3_of>},
    {"region", "#adm1+code+v_iso", of_incident<[](const Incident& i) { return std::string_view(i.place.region); }>},
    {"region_name", "#adm1+name", of_incident<[](const Incident& i) { return std::string_view(i.place.region_name); }>},
    {"place", "#loc+name", text_of<place_of>},
    {"place_kind", "#loc+type", of_incident<[](const Incident& i) { return kPlaceKinds(i.place.kind); }>},
    {"lat", "#geo+lat", coordinate<&LatLon::lat>},
    {"lon", "#geo+lon", coordinate<&LatLon::lon>},
    {"precision", "#x_precision", of_incident<[](const Incident& i) { return kPrecisions(i.place.precision); }>},
    {"killed", "#affected+killed", best<&Incident::killed>},
    {"killed_min", "#affected+killed+min", toll<&Incident::killed, &Toll::min>},
    {"killed_max", "#affected+killed+max", toll<&Incident::killed, &Toll::max>},
    {"injured", "#affected+injured", best<&Incident::injured>},
    {"injured_min", "#affected+injured+min", toll<&Incident::injured, &Toll::min>},
    {"injured_max", "#affected+injured+max", toll<&Incident::injured, &Toll::max>},
    {"abducted", "#affected+abducted", best<&Incident::abducted>},
    {"abducted_min", "#affected+abducted+min", toll<&Incident::abducted, &Toll::min>},
    {"abducted_max", "#affected+abducted+max", toll<&Incident::abducted, &Toll::max>},
    {"publishers", "#x_publishers", [](Row r) { return r.incident ? number(r.incident->publishers) : Cell(); }},
    {"sources", "#meta+source", text_of<sources_text>},
    {"link", "#meta+url", text_of<link_of>},
    {"relevant", "", [](Row r) { return r.item ? words(r.item->relevant ? "yes" : "no") : Cell(); }},
    {"score", "", [](Row r) { return r.item ? Cell(r.item->score) : Cell(); }},
    {"id", "#meta+id", text_of<id_of>},
};

}  // namespace

std::vector<HistoryRow> rows(const HistoryExtract& history) {
  std::vector<HistoryRow> all;
  for (const Alert& alert : history.alerts)
    all.push_back({&alert, alert.incident ? &*alert.incident : nullptr, nullptr});
  for (const Incident& incident : history.incidents) all.push_back({nullptr, &incident, nullptr});
  for (const StoredItem& item : history.items) all.push_back({nullptr, nullptr, &item});
  return all;
}

std::string text(const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  char digits[40];
  char* end = digits;
  if (const auto* whole = std::get_if<std::int64_t>(&cell))
    end = std::to_chars(digits, std::end(digits), *whole).ptr;
  else if (const auto* real = std::get_if<double>(&cell))
    end = std::to_chars(digits, std::end(digits), *real).ptr;
  return {digits, end};
}

std::span<const HistoryColumn> history_columns() {
  return kColumns;
}

std::string sources_text(const HistoryRow& row) {
  if (row.item) return row.item->publisher.empty() ? row.item->feed : row.item->publisher;
  std::vector<std::string> names;
  if (row.incident)
    for (const Telling& telling : row.incident->tellings)
      if (std::find(names.begin(), names.end(), telling.publisher) == names.end()) names.push_back(telling.publisher);
  return join(names, "; ");
}

}  // namespace tocsin
