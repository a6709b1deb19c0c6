// Alerts about ourselves (contract, section 4, status System): from what is wrong now and what people were last told to
// the message that they need. Pure; blindness and silence rules use it (app/watch).
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/alert.hpp"

namespace tocsin {

struct SystemContext {
  Millis now = 0;
  const std::vector<Recipient>* recipients = nullptr;
  Millis gather = 0;  // changes of an open notice wait until the last message is so old: one Update, not ten
  std::function<std::string(const std::string& whom)> new_code;
};

/// `about` says rule, severity, action and audience (nobody named: the recipients on duty and the admins). `notice` is
/// what is true now, nullopt when all is well; `last` the last alert of this rule, null when there was none. An Alert
/// when something is newly wrong, an Update when its countries or feeds have changed, the Cancel when it is over, to
/// everybody who was told; nullopt when they know already.
std::optional<Alert> system_alert(const Match& about, const std::optional<SystemNotice>& notice, const Alert* last,
                                  const SystemContext& context);

/// Whether `last` is still in force.
inline bool in_force(const Alert* last) {
  return last && last->msg_type != MsgType::Cancel;
}

}  // namespace tocsin
