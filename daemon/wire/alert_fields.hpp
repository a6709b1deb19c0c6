// What the store form of incidents, alerts and items consists of: one row a field, read by the writer and the reader
// alike, so that the two cannot differ. A field that the model has and this list lacks does not compile. For
// wire/alert_store_form.cpp and its test only. To add a field to the model: add its row here. Never change the name of
// a row: it is on people's disks.
#pragma once
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

#include "model/alert.hpp"
#include "model/feed.hpp"
#include "model/feed_norm.hpp"

namespace tocsin::wire {

template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
};
template <class Owner, class Member>
Field(const char*, Member Owner::*) -> Field<Owner, Member>;  // clang 14 does not find it by itself

/// Stands for a value of any type while fields are counted; never made.
struct AnyValue {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor)
};

template <class T, std::size_t... I>
constexpr bool takes_values(std::index_sequence<I...>) {
  return requires {
    T{(void(I), AnyValue{})...};
  };
}

/// How many members the aggregate T has.
template <class T, std::size_t Most = 40>
constexpr std::size_t count_members() {
  if constexpr (Most == 0 || takes_values<T>(std::make_index_sequence<Most>{}))
    return Most;
  else
    return count_members<T, Most - 1>();
}

template <class Owner, class... Members>
constexpr auto whole(Field<Owner, Members>... fields) {
  static_assert(sizeof...(fields) == count_members<Owner>(), "list every field of the type in wire/alert_fields.hpp");
  return std::tuple{fields...};
}

/// The closed vocabularies are stored by their words: a number would change its meaning when a word is put in between.
constexpr const auto& words(Modality) {
  return kModalities;
}
constexpr const auto& words(Qualifier) {
  return kQualifiers;
}
constexpr const auto& words(ActorGroup) {
  return kActorGroups;
}
constexpr const auto& words(ActorRole) {
  return kActorRoles;
}
constexpr const auto& words(Precision) {
  return kPrecisions;
}
constexpr const auto& words(PlaceKind) {
  return kPlaceKinds;
}
constexpr const auto& words(TimePrecision) {
  return kTimePrecisions;
}
constexpr const auto& words(IncidentStatus) {
  return kIncidentStatuses;
}
constexpr const auto& words(Severity) {
  return kSeverities;
}
constexpr const auto& words(Urgency) {
  return kUrgencies;
}
constexpr const auto& words(Certainty) {
  return kCertainties;
}
constexpr const auto& words(MsgType) {
  return kMsgTypes;
}
constexpr const auto& words(AlertStatus) {
  return kAlertStatuses;
}
constexpr const auto& words(Tlp) {
  return kTlps;
}

template <class E>
concept Worded = requires(E e) {
  words(e);
};

template <Worded E>
constexpr std::string_view word(E e) {
  return words(e)(e);
}
constexpr std::string_view word(EventType e) {
  return name(e);
}
constexpr std::string_view word(TargetClass e) {
  return name(e);
}

template <Worded E>
constexpr std::optional<E> find_word(std::string_view text, E kind) {
  return words(kind).find(text);
}
constexpr std::optional<EventType> find_word(std::string_view text, EventType) {
  return event_type(text);
}
constexpr std::optional<TargetClass> find_word(std::string_view text, TargetClass) {
  return target_class(text);
}

template <class T>
struct Fields;

template <>
struct Fields<LatLon> {
  static constexpr auto list = whole(Field{"lat", &LatLon::lat}, Field{"lon", &LatLon::lon});
};

template <>
struct Fields<Place> {
  static constexpr auto list =
      whole(Field{"name", &Place::name}, Field{"city", &Place::city}, Field{"country", &Place::country},
            Field{"region", &Place::region}, Field{"region_name", &Place::region_name}, Field{"at", &Place::at},
            Field{"precision", &Place::precision}, Field{"kind", &Place::kind}, Field{"population", &Place::population},
            Field{"is_capital", &Place::is_capital}, Field{"is_admin_capital", &Place::is_admin_capital},
            Field{"is_city", &Place::is_city}, Field{"is_airport", &Place::is_airport},
            Field{"confidence", &Place::confidence});
};

template <>
struct Fields<Count> {
  static constexpr auto list = whole(Field{"min", &Count::min}, Field{"max", &Count::max},
                                     Field{"qualifier", &Count::qualifier}, Field{"who", &Count::who});
};

template <>
struct Fields<TargetRef> {
  static constexpr auto list = whole(Field{"class", &TargetRef::target}, Field{"text", &TargetRef::text});
};

template <>
struct Fields<ActorRef> {
  static constexpr auto list = whole(Field{"id", &ActorRef::id}, Field{"name", &ActorRef::name},
                                     Field{"group", &ActorRef::group}, Field{"role", &ActorRef::role});
};

template <>
struct Fields<EventTime> {
  static constexpr auto list =
      whole(Field{"from", &EventTime::from}, Field{"to", &EventTime::to}, Field{"precision", &EventTime::precision});
};

template <>
struct Fields<Telling> {
  static constexpr auto list =
      whole(Field{"feed", &Telling::feed}, Field{"publisher", &Telling::publisher}, Field{"owner", &Telling::owner},
            Field{"item_id", &Telling::item_id}, Field{"title", &Telling::title}, Field{"link", &Telling::link},
            Field{"language", &Telling::language}, Field{"reliability", &Telling::reliability},
            Field{"published", &Telling::published}, Field{"received", &Telling::received},
            Field{"origin", &Telling::origin}, Field{"text_print", &Telling::text_print},
            Field{"sketch", &Telling::sketch}, Field{"modality", &Telling::modality}, Field{"type", &Telling::type},
            Field{"killed", &Telling::killed}, Field{"injured", &Telling::injured},
            Field{"abducted", &Telling::abducted}, Field{"feed_tags", &Telling::feed_tags});
};

