#include "alerts/system_alert.hpp"

#include <algorithm>

#include "alerts/headline.hpp"
#include "base/hash.hpp"

namespace tocsin {

namespace {

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string> audience(const Match& about, const std::vector<Recipient>& recipients) {
  if (!about.notify.empty()) return about.notify;
  std::vector<std::string> ids;
  for (const Recipient& r : recipients)
    if (r.duty || r.admin) ids.push_back(r.id);
  return ids;
}

/// "blind + NE", "blind - ML", "no network"
std::vector<std::string> changes(const SystemNotice& told, const SystemNotice& now) {
  std::vector<std::string> out;
  for (const auto list : {&SystemNotice::countries, &SystemNotice::tests}) {
    for (const auto& word : now.*list)
      if (!has(told.*list, word)) out.push_back(now.kind + " + " + word);
    for (const auto& word : told.*list)
      if (!has(now.*list, word)) out.push_back(now.kind + " - " + word);
  }
  if (now.no_network != told.no_network) out.emplace_back(now.no_network ? "no network" : "the network is back");
  return out;
}

Alert described(Alert alert, const Match& about, const SystemNotice& notice) {
  alert.rule = about.rule;
  alert.rules = {about.rule};
  alert.severity = about.severity;
  alert.urgency = about.urgency;
  alert.tlp = about.tlp;
  alert.action = about.action;
  alert.why = about.why;
  alert.system = notice;
  alert.headline = headline(notice);
  return alert;
}

Alert first_alert(const Match& about, const SystemNotice& notice, const SystemContext& context) {
  Alert alert;
  alert.status = AlertStatus::System;
  alert.certainty = Certainty::Observed;
  const std::string episode = about.rule + "@" + rfc3339(context.now);
  alert.code = context.new_code(episode);
  alert.recipients = audience(about, *context.recipients);
  alert.sent = context.now;
  alert.key = hex64(fnv1a(episode)) + "-" + alert.code + "-1";
  return described(std::move(alert), about, notice);
}

Alert next_version(Alert alert, MsgType type, std::vector<std::string> changed, Millis now) {
  alert.msg_type = type;
  alert.changed = std::move(changed);
  alert.sent = now;
  alert.key = alert.key.substr(0, alert.key.rfind('-') + 1) + std::to_string(++alert.version);
  return alert;
}

}  // namespace

std::optional<Alert> system_alert(const Match& about, const std::optional<SystemNotice>& notice, const Alert* last,
                                  const SystemContext& context) {
  if (!in_force(last)) return notice ? std::optional(first_alert(about, *notice, context)) : std::nullopt;
  const SystemNotice told = last->system.value_or(SystemNotice{});
  if (!notice) {
    Alert over = next_version(*last, MsgType::Cancel, {"all clear"}, context.now);
    over.headline = headline(told, true);
    return over;
  }
  auto changed = changes(told, *notice);
  if (changed.empty() || context.now - last->sent < context.gather) return std::nullopt;
  Alert update = described(*last, about, *notice);
  for (auto& id : audience(about, *context.recipients))
    if (!has(update.recipients, id)) update.recipients.push_back(std::move(id));  // came on duty meanwhile
  return next_version(std::move(update), MsgType::Update, std::move(changed), context.now);
}

}  // namespace tocsin
