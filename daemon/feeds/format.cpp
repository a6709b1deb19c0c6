#include "feeds/format.hpp"

#include <array>

namespace tocsin {

namespace {
constexpr std::array kFormats{
    Format{"rss", "RSS 0.91 to 2.0, with or without namespaces (rssboard.org/rss-specification)", claims_rss, read_rss},
    Format{"rdf", "RSS 0.90 and 1.0 in RDF (purl.org/rss/1.0/spec)", claims_rdf, read_rdf},
    Format{"atom", "Atom 0.3 and 1.0 (RFC 4287)", claims_atom, read_atom},
    Format{"jsonfeed", "JSON Feed 1.0 and 1.1 (jsonfeed.org)", claims_json_feed, read_json_feed},
};
}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

}  // namespace tocsin
