// What each command was asked to do: plain values between the command line (cli.cpp) and the commands.
#pragma once
#include <string>
#include <vector>

namespace tocsin {

/// "" = the shipped configuration of the data folder.
struct ConfigOption {
  std::string config;
};

struct RunOptions : ConfigOption {
  bool once = false;  // poll every feed once, deliver what is due, and end
};

struct CheckOptions : ConfigOption {
  std::vector<std::string> paths;  // rule files or folders, instead of the configuration's rules
};

struct TestOptions : ConfigOption {
  std::vector<std::string> paths;
  bool verbose = false;   // name the tests that passed, too
  bool coverage = false;  // name the conditions that no test decided
};

struct UnderstandOptions {
  bool jsonl = false;
};

struct ExplainOptions : ConfigOption {
  bool json = false;
  bool as_case = false;
  std::string file;   // "" or "-" = standard input
  std::string alert;  // the code of a stored alert, instead of an item
  std::string item;   // the id of a stored item, instead of a file
};

struct ReplayOptions : ConfigOption {
  bool json = false;
  std::string speed = "max";  // or a factor of real time
  std::string store;          // "" = in memory
  std::vector<std::string> paths;
};

struct FeedsListOptions : ConfigOption {
  bool json = false;
  bool opml = false;
  bool all = false;     // those that are switched off, too
  std::string country;  // ISO 3166-1 alpha-2
};

struct FeedsTestOptions : ConfigOption {
  bool json = false;
  bool allow_private = false;
  std::string feed;    // read a document as one of this configured feed
  std::string source;  // an address, a file, or the name of a configured feed
};

struct FeedsAddOptions : ConfigOption {
  std::string source;  // an address, or an OPML file
  std::string to;      // "" = feeds.d/added.yaml beside the configuration
  std::string id, reliability;
  std::vector<std::string> countries;
  bool force = false;  // although it is no feed now
  bool allow_private = false;
  bool dry_run = false;  // print the entries, write nothing
};

/// The file that a daemon on this store keeps locked.
inline std::string run_lock_of(const std::string& store) {
  return store + "-lock";
}

/// Exit codes of the contract.
inline constexpr int kDone = 0, kWrong = 1, kUsage = 2, kBadConfiguration = 78;

}  // namespace tocsin
