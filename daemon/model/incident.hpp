// The thing in the world that one or many reports tell. Values only; made by incidents/.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/report.hpp"

namespace tocsin {

/// One report of the incident as it came in; the ledger and the source list are made of these.
struct Telling {
  std::string feed, publisher, owner;
  std::string item_id, title, link, language;
  char reliability = 'F';
  Millis published = 0;  // when the item says, or first seen
  Millis received = 0;
  std::string origin;                 // the wire or publisher family that the words come from; reprints share it
  std::uint64_t text_print = 0;       // hash of the words: equal words, equal print
  std::vector<std::uint32_t> sketch;  // min-hash of the words: similar words, similar sketch (incidents/similarity.hpp)
  Modality modality = Modality::reported;
  EventType type{};
  Count killed, injured, abducted;
  std::vector<std::string> feed_tags;
};

/// The present reading of one kind of casualty. `min` is the lowest number that still stands, `best` the latest of the
/// best graded source, `max` the highest claimed.
struct Toll {
  std::optional<std::int64_t> min, best, max;
  Qualifier qualifier = Qualifier::unknown;
  bool operator==(const Toll&) const = default;
};

enum class IncidentStatus : std::uint8_t { developing, ended, retracted, merged };
inline constexpr Words<IncidentStatus, 4> kIncidentStatuses{{"developing", "ended", "retracted", "merged"}};

struct Incident {
  std::string id;  // stable, "i" + 16 hexadecimal digits
  std::int64_t revision = 0;
  std::string code;  // four characters, given with the first alert
  IncidentStatus status = IncidentStatus::developing;
  std::string merged_into;  // id, when status is merged
  EventType type{};
  std::vector<EventType> types;  // every type told, main first
  Place place;
  EventTime event_time;
  Modality modality = Modality::reported;
  std::vector<TargetRef> targets;
  std::vector<ActorRef> actors;
  Toll killed, injured, abducted;
  std::vector<Telling> tellings;  // in order of arrival
  int publishers = 0;             // independent origins
  bool contested = false;
  char reliability = 'F';  // the best letter among the tellings
  int credibility = 6;     // Admiralty 1..6
  double confidence = 0;
  Millis opened = 0, updated = 0;  // clock of the daemon
  std::vector<std::string> story;
};

/// What a new report did to the world: a new incident, a revision, or nothing.
struct Correlation {
  Incident incident;
  bool is_new = false;
  bool heard = false;    // a telling was added or edited: rules may judge it anew
  bool changed = false;  // a revision that a reader would call news
  std::vector<std::string> changes;  // "killed 20 > 77", "target + airport"
};

}  // namespace tocsin
