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
  bool verbose = false;  // name the tests that passed, too
};

struct UnderstandOptions {
  bool jsonl = false;
};

struct ExplainOptions : ConfigOption {
  bool json = false;
  std::string file;  // "" or "-" = standard input
};

struct ReplayOptions : ConfigOption {
  bool json = false;
  std::string speed = "max";  // or a factor of real time
  std::string store;          // "" = in memory
  std::vector<std::string> paths;
};

/// The file that a daemon on this store keeps locked.
inline std::string run_lock_of(const std::string& store) {
  return store + "-lock";
}

/// Exit codes of the contract.
inline constexpr int kDone = 0, kWrong = 1, kUsage = 2, kBadConfiguration = 78;

}  // namespace tocsin
