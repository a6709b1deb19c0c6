// The event types of the contract and what they are called elsewhere. One row a type; nothing else lists them.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin {

enum class EventType : std::uint8_t {
  attack,
  armed_clash,
  bombing,
  shelling,
  airstrike,
  assassination,
  kidnapping,
  hijacking,
  sexual_violence,
  arson,
  property_destruction,
  robbery,
  threat,
  protest,
  riot,
  coup,
  arrest,
  curfew,
  state_of_emergency,
  border_closure,
  airspace_closure,
  blockade,
  network_shutdown,
  evacuation,
  expulsion,
  election_dispute,
  ceasefire,
  agreement,
  deployment,
  withdrawal,
  earthquake,
  flood,
  storm,
  volcano,
  drought,
  wildfire,
  tsunami,
  landslide,
  epidemic,
  accident
};

struct EventTypeRow {
  EventType type;
  std::string_view name;
  std::string_view group;   // armed_violence | de_escalation | force_movement | hazard | ""
  std::string_view acled;   // "event_type / sub_event_type" (ACLED codebook), "" where ACLED has none
  std::string_view gdacs;   // GDACS event type code, "" where it has none
  std::string_view en, fr;  // for people
};

inline constexpr std::array<EventTypeRow, 40> kEventTypes{{
    {EventType::attack, "attack", "armed_violence", "Violence against civilians / Attack", "", "attack", "attaque"},
    {EventType::armed_clash, "armed_clash", "armed_violence", "Battles / Armed clash", "", "armed clash",
     "affrontement armé"},
    {EventType::bombing, "bombing", "armed_violence", "Explosions/Remote violence / Remote explosive/landmine/IED", "",
     "bombing", "attentat à la bombe"},
    {EventType::shelling, "shelling", "armed_violence",
     "Explosions/Remote violence / Shelling/artillery/missile attack", "", "shelling", "bombardement"},
    {EventType::airstrike, "airstrike", "armed_violence", "Explosions/Remote violence / Air/drone strike", "",
     "air strike", "frappe aérienne"},
    {EventType::assassination, "assassination", "armed_violence", "Violence against civilians / Attack", "",
     "assassination", "assassinat"},
    {EventType::kidnapping, "kidnapping", "armed_violence",
     "Violence against civilians / Abduction/forced disappearance", "", "kidnapping", "enlèvement"},
    {EventType::hijacking, "hijacking", "armed_violence", "Violence against civilians / Abduction/forced disappearance",
     "", "hijacking", "détournement"},
    {EventType::sexual_violence, "sexual_violence", "", "Violence against civilians / Sexual violence", "",
     "sexual violence", "violence sexuelle"},
    {EventType::arson, "arson", "", "Strategic developments / Looting/property destruction", "", "arson",
     "incendie volontaire"},
    {EventType::property_destruction, "property_destruction", "",
     "Strategic developments / Looting/property destruction", "", "property destruction", "destruction de biens"},
    {EventType::robbery, "robbery", "", "Strategic developments / Looting/property destruction", "", "robbery",
     "braquage"},
    {EventType::threat, "threat", "", "", "", "threat", "menace"},
    {EventType::protest, "protest", "", "Protests / Peaceful protest", "", "protest", "manifestation"},
    {EventType::riot, "riot", "", "Riots / Violent demonstration", "", "riot", "émeute"},
    {EventType::coup, "coup", "", "Strategic developments / Other", "", "coup", "coup d'État"},
    {EventType::arrest, "arrest", "", "Strategic developments / Arrests", "", "arrest", "arrestation"},
    {EventType::curfew, "curfew", "", "Strategic developments / Other", "", "curfew", "couvre-feu"},
    {EventType::state_of_emergency, "state_of_emergency", "", "Strategic developments / Other", "",
     "state of emergency", "état d'urgence"},
    {EventType::border_closure, "border_closure", "", "Strategic developments / Other", "", "border closure",
     "fermeture de frontière"},
    {EventType::airspace_closure, "airspace_closure", "", "Strategic developments / Other", "", "airspace closure",
     "fermeture de l'espace aérien"},
    {EventType::blockade, "blockade", "", "Strategic developments / Other", "", "blockade", "blocus"},
    {EventType::network_shutdown, "network_shutdown", "", "Strategic developments / Other", "", "network shutdown",
     "coupure du réseau"},
    {EventType::evacuation, "evacuation", "", "Strategic developments / Other", "", "evacuation", "évacuation"},
    {EventType::expulsion, "expulsion", "", "Strategic developments / Other", "", "expulsion", "expulsion"},
    {EventType::election_dispute, "election_dispute", "", "Strategic developments / Other", "", "election dispute",
     "litige électoral"},
    {EventType::ceasefire, "ceasefire", "de_escalation", "Strategic developments / Agreement", "", "ceasefire",
     "cessez-le-feu"},
    {EventType::agreement, "agreement", "de_escalation", "Strategic developments / Agreement", "", "agreement",
     "accord"},
    {EventType::deployment, "deployment", "force_movement", "Strategic developments / Change to group/activity", "",
     "deployment", "déploiement"},
    {EventType::withdrawal, "withdrawal", "force_movement", "Strategic developments / Change to group/activity", "",
     "withdrawal", "retrait"},
    {EventType::earthquake, "earthquake", "hazard", "", "EQ", "earthquake", "séisme"},
    {EventType::flood, "flood", "hazard", "", "FL", "flood", "inondation"},
    {EventType::storm, "storm", "hazard", "", "TC", "storm", "tempête"},
    {EventType::volcano, "volcano", "hazard", "", "VO", "volcanic eruption", "éruption volcanique"},
    {EventType::drought, "drought", "hazard", "", "DR", "drought", "sécheresse"},
    {EventType::wildfire, "wildfire", "hazard", "", "WF", "wildfire", "feu de forêt"},
    {EventType::tsunami, "tsunami", "hazard", "", "TS", "tsunami", "tsunami"},
    {EventType::landslide, "landslide", "hazard", "", "", "landslide", "glissement de terrain"},
    {EventType::epidemic, "epidemic", "hazard", "", "", "epidemic", "épidémie"},
    {EventType::accident, "accident", "hazard", "", "", "accident", "accident"},
}};

