// Stages 5 to 8 over the new items of one poll: understand, correlate, match, decide. It keeps what is in the air (open
// incidents, what was told) and returns everything that changed as one Commit; it does no I/O. The daemon, replay and
// the tests of rule files run this same code.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/feed.hpp"
#include "ports/store.hpp"
#include "rules/rule_set.hpp"
#include "understand/understander.hpp"

namespace tocsin {

/// A new or edited item, as keep-new (stage 4) passes it on.
struct Arrival {
  Item item;
  bool may_alert = true;  // false: backlog of a first document, or a feed that reappeared whole
};

/// What the built-in rule for incidents without a place makes of this one (alerts/unplaced.hpp).
std::optional<Match> unplaced_rule(const RuleSet& rules, const Incident& incident, const MatchContext& context);

class Pipeline {
 public:
  /// Everything given must outlive the pipeline or be replaced by use().
  Pipeline(const Understander& understander, const RuleSet& rules, const Organisation& organisation);

  /// All of it anew, after a reload.
  void use(const Understander& understander, const RuleSet& rules, const Organisation& organisation);
  void use(const History* history) { history_ = history; }
  /// What the store remembers, at start.
  void remember(std::vector<Incident> open, std::vector<AlertMemory> memories);

  /// A code that no open incident has, for an alert about ourselves; from now on none will.
  std::string claim_code(const std::string& whom);

  /// `arrivals` in any order; they are taken in order of publication. `now` is the wall clock.
  Commit take(const Feed& feed, const std::vector<Arrival>& arrivals, Millis now);

  /// Matches of one incident as it stands; for tests of rules and explain.
  [[nodiscard]] std::vector<Match> matches(const Incident& incident, Millis now) const;
  [[nodiscard]] const std::vector<Incident>& open() const { return open_; }

 private:
  struct Touched {
    bool may_alert = false;
  };

  StoredItem read(const Feed& feed, const Arrival& arrival, Millis now, std::map<std::string, Touched>& touched);
  void correlate_report(const Report& report, bool may_open, const Feed& feed, const Arrival& arrival, Millis now,
                        StoredItem& stored, std::map<std::string, Touched>& touched);
  void tell(Incident& incident, const Touched& touched, Millis now, Commit& change);
  void keep_text(const std::string& incident, const Item& item);
  Incident* find(const std::string& id);
  void close_old(Millis now);

  const Understander* understander_;
  const RuleSet* rules_;
  const Organisation* organisation_;
  const History* history_ = nullptr;
  std::vector<Incident> open_;
  std::map<std::string, AlertMemory> memories_;            // by incident
  std::map<std::string, std::vector<std::string>> texts_;  // by incident
  std::set<std::string> codes_;
};

}  // namespace tocsin
