// For which countries nothing can be heard any more, from the state of their feeds. Pure: the caller holds the feeds,
// the clock and what people were told (app/watch).
//
// A country is blind when every feed that covers it has failed for `blind_after`, each in two polls at least: one lost
// answer is no blindness. It is heard again when one of its feeds has worked for kRecovery or in two polls. Between the
// two it stays what people were told, so that a feed that comes and goes makes no message.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/alert.hpp"

namespace tocsin {

/// One feed as the watch sees it; one that was never asked is left out.
struct WatchedFeed {
  std::string id;
  std::vector<std::string> countries;  // none: world-wide, it covers no country
  bool failing = false;
  bool answered = true;  // false: failing, and nobody answered at all
  Millis since = 0;      // it has worked, or failed, without a break since then
  bool twice = false;    // two polls or more have shown it
  std::string reason;    // why it fails
};

inline constexpr Millis kRecovery = 10 * kMinute;

/// The notice (kind "blind") that is true now: countries sorted, the feeds that fail for them, since when, and whether
/// the machine itself has no network (no feed at all gets an answer). `told` is what people know, null when nothing is
/// open. nullopt: every country can be heard.
std::optional<SystemNotice> blindness(std::span<const WatchedFeed> feeds, const SystemNotice* told, Millis blind_after,
                                      Millis now);

/// When the answer of blindness() may change by the mere passing of time; nullopt when only a poll can change it.
std::optional<Millis> next_blindness(std::span<const WatchedFeed> feeds, const SystemNotice* told, Millis blind_after,
                                     Millis now);

/// "radio-fleuve: HTTP 503 since 02:05Z" for every feed that fails for a country of the notice.
std::vector<std::string> blind_because(std::span<const WatchedFeed> feeds, const SystemNotice& notice);

}  // namespace tocsin
