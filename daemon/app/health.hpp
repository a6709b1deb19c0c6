// How Tocsin is: gathered from the store alone, so that it can be asked while the daemon hangs or is dead. For the
// status command; the daemon's own status line says the same in short.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/feed.hpp"
#include "ports/store.hpp"

namespace tocsin {

/// In order of weight; a feed has the first that is true of it.
enum class FeedStanding : std::uint8_t { gone, failing, drift, stale, waiting, ok };
inline constexpr Words<FeedStanding, 6> kFeedStandings{{"gone", "failing", "drift", "stale", "waiting", "ok"}};

struct FeedHealthReport {
  std::string id;
  FeedStanding standing = FeedStanding::waiting;  // waiting: not asked yet
  std::optional<Millis> since;                    // it fails, or works, since then
  std::string reason;                             // one line; "" when ok
  std::optional<Millis> last_success, newest_item;
};
FeedHealthReport report_on(const Feed& feed, const FeedState& state, Millis now);

struct Health {
  Millis at = 0;
  bool running = false;  // a daemon holds the store
  std::optional<Millis> last_poll;
  std::vector<FeedHealthReport> feeds;  // as configured
  std::optional<SystemNotice> blind;    // as people were told, until the all-clear
  Outbox outbox;
  std::optional<Note> canary;  // the last one, with what became of it (app/canary.hpp)
  std::optional<Note> refused_reload;
  std::optional<Note> failing_tests;  // of rule files
  std::optional<Note> no_reports;  // a door of people's reports is shut, and why
  std::string store;
  std::uintmax_t bytes = 0;
  std::vector<std::string> problems;  // in words; empty when all is well

  [[nodiscard]] std::size_t count(FeedStanding standing) const;
};

inline constexpr Millis kSlowDelivery = 10 * kMinute;  // a message that waits longer is a problem
inline constexpr Millis kGivenUpShown = kDay;          // how long a delivery that was given up is one

/// `store` is only read. Fails when it cannot be.
Result<Health> health_of(Store& store, const std::vector<Feed>& feeds, bool running, Millis now);

/// For a person, in lines of a phone's width.
std::string in_words(const Health& health);
/// One object; docs/operations.md lists the keys.
std::string to_json(const Health& health);

}  // namespace tocsin
