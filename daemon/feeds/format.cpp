#include "feeds/format.hpp"

#include <array>

namespace tocsin {

namespace {
constexpr std::array kFormats{
    Format{"rss", "RSS 0.91 to 2.0, with or without namespaces (rssboard.org/rss-specification)", claims_rss, read_rss},
    Format{"rdf", "RSS 0.90 and 1.0 in RDF (purl.org/rss/1.0/spec)", claims_rdf, read_rdf},
    Format{"atom", "Atom 0.3 and 1.0 (RFC 4287)", claims_atom, read_atom},
    Format{"jsonfeed", "JSON Feed 1.0 and 1.1 (jsonfeed.org)", claims_json_feed, read_json_feed},
    Format{"cap", "CAP 1.0 to 1.2, one alert a document (OASIS)", claims_cap, read_cap},
    Format{"geojson", "GeoJSON of USGS, EMSC and NWS (RFC 7946)", claims_geojson, read_geojson},
};
}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

}  // namespace tocsin
