// What comes in: feeds, their items, and what parsing found. Values only.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/geo.hpp"
#include "base/time.hpp"

namespace tocsin {

/// A polled address. `reliability` is the Admiralty letter A..F of the source; F means that it cannot be judged.
struct Feed {
  std::string id;
  std::string url;
  std::string title;
  std::string language;   // BCP 47 primary tag, "" when unknown
  std::string publisher;  // family: reprints within one family never confirm each other
  std::string owner;      // independent | state | party | armed-group | agency | aggregator
  char reliability = 'F';
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2 it is expected to cover
  std::vector<std::string> tags;
  Millis interval = 5 * kMinute;       // the wish; the schedule may stretch it
  bool allow_private_address = false;  // an admin named this LAN feed on purpose
};

/// What an item says about its own origin (RSS <source>, aggregators).
struct ItemSource {
  std::string title;
  std::string url;
};

/// The alert that a CAP document carries (OASIS CAP 1.2): the fields that decide whether it may alarm.
struct CapFields {
  std::string identifier, sender, status, msg_type, scope, references;
  std::string event, urgency, severity, certainty, area;
  std::optional<Millis> onset, expires;
};

/// One entry of a feed. Title and text are plain text in UTF-8.
struct Item {
  std::string id;  // never empty: guid, else link, else content hash
  std::string title;
  std::string text;
  std::string link;
  std::string language;
  std::optional<Millis> published, updated;
  std::vector<std::string> authors, categories;
  std::vector<LatLon> points;
  ItemSource source;
  std::optional<CapFields> cap;
};

/// A finding about a feed document: code like "F004", a place in the document where known.
struct ParseNote {
  Position at;
  Diagnostic::Level level = Diagnostic::Level::warning;
  std::string code;
  std::string message;
};

/// One document, parsed. `format` is "" when the document is no feed at all; then notes say why.
struct ParsedFeed {
  std::string format;  // rss2.0, atom1.0, rdf, jsonfeed1.1, ...
  std::string title, link, language;
  std::optional<Millis> ttl;  // the publisher's wish for the poll interval
  std::vector<Item> items;
  std::vector<ParseNote> notes;
};

}  // namespace tocsin