inline constexpr std::array<std::string_view, 4> kEventGroups{"armed_violence", "de_escalation", "force_movement",
                                                              "hazard"};

constexpr const EventTypeRow& row(EventType type) {
  return kEventTypes[static_cast<std::size_t>(type)];
}
constexpr std::string_view name(EventType type) {
  return row(type).name;
}
constexpr std::optional<EventType> event_type(std::string_view name) {
  for (const auto& r : kEventTypes)
    if (r.name == name) return r.type;
  return std::nullopt;
}
static_assert(
    [] {
      for (std::size_t i = 0; i < kEventTypes.size(); ++i)
        if (static_cast<std::size_t>(kEventTypes[i].type) != i) return false;
      return true;
    }(),
    "rows stand in the order of the enumeration");

enum class TargetClass : std::uint8_t {
  airport,
  police,
  gendarmerie,
  military,
  government,
  presidency,
  parliament,
  diplomatic,
  un,
  ngo,
  aid_convoy,
  hospital,
  school,
  religious,
  market,
  hotel,
  residential,
  civilians,
  village,
  displacement_camp,
  convoy,
  road,
  bridge,
  border_post,
  prison,
  power,
  water,
  telecom,
  fuel,
  mine,
  journalist
};

struct TargetClassRow {
  TargetClass target;
  std::string_view name;
  std::string_view en, fr;  // for people, with no article
};

