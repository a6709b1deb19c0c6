// The norm of a feed: learned from each document, so that a feed that dies silently, or changes its shape, is told from
// one that is merely quiet. Pure. For app/ (intake, status).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/feed.hpp"
#include "model/feed_norm.hpp"

namespace tocsin {

/// What a document looks like from afar.
struct DocumentShape {
  std::string format;
  std::size_t items = 0, titled = 0, dated = 0;
  std::vector<Millis> dates;  // of its items, oldest first, none after `now`
};
DocumentShape shape_of(const ParsedFeed& parsed, Millis now);

/// The norm after one more good document; `news`: it brought items that were not known. A document unlike the others
/// sets `drift` and teaches little.
FeedNorm learned(FeedNorm norm, const DocumentShape& shape, bool news, Millis now);

/// The norm after one more good document whose new items run ahead of our clock by `lead` (feeds/freshness.hpp).
FeedNorm learned_clock(FeedNorm norm, std::optional<Millis> lead);
/// By how much its dates are wrong: a publisher that labels the local time as GMT, east of Greenwich. In half hours; 0
/// until three documents have shown it. West of Greenwich its items only look late, which is nothing to mend.
Millis clock_error(const FeedNorm& norm);

inline constexpr Millis kQuietAtLeast = 6 * kHour;

/// The silence after which the feed is stale: four times its usual longest gap, and never less than kQuietAtLeast.
/// nullopt while the norm is not known.
std::optional<Millis> stale_after(const FeedNorm& norm);
bool is_stale(const FeedNorm& norm, Millis now);

}  // namespace tocsin
