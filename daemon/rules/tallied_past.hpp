// The past as rules that count need it when it is long: kept as numbers, not as incidents. For each clause and each of
// its keys the moments at which counted incidents opened, so that a count is two binary searches however many there
// are. It is filled in the order of time; what no window reaches any more is let go. For backtests (app/backtest).
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/rule_set.hpp"

namespace tocsin {

class TalliedPast : public History {
 public:
  /// An incident of which nothing was heard for `settled` is not forgotten any more by forget().
  explicit TalliedPast(Millis settled) : settled_(settled) {}
  /// The clauses of these rules are tallied from now on; the rules must outlive this object.
  void use(std::span<const Rule> rules);

  /// Before one of its later revisions is judged: what the former one counted for.
  void forget(const std::string& incident);
  /// After it was judged, each in the order of `updated`.
  void add(const Incident& incident);

  [[nodiscard]] Millis since() const override { return since_; }
  /// Nothing: there are no incidents here.
  void visit(Millis, Millis, const std::function<void(const Incident&)>&) const override {}
  [[nodiscard]] std::optional<std::size_t> tally(const Counting& clause, const std::string& key, Millis from,
                                                 Millis to) const override;

 private:
  using Moments = std::vector<Millis>;  // ascending
  struct Clause {
    const Counting* counting = nullptr;
    std::unordered_map<std::string, Moments> by_key;
  };
  struct Counted {
    const Rule* rule = nullptr;
    std::size_t first = 0, count = 0;  // its clauses
  };
  /// Where one incident counts, for as long as it may still change.
  struct Entry {
    std::vector<std::pair<std::size_t, std::string>> places;  // clause, key
    Millis opened = 0, updated = 0;
  };

  void put(std::size_t clause, std::string key, Entry& entry);
  void let_go(Millis now);
  void trim(Clause& clause, Millis now);

  Millis settled_;
  Millis since_ = 0;
  Millis next_tidying_ = 0;
  std::vector<Clause> clauses_;
  std::vector<Counted> rules_;
  std::unordered_map<const Counting*, std::size_t> number_of_;
  std::unordered_map<std::string, Entry> open_;
};

}  // namespace tocsin
