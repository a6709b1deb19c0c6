// Matches, alerts and deliveries. Values only. The vocabulary is CAP 1.2 (OASIS), section 3.2.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/incident.hpp"
#include "model/organisation.hpp"

namespace tocsin {

/// In order of weight: a smaller value is more severe.
enum class Severity : std::uint8_t { Extreme, Severe, Moderate, Minor, Unknown };
inline constexpr Words<Severity, 5> kSeverities{{"Extreme", "Severe", "Moderate", "Minor", "Unknown"}};
enum class Urgency : std::uint8_t { Immediate, Expected, Future, Past, Unknown };
inline constexpr Words<Urgency, 5> kUrgencies{{"Immediate", "Expected", "Future", "Past", "Unknown"}};
enum class Certainty : std::uint8_t { Observed, Likely, Possible, Unlikely, Unknown };
inline constexpr Words<Certainty, 5> kCertainties{{"Observed", "Likely", "Possible", "Unlikely", "Unknown"}};
enum class MsgType : std::uint8_t { Alert, Update, Cancel };
inline constexpr Words<MsgType, 3> kMsgTypes{{"Alert", "Update", "Cancel"}};
enum class AlertStatus : std::uint8_t { Actual, Exercise, Test, System };
inline constexpr Words<AlertStatus, 4> kAlertStatuses{{"Actual", "Exercise", "Test", "System"}};
/// FIRST TLP 2.0, least restricted first.
enum class Tlp : std::uint8_t { Clear, Green, Amber, AmberStrict, Red };
inline constexpr Words<Tlp, 5> kTlps{{"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"}};

struct NearestAsset {
  std::string code;
  double km = 0;
};

/// One rule that fired on one incident revision.
struct Match {
  std::string rule;
  LocalText title;
  Severity severity = Severity::Unknown;
  Urgency urgency = Urgency::Unknown;
  Tlp tlp = Tlp::Green;
  bool confirmed = true;            // the rule's `confirm` holds, or it has none
  std::vector<std::string> notify;  // recipient ids; empty means the duty recipients
  LocalText action;
  std::vector<std::string> why;  // condition values, readable
  std::optional<NearestAsset> nearest_asset;
};

struct SystemNotice {
  std::string kind;  // blind, silence, reload, tests, test
  std::vector<std::string> countries, feeds;
  std::optional<Millis> since = {};     // blind: when the last feed of the first of these countries began to fail
  bool no_network = false;              // blind: no feed at all gets an answer
  std::vector<std::string> tests = {};  // tests: of rules, that fail
};

/// What people are told (contract, section 4). Self-contained: rendering needs nothing else.
struct Alert {
  std::string code;
  MsgType msg_type = MsgType::Alert;
  AlertStatus status = AlertStatus::Actual;
  std::string rule;  // the most severe
  std::vector<std::string> rules;
  bool unconfirmed = false;
  Severity severity = Severity::Unknown;
  Urgency urgency = Urgency::Unknown;
  Certainty certainty = Certainty::Unknown;
  std::string grade;  // "B2"
  Tlp tlp = Tlp::Green;
  LocalText headline;
  std::optional<Incident> incident;
  std::optional<SystemNotice> system;
  std::vector<std::string> changed;
  std::optional<NearestAsset> nearest_asset;
  LocalText action;
  std::vector<std::string> why;
  std::vector<std::string> recipients;
  Millis sent = 0;
  int version = 1;  // counts the alerts of this code
  std::string key;  // idempotency key: same key, same alert
};

/// What has been told about one incident, so that updates and cancels reach exactly those who know.
struct AlertMemory {
  std::string incident;
  std::string code;
  int version = 0;
  std::vector<std::string> told;  // recipient ids, in the order they learned
  Alert last;                     // the alert as last sent
};

/// A match that led to no message, and why: shown by explain and the log.
struct Suppressed {
  std::string reason;
};

enum class DeliveryState : std::uint8_t { queued, sent, delivered, failed, expired, acknowledged };
inline constexpr Words<DeliveryState, 6> kDeliveryStates{
    {"queued", "sent", "delivered", "failed", "expired", "acknowledged"}};

/// One alert to one recipient over one channel. `key` is unique over all of them and travels with every attempt.
struct Delivery {
  std::int64_t id = 0;
  std::string key;
  std::string alert_key;
  std::string recipient;
  std::string channel;
  DeliveryState state = DeliveryState::queued;
  int attempts = 0;
  Millis created = 0;
  Millis next_attempt = 0;
  std::string last_error;
};

}  // namespace tocsin
