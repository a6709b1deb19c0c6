// The registry of feed formats: one file each, one row in formats(). To add one, write claims_X and read_X in X.cpp,
// declare them here, add the row in format.cpp and a case under tests/cases/feeds. feeds/ only.
#pragma once
#include <span>
#include <string_view>

#include "feeds/notes.hpp"
#include "feeds/parse.hpp"
#include "feeds/xml_names.hpp"

namespace tocsin {

struct JsonValue;

/// A document that has become a tree: `xml` is its root element or `json` its root value; the other is null.
struct Source {
  const pugi::xml_node* xml = nullptr;
  const Names* names = nullptr;  // with xml
  const JsonValue* json = nullptr;
  const ParseContext& context;
  Notes& notes;
};

struct Format {
  std::string_view name;
  std::string_view about;  // what it is and where it is specified
  bool (*claims)(const Source&);
  void (*read)(const Source&, ParsedFeed&);  // sets format, and what the document holds
};

/// The first that claims a document reads it.
std::span<const Format> formats();

bool claims_rss(const Source& source);
void read_rss(const Source& source, ParsedFeed& feed);
bool claims_rdf(const Source& source);
void read_rdf(const Source& source, ParsedFeed& feed);
bool claims_atom(const Source& source);
void read_atom(const Source& source, ParsedFeed& feed);
bool claims_json_feed(const Source& source);
void read_json_feed(const Source& source, ParsedFeed& feed);
bool claims_cap(const Source& source);
void read_cap(const Source& source, ParsedFeed& feed);
bool claims_geojson(const Source& source);
void read_geojson(const Source& source, ParsedFeed& feed);

}  // namespace tocsin
