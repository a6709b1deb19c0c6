// What is usual for one feed, learned from its documents. A value; feeds/norms learns and judges by it.
#pragma once
#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace tocsin {

struct FeedNorm {
  Millis newest = 0;             // date of its newest item; when that came in, where items carry no date
  Millis gap = 0;                // nineteen of twenty gaps between its items are shorter; 0 = not known yet
  std::int64_t documents = 0;    // learned from
  std::string format;            // of the last one
  double items = 0;              // a document; running mean, as the next two
  double titled = 0, dated = 0;  // share of the items, 0..1
  std::string drift;             // how the last document differs from the usual, in words; "" when it does not
  Millis ahead = 0;              // its clock runs ahead by so much, as far as its new items have shown
  int ahead_times = 0;           // how often they did; feeds/norms tells when that is enough
};

}  // namespace tocsin
