// Lists of feeds as feed readers exchange them: OPML 1.0 to 2.0 (opml.org/spec2.opml). Pure and total, for `tocsin
// feeds` in app/: any bytes give a list, with notes that say what was wrong.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "model/feed.hpp"

namespace tocsin {

/// A feed as a list names it.
struct ListedFeed {
  std::string title;
  std::string url;       // xmlUrl, trimmed, references decoded; any scheme
  std::string page;      // htmlUrl
  std::string language;  // primary tag in lower case
  /// The `category` attribute ("/country/ML", "politics") and the names of the folders around it, outermost first.
  std::vector<std::string> categories;
};

struct FeedList {
  bool is_opml = false;
  std::string title;
  std::vector<ListedFeed> feeds;  // in the order of the document; one address may stand twice
  std::vector<ParseNote> notes;   // codes of feeds/parse.hpp; F032 above kMaxListedFeeds
};

inline constexpr std::size_t kMaxListedFeeds = 20'000;

/// An outline is a feed when it has an xmlUrl (or a url and a type of rss or atom), whatever its type and depth.
FeedList read_opml(std::string_view bytes);

/// OPML 2.0, UTF-8. Each feed stands in the folder of its first category; a feed without one stands outside.
std::string write_opml(std::string_view title, const std::vector<ListedFeed>& feeds, Millis now);

}  // namespace tocsin
