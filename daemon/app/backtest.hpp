// What other rules would have told in the past: the stored revisions of every incident, one after the other in the
// order of time, through two sets of rules at once, those that are tried and those in force. Each walks as the daemon
// does (stages 7 and 8); what it would have told is counted, nothing is sent or stored. Held in memory are the
// incidents of the last two weeks that were told, the numbers of clauses that count, and the sums; not the history.
// `tocsin backtest` and bench_backtest run it.
#pragma once
#include <array>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/alert.hpp"
#include "ports/store.hpp"
#include "rules/rule_set.hpp"
#include "rules/tallied_past.hpp"

namespace tocsin {

/// How often a rule spoke.
struct RuleSum {
  std::size_t alerts = 0, updates = 0, cancels = 0;
};

struct ChannelSum {
  std::size_t messages = 0;
  std::size_t parts = 0;  // as SMS: of the headline with its severity and code
};

/// What one set of rules would have told since the beginning of the time asked for.
struct Sums {
  std::size_t alerts = 0, updates = 0, cancels = 0;  // one each, however many people and channels
  std::map<std::string, RuleSum> rules;              // every enabled rule, also those that were silent
  std::map<std::string, ChannelSum> channels;
  std::array<std::size_t, 24> hours{};                   // messages of any type by the hour of the incident's country
  std::map<std::string, std::set<std::int64_t>> nights;  // recipient -> nights (22 to 6 there) with a message
};

/// An incident that one set told and the other did not.
struct Difference {
  std::string incident, rule;
  Severity severity = Severity::Unknown;
  Millis sent = 0;
  LocalText headline;
};

/// At most kSample of them, the gravest and of these the latest.
class Sample {
 public:
  static constexpr std::size_t kSample = 10;
  void add(Difference difference);
  [[nodiscard]] const std::vector<Difference>& all() const { return all_; }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::vector<Difference> all_;
  std::size_t count_ = 0;
};

struct BacktestResult {
  Millis since = 0, until = 0;  // of the revisions judged
  std::size_t incidents = 0, revisions = 0;
  Sums tried, in_force;
  std::size_t both = 0;  // incidents that both tell
  Sample gained, lost;
};

/// One stored revision with the texts of its items, where a rule asks for them.
struct Step {
  Incident revision;
  std::vector<std::string> texts;
};

/// One set of rules on its way through the past. Two walks share nothing and may take the same steps in two threads.
class Walk {
 public:
  /// Both must outlive the walk.
  Walk(const RuleSet& rules, const Organisation& organisation, Millis since);
  /// In the order of time. Returns the incidents that people would hear of for the first time.
  std::vector<Difference> take(std::span<const Step> steps);
  [[nodiscard]] const Sums& sums() const { return sums_; }

 private:
  struct Known {
    AlertMemory memory;
    Millis updated = 0;
  };

  const Alert* take(const Step& step);
  void count(const Alert& alert);
  void count_deliveries(const Alert& alert, Millis local);
  void tidy(Millis now);

  const RuleSet& rules_;
  const Organisation& organisation_;
  Millis since_;
  Sums sums_;
  TalliedPast past_;
  std::unordered_map<std::string, Known> told_;
  Millis next_tidying_ = 0;
};

class Backtest {
 public:
  /// Counts what is told at or after `since`; earlier revisions only form the past. All must outlive this object.
  Backtest(const RuleSet& tried, const RuleSet& in_force, const Organisation& organisation, Millis since);

  /// The whole history, each walk in a thread of its own while the next piece is read. Texts of items are read only
  /// where a rule asks for them.
  Result<BacktestResult> run(Store& store);

 private:
  /// By whom an incident was told; kept until it can no longer change.
  struct Told {
    bool tried = false, in_force = false;
    Difference first;
  };

  [[nodiscard]] Step step_of(Incident revision, Store& store) const;
  void walk();
  void note(std::vector<Difference> told, bool Told::*by);
  void settle(Millis before);

  Millis since_;
  bool wants_texts_;
  Walk tried_, in_force_;
  std::vector<Step> steps_;
  std::unordered_map<std::string, Told> told_;
  Millis next_settling_ = std::numeric_limits<Millis>::min();
  BacktestResult result_;
};

/// The segments that an SMS of this text is sent in: 160 or 153 characters of the GSM alphabet, else 70 or 67 (3GPP TS
/// 23.038, 23.040).
std::size_t sms_parts(std::string_view text);

}  // namespace tocsin
