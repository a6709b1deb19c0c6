#include "alerts/decide.hpp"

#include <algorithm>

#include "alerts/code.hpp"
#include "alerts/headline.hpp"
#include "alerts/news.hpp"
#include "base/hash.hpp"

namespace tocsin {

namespace {
void add_once(std::vector<std::string>& into, const std::string& word) {
  if (std::find(into.begin(), into.end(), word) == into.end()) into.push_back(word);
}

void add_duty(std::vector<std::string>& into, const std::vector<Recipient>& recipients) {
  for (const Recipient& r : recipients)
    if (r.duty) add_once(into, r.id);
}

std::vector<std::string> audience(const std::vector<Match>& matches, const std::vector<Recipient>& recipients) {
  std::vector<std::string> ids;
  for (const Match& m : matches) {
    if (!m.confirmed || m.notify.empty())
      add_duty(ids, recipients);
    else
      for (const auto& id : m.notify) add_once(ids, id);
  }
  return ids;
}

/// Most severe first; among equals a confirmed rule speaks for the alert.
std::vector<Match> by_weight(std::vector<Match> matches) {
  std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    if (a.severity != b.severity) return a.severity < b.severity;
    if (a.confirmed != b.confirmed) return a.confirmed;
    return a.urgency < b.urgency;
  });
  return matches;
}

/// Admiralty credibility to CAP certainty (docs/glossary.md).
Certainty certainty_of(int credibility) {
  switch (credibility) {
    case 1:
      return Certainty::Observed;
    case 2:
      return Certainty::Likely;
    case 3:
      return Certainty::Possible;
    case 4:
    case 5:
      return Certainty::Unlikely;
    default:
      return Certainty::Unknown;
  }
}

void take_rules(Alert& alert, const std::vector<Match>& sorted) {
  const Match& first = sorted.front();
  alert.rule = first.rule;
  alert.rules.clear();
  for (const Match& m : sorted) add_once(alert.rules, m.rule);
  alert.unconfirmed = !first.confirmed;
  alert.severity = first.severity;
  alert.urgency = first.urgency;
  alert.action = first.action;
  alert.why = first.why;
  alert.nearest_asset.reset();
  for (const Match& m : sorted) {
    alert.tlp = std::max(alert.tlp, m.tlp);
    if (alert.action.empty()) alert.action = m.action;
    if (m.nearest_asset && (!alert.nearest_asset || m.nearest_asset->km < alert.nearest_asset->km))
      alert.nearest_asset = m.nearest_asset;
  }
}

void take_incident(Alert& alert, const Incident& incident) {
  alert.incident = incident;
  alert.incident->code = alert.code;
  alert.certainty = certainty_of(incident.credibility);
  alert.grade = std::string(1, incident.reliability) + std::to_string(incident.credibility);
  alert.headline = headline(incident);
}

Told issued(Alert alert, AlertMemory memory, MsgType type, Millis now) {
  alert.msg_type = type;
  alert.sent = now;
  alert.version = ++memory.version;
  alert.key = hex64(fnv1a(memory.incident)) + "-" + memory.code + "-" + std::to_string(alert.version);
  for (const auto& id : alert.recipients) add_once(memory.told, id);
  memory.last = alert;
  return {std::move(alert), std::move(memory)};
}

std::variant<Told, Suppressed> first_alert(const Incident& incident, const std::vector<Match>& sorted,
                                           const DecideContext& context) {
  if (sorted.empty()) return Suppressed{"no rule fires"};
  if (!context.may_open) return Suppressed{"backlog of the feed's first document, or a feed that reappeared whole"};
  if (incident.status == IncidentStatus::retracted) return Suppressed{"retracted before anybody was told"};
  AlertMemory memory;
  memory.incident = incident.id;
  memory.code = alert_code(incident.id, context.code_taken);
  Alert alert;
  alert.code = memory.code;
  take_rules(alert, sorted);
  take_incident(alert, incident);
  alert.recipients = audience(sorted, *context.recipients);
  return issued(std::move(alert), std::move(memory), MsgType::Alert, context.now);
}

std::variant<Told, Suppressed> cancel(const Incident& incident, const AlertMemory& memory,
                                      const DecideContext& context) {
  if (memory.last.msg_type == MsgType::Cancel) return Suppressed{"already cancelled"};
  Alert alert = memory.last;
  take_incident(alert, incident);
  alert.changed = {incident.status == IncidentStatus::merged ? "merged into " + incident.merged_into : "retracted"};
  alert.recipients = memory.told;
  return issued(std::move(alert), memory, MsgType::Cancel, context.now);
}
}  // namespace

std::variant<Told, Suppressed> decide(const Incident& incident, const std::vector<Match>& matches,
                                      const AlertMemory* memory, const DecideContext& context) {
  const auto sorted = by_weight(matches);
  if (!memory) return first_alert(incident, sorted, context);
  if (incident.status == IncidentStatus::retracted || incident.status == IncidentStatus::merged)
    return cancel(incident, *memory, context);

  if (!context.may_open) return Suppressed{"backlog of a feed's first document: stored, and nobody is woken"};
  Alert alert = memory->last;
  if (!sorted.empty()) take_rules(alert, sorted);
  take_incident(alert, incident);
  alert.changed = news_since(memory->last, alert);
  std::vector<std::string> recipients = memory->told;
  for (const auto& id : audience(sorted, *context.recipients)) add_once(recipients, id);
  for (std::size_t i = memory->told.size(); i < recipients.size(); ++i)
    if (alert.changed.empty() || alert.changed.front() != "confirmed")
      alert.changed.push_back("recipient + " + recipients[i]);
  if (alert.changed.empty()) return Suppressed{"nothing has changed that they were not told"};
  alert.recipients = recipients;
  return issued(std::move(alert), *memory, MsgType::Update, context.now);
}

std::vector<Delivery> deliveries_of(const Alert& alert, const std::vector<Recipient>& recipients, Millis now) {
  std::vector<Delivery> out;
  for (const auto& id : alert.recipients) {
    const auto who = std::find_if(recipients.begin(), recipients.end(), [&](const Recipient& r) { return r.id == id; });
    if (who == recipients.end()) continue;  // removed from the configuration since
    for (const auto& channel : who->channels) {
      Delivery d;
      d.alert_key = alert.key;
      d.recipient = id;
      d.channel = channel;
      d.key = alert.key + "/" + id + "/" + channel;
      d.created = now;
      d.next_attempt = now;
      out.push_back(std::move(d));
    }
  }
  return out;
}

}  // namespace tocsin
