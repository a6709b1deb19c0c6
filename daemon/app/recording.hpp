// Recorded feed documents for replay: series files (contract, section 6) and plain folders, on one clock.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/feed.hpp"

namespace tocsin {

/// One document as it was seen at one time.
struct Recorded {
  std::size_t feed = 0;  // index into Recording::feeds
  std::string path;
  Millis observed_at = 0;
};

struct Recording {
  std::vector<Feed> feeds;
  std::vector<Recorded> documents;  // by observed_at; equal times in the order given
};

/// A series file holds one series object or a list of them. In a folder, documents that stand in a folder, or a file,
/// called like one of `known` (name, name.html, name-20260813T042436.csv) are read as that feed's, by its mapping; of
/// the others, documents of one channel link (else of one title) are versions of one feed, and what is no feed is tried
/// with the shipped mappings. Their time is the stamp in their name, else their newest item's, else that of the file.
/// Failures name the path and what is wrong with it.
Result<Recording> read_recording(const std::vector<std::string>& paths, std::span<const Feed> known);

}  // namespace tocsin
