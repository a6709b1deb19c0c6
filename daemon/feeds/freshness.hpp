// Stage 4, keep new: which items of a document are news to us. Pure: the caller loads what was seen and stores what
// comes back. For app/pipeline.
//
// An item is known by any of its keys: its id (addresses without scheme, tracking and revision number, so that "#1" at
// the BBC, a move to https or a new campaign tag is the same item), its link where no other item of the document shares
// it, its title with its date (for a site that changed its software and with it every id), and its aliases (the alerts
// that a CAP Update names, the ids of other networks under which USGS knows an earthquake).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/feed.hpp"

namespace tocsin {

/// A key that was seen in this feed; `print` is the hash of the item's words at that time.
struct KnownItem {
  std::string key;
  std::uint64_t print = 0;
  Millis first_seen = 0;
};

/// What was read of the feed before this document.
struct FeedPast {
  bool first_document = false;  // no good document yet: this one is the baseline
  Millis last_success = 0;      // wall clock, 0 when never
  Millis clock_error = 0;       // its dates lie so far in the future (feeds/norms.hpp)
};

struct Identified {
  Item item;
  std::vector<std::string> keys;  // the first is the main one; never empty; aliases come last
  std::size_t own_keys = 0;       // how many of them are its own: by aliases it is known, but not remembered
  std::uint64_t print = 0;
};

enum class Novelty { fresh, edited };

struct FreshItem {
  Item item;  // `published` is always set, never in the future
  Novelty novelty = Novelty::fresh;
  bool may_alert = true;
  std::string why;  // for the item's story: why it may or may not alert
};

struct Freshness {
  std::vector<FreshItem> items;    // oldest first; what was known and is unchanged is left out
  std::vector<KnownItem> seen;     // to store: every key that is new or whose print changed
  std::vector<std::string> notes;  // about the document as a whole, for the log
  /// By how much the newest of the new items is dated ahead of `now`, when all of them are; 0 when one is not, nullopt
  /// when nothing dated is new. As the publisher wrote them: without the clock error.
  std::optional<Millis> lead;
};

inline constexpr Millis kBaselineAge = 6 * kHour;       // of the first document, younger items may alert
inline constexpr Millis kStaleAge = 7 * kDay;           // an older item is history even when it is new to us
inline constexpr Millis kPublishingLag = 30 * kMinute;  // an article may be dated this long before its feed shows it
inline constexpr Millis kClockSlack = 10 * kMinute;     // a publisher's clock may run ahead by this

/// Hash of the letters and digits of title and text, folded: white space, case and punctuation are no edit. Of an alert
/// in CAP also what decides whether it alarms.
std::uint64_t print_of(const Item& item);

/// Keys and prints; an item that stands twice in the document with the same words is kept once.
std::vector<Identified> identify(std::vector<Item> items);

/// `known` holds whatever the store has of the keys. More than 80 % new items in a feed that we know is held to be a
/// reappearance of the whole feed: then only items dated since the last good poll (less kPublishingLag) may alert.
Freshness keep_new(std::vector<Identified> items, const FeedPast& past, const std::vector<KnownItem>& known,
                   Millis now);

}  // namespace tocsin
