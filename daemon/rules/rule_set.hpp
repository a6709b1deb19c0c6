// The rules in force. `load_rules` turns rule files into a RuleSet or into findings; `match` is stage 7 of the
// pipeline. Pure: the caller reads the files, holds the clock and the history, runs the tests. Language and files:
// docs/rules.md.
#pragma once
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "model/alert.hpp"
#include "model/feed.hpp"
#include "rules/counting.hpp"

namespace tocsin {

/// One item of a test, with the feed that it is said to come from. `item.published` is always set.
struct RuleTestItem {
  Feed feed;
  Item item;
};

/// A test case written below a rule: after these items, in order, the rule has fired or not.
struct RuleTest {
  std::string rule;
  std::vector<RuleTestItem> items;
  bool fires = false;                                  // expect: fires | silent
  std::optional<bool> confirmed;                       // what the last match must say, where the test says it
  std::optional<std::vector<MsgType>> messages;        // of the alerts that name the rule, in order
  std::optional<std::vector<std::string>> recipients;  // of the last of them, in any order
  std::string file;
  Position at;
  /// Ten minutes after the last item.
  [[nodiscard]] Millis clock() const;
};

struct Rule {
  std::string name;
  std::string file;  // with `at`: of its name, for messages
  Position at;
  bool enabled = true;
  LocalText title, action;
  Severity severity = Severity::Unknown;
  Urgency urgency = Urgency::Unknown;
  Tlp tlp = Tlp::Green;
  std::vector<std::string> notify;
  Condition when;
  std::optional<Condition> unless, confirm;
  std::vector<Counting> counting;
  std::optional<Silence> silence;  // then `when` is empty and the rule never matches an incident
  std::vector<RuleTest> tests;
};

/// What one rule makes of one incident.
struct RuleVerdict {
  std::string rule;
  bool fires = false;
  bool confirmed = false;
  std::string part;  // what failed: when | unless | count | spike | new | enabled | silence; "" when it fires
  Reason reason;     // the first condition that failed and the value it saw
  std::vector<std::string> why;  // when it fires: every condition that contributed, with its value
};

/// When a feed last brought anything; for a feed that never did, when the watch over it began.
struct FeedActivity {
  std::string feed;
  std::vector<std::string> tags;
  Millis last_item = 0;
};

/// A silence rule that fires: every feed with its tag has brought nothing for its span.
struct SilenceMatch {
  Match match;
  std::vector<std::string> feeds;
};

class PackedRules;
class RuleSet;
/// By the name of their rule.
using RuleTests = std::map<std::string, std::vector<RuleTest>, std::less<>>;

/// The rules of a set, unpacked one by one as they are looked at: for `for` and the algorithms that go through once.
class RuleRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Rule;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Rule;
    Iterator(const RuleSet& set, std::size_t number) : set_(&set), number_(number) {}
    Rule operator*() const;
    Iterator& operator++() { return ++number_, *this; }
    Iterator operator++(int) { return {*set_, number_++}; }
    bool operator==(const Iterator&) const = default;

   private:
    const RuleSet* set_;
    std::size_t number_;
  };

  explicit RuleRange(const RuleSet& set) : set_(&set) {}
  [[nodiscard]] Iterator begin() const { return {*set_, 0}; }
  [[nodiscard]] Iterator end() const { return {*set_, size()}; }
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] Rule operator[](std::size_t number) const;
  [[nodiscard]] std::vector<Rule> copy() const { return {begin(), end()}; }

 private:
  const RuleSet* set_;
};

class RuleSet {
 public:
  RuleSet();
  /// `assets` are measured for `nearest_asset` of every match.
  RuleSet(std::shared_ptr<PackedRules> rules, RuleTests tests, const std::vector<Asset>& assets);

  /// Every rule that fires on this revision, the most severe first.
  [[nodiscard]] std::vector<Match> match(const Incident& incident, const MatchContext& context) const;
  /// Every rule in file order, also the disabled ones.
  [[nodiscard]] std::vector<RuleVerdict> explain(const Incident& incident, const MatchContext& context) const;
  /// The enabled rules that ask for a place and might fire on this incident if its place were known, the most severe
  /// first; none when a place is known.
  [[nodiscard]] std::vector<std::string> held_back(const Incident& incident, const MatchContext& context) const;
  [[nodiscard]] std::vector<SilenceMatch> silences(std::span<const FeedActivity> feeds, Millis now) const;
  /// Of the enabled rules, in file order.
  [[nodiscard]] std::vector<RuleTest> tests() const;
  /// They are not kept for a daemon's whole life.
  void forget_tests() { tests_.reset(); }
  [[nodiscard]] std::optional<Rule> find(std::string_view name) const;
  [[nodiscard]] RuleRange all() const& { return RuleRange(*this); }
  RuleRange all() const&& = delete;  // it would point into what is gone
  /// Those that count or hear feeds, in file order; they stay where they are as long as the set or a copy of it does.
  [[nodiscard]] std::span<const Rule> counting_or_hearing() const&;
  std::span<const Rule> counting_or_hearing() const&& = delete;
  /// Whether an incident counts for this rule's clauses; the facts must be those of its own time.
  [[nodiscard]] static bool counts(const Rule& rule, const Facts& facts);
  /// What a match of this rule says when nothing happened: for drills and silences.
  [[nodiscard]] static Match announce(const Rule& rule);

 private:
  friend class RuleRange;
  friend class RuleRange::Iterator;
  struct Compiled;
  [[nodiscard]] Rule rule(std::size_t number) const;
  std::shared_ptr<const Compiled> compiled_;  // copies are cheap: a reload swaps one pointer
  std::shared_ptr<const RuleTests> tests_;
};

struct RuleFile {
  std::string path;  // as findings name it
  std::string text;
  int layer = 0;  // names of a higher layer (the admin's) replace those of a lower one (the shipped)
  bool names_only =
      false;  // only its lists, macros and rules to extend are at hand; nothing of it is loaded or checked
};

struct LoadedRules {
  RuleSet rules;         // of the files without an error
  Diagnostics findings;  // of all files, sorted by place
};

/// Never throws and never stops at the first error. Findings: docs/errors/README.md.
LoadedRules load_rules(const std::vector<RuleFile>& files, const RuleWorld& world);

}  // namespace tocsin
