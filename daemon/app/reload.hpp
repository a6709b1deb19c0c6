// Taking up changed files while the daemon runs: they are read and checked whole and their tests run, beside the loop,
// and only then the loop swaps the new set in; with an error in them the old set stays. The daemon has one Reloader.
#pragma once
#include <functional>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "app/world.hpp"
#include "host/worker.hpp"

namespace tocsin {

/// A test of a rule file that failed. `name` is the same wherever in its file the test stands.
struct FailedTest {
  std::string name;   // "attack-on-capital: Gunmen attack ..."
  std::string place;  // FILE:LINE:COL
  std::string reason;
};

struct TrialRun {
  std::size_t passed = 0;
  std::vector<FailedTest> failed;
  [[nodiscard]] std::set<std::string> names() const;  // of those that failed
};
/// Every test of the rules. Ends early, with what it has, when it is asked to stop. Reads `world` only.
TrialRun try_rules(const World& world, const std::stop_token& stop);
/// "rules/a.yaml:7:9: error T001: the test ... fails: ..."
std::string in_words(const FailedTest& test);

/// What became of one reload.
struct Reloaded {
  LoadedWorld loaded;
  TrialRun trial;                  // of rules without an error
  std::vector<FailedTest> broken;  // of the trial: those that do not fail in the rules in force
  std::string refused;             // the first finding, one line; "" when it may be taken
  std::string findings;            // all of them as `tocsin check` shows them
  std::string summary;             // one line
};
/// `failing`: the names of tests that fail in the rules in force. A reload must not break a test, but one that is
/// broken already is no reason to keep other corrections out.
Reloaded load_and_try(const std::string& config, const std::set<std::string>& failing, const std::stop_token& stop);

class Reloader {
 public:
  using Told = std::function<void(const Reloaded&)>;
  /// Both are called in the loop: `begins` before the files are read, `done` to take the outcome up, before those who
  /// asked are told. This object must outlive the loop's last callback.
  Reloader(Worker& worker, std::string config, std::function<void()> begins, std::function<void(Reloaded&)> done)
      : worker_(worker), config_(std::move(config)), begins_(std::move(begins)), done_(std::move(done)) {}

  /// One reload, or, while one runs, one more after it for all who ask meanwhile: the files may have changed since.
  void ask(Told told = {});
  /// The names of tests that fail in what is in force now.
  void failing(std::set<std::string> names) { failing_ = std::move(names); }

 private:
  void start();
  void finished(Reloaded& outcome);

  Worker& worker_;
  std::string config_;
  std::function<void()> begins_;
  std::function<void(Reloaded&)> done_;
  std::set<std::string> failing_;
  bool running_ = false;
  bool again_ = false;
  std::vector<Told> waiting_, next_;
};

}  // namespace tocsin
