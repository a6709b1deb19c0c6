// The names that a rule may use beside the vocabulary of the code: what the organisation owns, which feeds it reads,
// which actors and regions the data files know. A plain value that the caller of load_rules fills.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "model/organisation.hpp"

namespace tocsin {

struct RuleWorld {
  Organisation organisation;       // assets, roads, zones; recipients for `notify`
  std::vector<std::string> feeds;  // ids
  std::vector<std::string> feed_tags;
  std::map<std::string, ActorGroup> actors;               // id -> group
  std::map<std::string, std::string> regions;             // ISO 3166-2 -> name; empty: every well-formed code is taken
  std::map<std::string, std::vector<std::string>> lists;  // of the configuration; they replace lists of layer 0
};

}  // namespace tocsin
