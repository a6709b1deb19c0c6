// From one fetched document to one committed change: parse, keep new, pipeline, store. The daemon and replay run it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/pipeline.hpp"
#include "base/result.hpp"
#include "feeds/freshness.hpp"
#include "model/feed.hpp"
#include "ports/store.hpp"

namespace tocsin {

struct Document {
  std::string_view bytes;
  std::string content_type, final_url;
  std::string etag, last_modified;  // to be sent back with the next request
};

/// What became of it.
struct Taken {
  bool is_feed = false;
  std::string format;
  std::string problem;             // why it is no feed, in words
  std::optional<Millis> ttl;       // the publisher's wish
  std::size_t items = 0;           // in the document
  std::size_t new_items = 0;       // new or edited
  std::size_t reports = 0;         // new items that were news
  Commit change;                   // as committed
  std::vector<std::string> notes;  // for the log
};

/// Why a document is no feed, in words; "" when it is one.
std::string problem_of(const ParsedFeed& parsed);

/// Those of `items` that the store has seen of this feed.
Result<std::vector<KnownItem>> known_items(Store& store, const std::string& feed, const std::vector<Identified>& items);

class Intake {
 public:
  /// Both must outlive the intake.
  Intake(Store& store, Pipeline& pipeline) : store_(store), pipeline_(pipeline) {}

  /// `state` is what is known of the feed; it is updated (documents, last_new_item, last_success when it was a feed)
  /// and committed with the rest. Fails only when the store does: then nothing of this document was accepted.
  Result<Taken> take(const Feed& feed, const Document& document, FeedState& state, Millis now);
  /// Reports of a person. An id that is known with the same words is nothing new; `is_backlog`: they lay there before
  /// we listened. `state`, where it is given, is committed with them.
  Result<Taken> take_reports(const Feed& sender, std::vector<Item> items, bool is_backlog,
                             const std::optional<FeedState>& state, Millis now);

 private:
  /// What is new of the items, understood and correlated: everything of `taken` but the fate of the feed. Returns by
  /// how much the new ones are dated ahead (feeds/freshness.hpp).
  Result<std::optional<Millis>> understand(const Feed& feed, std::vector<Item> items, FeedPast past, Millis now,
                                           Taken& taken);
  Result<Taken> committed(Taken taken);

  Store& store_;
  Pipeline& pipeline_;
};

}  // namespace tocsin
