// A document, as fetched, to the items in it. Pure and total: any bytes give a ParsedFeed, within time linear in their
// number and bounded memory. For app/ (pipeline, `tocsin parse`, replay); the other headers of feeds/ serve this one.
//
// Codes of notes (errors mean that there is no feed):
//   F001 a page of HTML      F002 nothing at all         F003 no known format       F004 unreadable file
//   F010 unknown charset     F011 bytes mended           F012 charset guessed       F013 control characters
//   F020 text before         F021 internal DTD dropped   F022 markup mended         F023 cut off
//   F024 too many tags       F025 too deep               F030 id made up            F031 date unreadable
//   F032 too many items      F033 id used twice          F034 text too long         F040 unreadable values
//   F050 schema drift: the items or a column moved       F051 schema drift: a field moved
//   F052 a field without values                          F054 unusable mapping      F055 unreadable packed document
#pragma once
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "model/feed.hpp"

namespace tocsin {

/// What the fetch knew about the bytes. Everything may be empty.
struct ParseContext {
  std::string final_url;             // relative links are seen from here when the document names no base
  std::string content_type;          // the HTTP header, for its charset
  Millis now = 0;                    // for dates that are relative; 0 when unknown
  const Mapping* mapping = nullptr;  // how to read what is no feed; null for feeds
};

inline constexpr std::size_t kMaxItems = 5'000;
inline constexpr std::size_t kMaxListed = 64;  // authors, categories or points of one item

/// `format` is "" and `notes` holds an error when the document is no feed; an empty but valid feed has a format.
ParsedFeed parse_feed(std::string_view bytes, const ParseContext& context);

}  // namespace tocsin
