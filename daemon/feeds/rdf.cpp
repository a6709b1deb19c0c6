#include <pugixml.hpp>

#include "base/text.hpp"
#include "feeds/format.hpp"
#include "feeds/xml_entries.hpp"

namespace tocsin {

bool claims_rdf(const Source& source) {
  return source.xml && equal_ascii_nocase(local_name(source.xml->name()), "rdf");
}

void read_rdf(const Source& source, ParsedFeed& feed) {
  feed.format = "rdf";
  read_entries(source, *source.xml, feed);
}

}  // namespace tocsin
