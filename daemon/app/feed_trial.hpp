// One document of one feed on trial: everything that the daemon would read, understand and match of it, and nothing
// stored or told. For `tocsin feeds test` and `tocsin feeds add`.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/explained.hpp"
#include "feeds/discovery.hpp"
#include "feeds/freshness.hpp"
#include "ports/store.hpp"
#include "ports/transport.hpp"

namespace tocsin {

struct TriedItem {
  Item item;
  std::string fate;  // new | old (may not alert) | edited | known
  std::string why;   // of the fate, "" when new
  Explained told;
  std::vector<std::string> rules;        // that fire
  std::vector<std::string> unconfirmed;  // those of them that wait for a second publisher
};

struct Trial {
  std::optional<HttpResponse> answer;  // without one a file was read
  std::string asked;                   // the address, with an answer
  std::size_t bytes = 0;               // of the document, unpacked
  Millis now = 0;                      // the time at which it is judged
  ParsedFeed document;                 // without its items
  std::string mapping;                 // the shipped one that it was read by although nobody said so
  std::string problem;                 // why there is no feed, "" when there is one
  std::vector<FeedLink> links;         // feeds that the page names instead
  std::size_t in_document = 0;         // items, those that stand twice included
  std::vector<TriedItem> items;        // newest first
  std::vector<std::string> notes;      // about all of them
  [[nodiscard]] bool is_feed() const { return problem.empty(); }
};

/// `bytes` as a document of `feed`. With a `store` the items that the daemon has seen are known; without, this is the
/// feed's first document. A file is judged ten minutes after its newest item, an answer at `now`.
Trial try_document(const World& world, const Feed& feed, std::string_view bytes, Store* store, Millis now);
Trial try_answer(const World& world, const Feed& feed, HttpResponse answer, Store* store, Millis now);

/// For people. Items that are no news are cut to `width` code points (0: never). `label` is what was asked for.
std::string in_words(const Trial& trial, std::string_view label, std::size_t width);
/// One JSON object on one line.
std::string to_json(const Trial& trial, std::string_view label);

}  // namespace tocsin
