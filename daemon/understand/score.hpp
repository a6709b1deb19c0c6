// From findings to one number: explainable features, weighed by a table (rules/lexicon/weights.tsv), one threshold.
#pragma once
#include <vector>

#include "model/report.hpp"
#include "understand/findings.hpp"
#include "understand/report.hpp"

namespace tocsin {

/// Features of the item with the weight for "is it news"; `mention` receives the log odds of "does it tell of an
/// incident".
struct Scored {
  std::vector<Feature> features;
  double news = 0;     // 0..1
  double mention = 0;  // 0..1
};
Scored score_item(const Findings& findings, const std::vector<Draft>& drafts);

}  // namespace tocsin
