// Stage 8: whether a match becomes a message, which one, and for whom. Pure: what was told before comes in as memory,
// the new memory goes out with the alert.
#pragma once
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "model/alert.hpp"

namespace tocsin {

struct DecideContext {
  Millis now = 0;
  const std::vector<Recipient>* recipients = nullptr;
  /// False for the backlog of a feed's first document and for a feed that reappeared whole: nobody is woken for it.
  bool may_open = true;
  std::function<bool(const std::string&)> code_taken;
};

struct Told {
  Alert alert;
  AlertMemory memory;
};

/// The first alert of an incident goes to those whom its confirmed rules name, and to the duty recipients for what is
/// not confirmed yet. Afterwards everybody who was told hears of every change that matters, also when no rule fires any
/// more; a retraction or merger is a Cancel to all of them.
std::variant<Told, Suppressed> decide(const Incident& incident, const std::vector<Match>& matches,
                                      const AlertMemory* memory, const DecideContext& context);

/// One queued delivery for each recipient and channel, due at once. Keys are unique and stable: "<alert
/// key>/<recipient>/<channel>".
std::vector<Delivery> deliveries_of(const Alert& alert, const std::vector<Recipient>& recipients, Millis now);

}  // namespace tocsin