inline constexpr std::array<TargetClassRow, 31> kTargetClasses{{
    {TargetClass::airport, "airport", "airport", "aéroport"},
    {TargetClass::police, "police", "police", "police"},
    {TargetClass::gendarmerie, "gendarmerie", "gendarmerie", "gendarmerie"},
    {TargetClass::military, "military", "military", "armée"},
    {TargetClass::government, "government", "government", "gouvernement"},
    {TargetClass::presidency, "presidency", "presidency", "présidence"},
    {TargetClass::parliament, "parliament", "parliament", "parlement"},
    {TargetClass::diplomatic, "diplomatic", "diplomatic mission", "mission diplomatique"},
    {TargetClass::un, "un", "United Nations", "Nations unies"},
    {TargetClass::ngo, "ngo", "aid workers", "travailleurs humanitaires"},
    {TargetClass::aid_convoy, "aid_convoy", "aid convoy", "convoi humanitaire"},
    {TargetClass::hospital, "hospital", "hospital", "hôpital"},
    {TargetClass::school, "school", "school", "école"},
    {TargetClass::religious, "religious", "place of worship", "lieu de culte"},
    {TargetClass::market, "market", "market", "marché"},
    {TargetClass::hotel, "hotel", "hotel", "hôtel"},
    {TargetClass::residential, "residential", "homes", "habitations"},
    {TargetClass::civilians, "civilians", "civilians", "civils"},
    {TargetClass::village, "village", "village", "village"},
    {TargetClass::displacement_camp, "displacement_camp", "displacement camp", "camp de déplacés"},
    {TargetClass::convoy, "convoy", "convoy", "convoi"},
    {TargetClass::road, "road", "road", "route"},
    {TargetClass::bridge, "bridge", "bridge", "pont"},
    {TargetClass::border_post, "border_post", "border post", "poste frontière"},
    {TargetClass::prison, "prison", "prison", "prison"},
    {TargetClass::power, "power", "power supply", "électricité"},
    {TargetClass::water, "water", "water supply", "eau"},
    {TargetClass::telecom, "telecom", "telecommunications", "télécommunications"},
    {TargetClass::fuel, "fuel", "fuel supply", "carburant"},
    {TargetClass::mine, "mine", "mine", "mine"},
    {TargetClass::journalist, "journalist", "journalists", "journalistes"},
}};

constexpr const TargetClassRow& row(TargetClass target) {
  return kTargetClasses[static_cast<std::size_t>(target)];
}
constexpr std::string_view name(TargetClass target) {
  return row(target).name;
}
constexpr std::optional<TargetClass> target_class(std::string_view name) {
  for (const auto& r : kTargetClasses)
    if (r.name == name) return r.target;
  return std::nullopt;
}

/// Small closed vocabularies: the enumeration's order is the order of the names.
template <class E, std::size_t N>
struct Words {
  std::array<std::string_view, N> names;
  constexpr std::string_view operator()(E value) const { return names[static_cast<std::size_t>(value)]; }
  constexpr std::optional<E> find(std::string_view name) const {
    for (std::size_t i = 0; i < N; ++i)
      if (names[i] == name) return static_cast<E>(i);
    return std::nullopt;
  }
};

enum class Modality : std::uint8_t { reported, retrospective, hypothetical, denied, exercise, threat };
inline constexpr Words<Modality, 6> kModalities{
    {"reported", "retrospective", "hypothetical", "denied", "exercise", "threat"}};

enum class Qualifier : std::uint8_t { exact, at_least, about, up_to, unknown };
inline constexpr Words<Qualifier, 5> kQualifiers{{"exact", "at_least", "about", "up_to", "unknown"}};

enum class ActorGroup : std::uint8_t { state, rebel, jihadist, militia, communal, criminal, foreign, unknown };
inline constexpr Words<ActorGroup, 8> kActorGroups{
    {"state", "rebel", "jihadist", "militia", "communal", "criminal", "foreign", "unknown"}};

enum class ActorRole : std::uint8_t { perpetrator, victim, claims, other };
inline constexpr Words<ActorRole, 4> kActorRoles{{"perpetrator", "victim", "claims", "other"}};

/// How closely a place is known: a point, a town, an area inside a country, only the country.
enum class Precision : std::uint8_t { exact, place, area, country };
inline constexpr Words<Precision, 4> kPrecisions{{"exact", "place", "area", "country"}};

enum class PlaceKind : std::uint8_t { country, region, capital, admin_capital, city, town, quarter, airport, landmark };
inline constexpr Words<PlaceKind, 9> kPlaceKinds{
    {"country", "region", "capital", "admin_capital", "city", "town", "quarter", "airport", "landmark"}};

enum class TimePrecision : std::uint8_t { minute, hour, part_of_day, day, week, month, year, unknown };
inline constexpr Words<TimePrecision, 8> kTimePrecisions{
    {"minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown"}};

}  // namespace tocsin
