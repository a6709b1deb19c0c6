// What the daemon remembers. SQLite implements it (store/); tests/store holds one suite for every implementation.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/alert.hpp"
#include "model/feed.hpp"
#include "model/feed_norm.hpp"
#include "model/incident.hpp"

namespace tocsin {

/// What polling must know about a feed after a restart.
struct FeedState {
  std::string feed;
  LeanText etag, last_modified;
  LeanText final_url;  // that the validators belong to; "" = as configured
  std::uint64_t body_hash = 0;
  Millis last_poll = 0, last_success = 0, last_new_item = 0, next_poll = 0;  // wall clock
  int failures = 0;                                                          // in a row
  LeanText last_error;
  bool gone = false;           // 410: stopped until the admin acts
  bool unanswered = false;     // nobody answered the last poll at all; not stored
  std::int64_t documents = 0;  // good ones read so far; 0 means: the next is the baseline
  Millis ttl = 0;              // the publisher's wishes, which a 304 does not repeat
  SkipTimes skip;
  AddressChange moved;
  DayBytes traffic;
  Millis since = 0;           // it has worked (failures == 0), or failed, without a break since then; 0: never asked
  FeedNorm norm;              // what is usual for it
  std::uint64_t address = 0;  // hash of the configured url that all this was learned from; 0: it was not noted
  Millis rests_until = 0;     // wall clock: the server asked not to be asked before
};

/// An item that was seen: `print` is the hash of its words, so that an edit is told from a repetition.
struct SeenItem {
  std::string feed, id;
  std::uint64_t print = 0;
  Millis first_seen = 0;
};

/// An item with what was understood of it, as history keeps it.
struct StoredItem {
  std::int64_t row = 0;
  std::string feed, publisher;
  Item item;
  Millis received = 0;
  bool relevant = false;
  double score = 0;
  std::string type, country, place;  // of the main report, "" when none
  std::string incident;              // id, "" when none
};

/// Everything that one poll changed. Committed whole or not at all.
struct Commit {
  std::vector<StoredItem> items;
  std::vector<SeenItem> seen;
  std::vector<Incident> incidents;  // each replaces its former revision; every revision is kept in history
  std::vector<Alert> alerts;
  std::vector<AlertMemory> memories;
  std::vector<Delivery> deliveries;  // ids are given by the store
  std::optional<FeedState> feed_state;
};

/// A delivery that is due, with the alert that it carries.
struct DueDelivery {
  Delivery delivery;
  Alert alert;
};

/// A word that the daemon leaves for `tocsin status`: the last of its kind.
struct Note {
  std::string about, text;
  Millis at = 0;
};
/// The first finding of a configuration that was not taken at a reload.
inline constexpr const char* kReloadNote = "refused reload";
/// The tests of rule files that fail.
inline constexpr const char* kTestsNote = "rule tests";
/// What became of the last canary: kCanaryCame, or where it fell silent.
inline constexpr const char* kCanaryNote = "canary";
inline constexpr const char* kCanaryCame = "came through";
inline constexpr const char* kCanaryAwaited = "none yet";
/// Why reports of people cannot come in.
inline constexpr const char* kReportsNote = "reports";

/// The queue at a glance.
struct Outbox {
  std::size_t queued = 0;
  std::optional<Millis> oldest;  // created
  std::string waits_for;         // last error of the oldest, "" before its first attempt
  std::size_t given_up = 0;      // failed or expired
  std::string gave_up_because;   // last error of the latest of those
};

struct HistoryFilter {
  std::optional<Millis> since;  // absolute
  std::string country;          // ISO 3166-1 alpha-2
  std::string rule;             // alerts of this rule, incidents it fired on, items of those
  std::string text;             // every word of it occurs, case and accents folded
  std::string code;             // alerts and incidents of this code
  bool about_us = false;        // only alerts of no incident: blindness and silence
  std::size_t limit = 100;      // newest first
};

class Store {
 public:
  virtual ~Store() = default;
  /// One transaction, synchronous=FULL: when it returns, everything in it survives a power cut. An alert or delivery
  /// whose key is stored already stays as it is, so a commit may be repeated. A delivery must carry an alert that is
  /// stored.
  virtual Result<void> commit(const Commit& change) = 0;
  virtual Result<std::optional<FeedState>> feed_state(const std::string& feed) = 0;
  /// Of every feed that was ever asked, also those that are not configured any more.
  virtual Result<std::vector<FeedState>> feed_states() = 0;
  /// The seen items of this feed among `ids`.
  virtual Result<std::vector<SeenItem>> seen(const std::string& feed, const std::vector<std::string>& ids) = 0;
  /// Incidents updated at or after `since`, that a new report may still join: all but the merged, longest untouched
  /// first.
  virtual Result<std::vector<Incident>> open_incidents(Millis since) = 0;
  virtual Result<std::vector<AlertMemory>> memories(Millis since) = 0;
  /// Queued deliveries with next_attempt <= now, most severe first, then oldest; at most `limit`.
  virtual Result<std::vector<DueDelivery>> due(Millis now, std::size_t limit) = 0;
  /// The earliest next_attempt of what is queued.
  virtual Result<std::optional<Millis>> next_due() = 0;
  /// State, attempts, next attempt and error of the delivery with this key; durable as commit() is.
  virtual Result<void> update(const Delivery& delivery) = 0;
  virtual Result<std::vector<Delivery>> deliveries(const std::string& alert_key) = 0;
  virtual Result<std::size_t> queued() = 0;
  /// What waits, and what was given up of the deliveries created at or after `since`.
  virtual Result<Outbox> outbox(Millis since) = 0;
  /// Replaces the note about the same thing; without a text it is removed.
  virtual Result<void> leave(const Note& note) = 0;
  virtual Result<std::vector<Note>> notes() = 0;
  virtual Result<std::vector<Alert>> alerts(const HistoryFilter& filter) = 0;
  virtual Result<std::vector<Incident>> incidents(const HistoryFilter& filter) = 0;
  virtual Result<std::vector<StoredItem>> items(const HistoryFilter& filter) = 0;
  /// Every stored revision of one incident, oldest first; empty when it is not known.
  virtual Result<std::vector<Incident>> revisions(const std::string& incident) = 0;
  /// Every stored revision of all incidents in the order in which they were written, until `see` returns false. Read in
  /// short pieces, so that a daemon that writes meanwhile is not held up; what it writes may be seen. As rules read
  /// them: without links, sketches and stories.
  virtual Result<void> each_revision(const std::function<bool(Incident&&)>& see) = 0;
  /// The titles and texts of the items of one incident that came in until then, at most `limit`, oldest first.
  virtual Result<std::vector<std::string>> texts(const std::string& incident, Millis until, std::size_t limit) = 0;
  /// Forgets, beyond recovery from the file, what happened before this moment: items, alerts with no delivery waiting,
  /// incidents not updated since. What is still needed to tell new items from old ones stays. Returns the rows removed.
  virtual Result<std::size_t> purge(Millis before) = 0;
};

}  // namespace tocsin
