// Which feeds a web page names: <link rel="alternate" type="application/rss+xml" href="..."> (WHATWG HTML, 4.6.7.1).
// Pure and total, for `tocsin feeds` in app/.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

struct FeedLink {
  std::string url;  // absolute where `base` is
  std::string title;
};

/// In the order of the page, each address once, at most 64. `base` is the page's own address, "" when unknown; a <base>
/// element of the page stands above it.
std::vector<FeedLink> feed_links(std::string_view bytes, std::string_view content_type, std::string_view base);

}  // namespace tocsin