template <>
struct Fields<Toll> {
  static constexpr auto list = whole(Field{"min", &Toll::min}, Field{"best", &Toll::best}, Field{"max", &Toll::max},
                                     Field{"qualifier", &Toll::qualifier});
};

template <>
struct Fields<Incident> {
  static constexpr auto list = whole(
      Field{"id", &Incident::id}, Field{"revision", &Incident::revision}, Field{"code", &Incident::code},
      Field{"status", &Incident::status}, Field{"merged_into", &Incident::merged_into}, Field{"type", &Incident::type},
      Field{"types", &Incident::types}, Field{"place", &Incident::place}, Field{"event_time", &Incident::event_time},
      Field{"modality", &Incident::modality}, Field{"targets", &Incident::targets}, Field{"actors", &Incident::actors},
      Field{"killed", &Incident::killed}, Field{"injured", &Incident::injured}, Field{"abducted", &Incident::abducted},
      Field{"tellings", &Incident::tellings}, Field{"publishers", &Incident::publishers},
      Field{"contested", &Incident::contested}, Field{"reliability", &Incident::reliability},
      Field{"credibility", &Incident::credibility}, Field{"confidence", &Incident::confidence},
      Field{"opened", &Incident::opened}, Field{"updated", &Incident::updated}, Field{"story", &Incident::story});
};

template <>
struct Fields<NearestAsset> {
  static constexpr auto list = whole(Field{"code", &NearestAsset::code}, Field{"km", &NearestAsset::km});
};

template <>
struct Fields<SystemNotice> {
  static constexpr auto list =
      whole(Field{"kind", &SystemNotice::kind}, Field{"countries", &SystemNotice::countries},
            Field{"feeds", &SystemNotice::feeds}, Field{"since", &SystemNotice::since},
            Field{"no_network", &SystemNotice::no_network}, Field{"tests", &SystemNotice::tests});
};

template <>
struct Fields<Alert> {
  static constexpr auto list =
      whole(Field{"code", &Alert::code}, Field{"msg_type", &Alert::msg_type}, Field{"status", &Alert::status},
            Field{"rule", &Alert::rule}, Field{"rules", &Alert::rules}, Field{"unconfirmed", &Alert::unconfirmed},
            Field{"severity", &Alert::severity}, Field{"urgency", &Alert::urgency},
            Field{"certainty", &Alert::certainty}, Field{"grade", &Alert::grade}, Field{"tlp", &Alert::tlp},
            Field{"headline", &Alert::headline}, Field{"incident", &Alert::incident}, Field{"system", &Alert::system},
            Field{"changed", &Alert::changed}, Field{"nearest_asset", &Alert::nearest_asset},
            Field{"action", &Alert::action}, Field{"why", &Alert::why}, Field{"recipients", &Alert::recipients},
            Field{"sent", &Alert::sent}, Field{"version", &Alert::version}, Field{"key", &Alert::key});
};

template <>
struct Fields<AlertMemory> {
  static constexpr auto list = whole(Field{"incident", &AlertMemory::incident}, Field{"code", &AlertMemory::code},
                                     Field{"version", &AlertMemory::version}, Field{"told", &AlertMemory::told},
                                     Field{"last", &AlertMemory::last});
};

template <>
struct Fields<ItemSource> {
  static constexpr auto list = whole(Field{"title", &ItemSource::title}, Field{"url", &ItemSource::url});
};

template <>
struct Fields<CapFields> {
  static constexpr auto list =
      whole(Field{"identifier", &CapFields::identifier}, Field{"sender", &CapFields::sender},
            Field{"status", &CapFields::status}, Field{"msg_type", &CapFields::msg_type},
            Field{"scope", &CapFields::scope}, Field{"references", &CapFields::references},
            Field{"event", &CapFields::event}, Field{"urgency", &CapFields::urgency},
            Field{"severity", &CapFields::severity}, Field{"certainty", &CapFields::certainty},
            Field{"area", &CapFields::area}, Field{"onset", &CapFields::onset}, Field{"expires", &CapFields::expires});
};

template <>
struct Fields<Item> {
  static constexpr auto list = whole(
      Field{"id", &Item::id}, Field{"title", &Item::title}, Field{"text", &Item::text}, Field{"link", &Item::link},
      Field{"language", &Item::language}, Field{"published", &Item::published}, Field{"updated", &Item::updated},
      Field{"authors", &Item::authors}, Field{"categories", &Item::categories}, Field{"points", &Item::points},
      Field{"source", &Item::source}, Field{"cap", &Item::cap}, Field{"aliases", &Item::aliases});
};

template <>
struct Fields<FeedNorm> {
  static constexpr auto list =
      whole(Field{"newest", &FeedNorm::newest}, Field{"gap", &FeedNorm::gap}, Field{"documents", &FeedNorm::documents},
            Field{"format", &FeedNorm::format}, Field{"items", &FeedNorm::items}, Field{"titled", &FeedNorm::titled},
            Field{"dated", &FeedNorm::dated}, Field{"drift", &FeedNorm::drift}, Field{"ahead", &FeedNorm::ahead},
            Field{"ahead_times", &FeedNorm::ahead_times});
};

}  // namespace tocsin::wire
