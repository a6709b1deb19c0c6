// What comes in: feeds, their items, and what parsing found. Values only.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/geo.hpp"
#include "base/lean_text.hpp"
#include "base/time.hpp"

namespace tocsin {

/// How to read a document that is no feed: where its items stand and where in an item each field does. Texts as the
/// configuration holds them; docs/feeds.md tells their language, feeds/mapping.hpp checks and applies them.
struct Mapping {
  std::string preset;             // gdelt, telegram ...: what is not given below comes from there
  std::string kind;               // json | csv | html
  std::string index;              // the feed's address lists documents: the pattern of the one to read
  std::string items;              // path or selector of the items; csv has rows
  std::string header;             // csv: yes | no, whether the first row names the columns
  std::string delimiter;          // csv: one character, or "tab"
  std::string unique;             // a field whose value stands in many items: those become one
  std::vector<std::string> only;  // "LOCATOR = VALUE|VALUE": other items are left out
  std::string feed_title;         // from the whole document; json and html
  std::string id, title, link, text, published, updated, language, authors, categories, lat, lon;
};

/// A polled address. `reliability` is the Admiralty letter A..F of the source; F means that it cannot be judged.
struct Feed {
  std::string id;
  std::string url;
  std::string title;
  std::string language;                // BCP 47 primary tag, "" when unknown
  std::string publisher;               // family: reprints within one family never confirm each other
  std::string owner;                   // independent | state | party | armed-group | agency | aggregator
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2 it is expected to cover
  std::vector<std::string> tags;
  Millis interval = 5 * kMinute;           // the wish; the schedule may stretch it
  std::shared_ptr<const Mapping> mapping;  // null for documents that are feeds
  std::int64_t budget = 0;                 // bytes on the wire in a UTC day; 0 = only that of all feeds together
  LeanText user_agent;                     // "" = our own
  LeanText proxy;                          // socks5h://127.0.0.1:9050; "" = that of all feeds, "none" = direct
  LeanText pin;  // "sha256//BASE64" of the public key; then chain, name and dates of the certificate do not count
  bool allow_private_address = false;  // an admin named this LAN feed on purpose
  bool enabled = true;                 // false: known, and polled only when the admin asks for it by name
  char reliability = 'F';
  char proof = ' ';  // how well the address is known to answer: A (a recent log) .. D (nobody saw it); ' ' unsaid
};

/// RSS skipHours and skipDays, in UTC.
struct SkipTimes {
  std::uint32_t hours = 0;  // bit 0 is 00:00 to 01:00
  std::uint32_t days = 0;   // bit 0 is Monday
  bool operator==(const SkipTimes&) const = default;
};

/// Where a feed is said to have moved for good (301, 308), and how often that held: feeds/address_change.hpp.
struct AddressChange {
  std::uint64_t from = 0;  // hash of the configured address that moved, so that an admin's edit ends it
  LeanText to;
  Millis since = 0;  // wall clock of the first of the polls in a row that led there
  int times = 0;     // in a row
};

/// Bytes on the wire in one UTC day.
struct DayBytes {
  std::int64_t day = 0;  // since 1970
  std::int64_t bytes = 0;
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
  std::vector<std::string> aliases;  // other ids of the same thing, such as alerts that this one takes the place of
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
  SkipTimes skip;             // and when not to ask
  std::vector<Item> items;
  std::vector<ParseNote> notes;
};

}  // namespace tocsin
