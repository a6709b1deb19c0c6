// The watch over ourselves: whether every country can be heard (alerts/blindness) and whether the feeds of a silence
// rule bring anything. It keeps what people were told, so that a message comes once and the all-clear reaches the same
// people; after a restart it knows that from the last stored alert of each rule. The daemon and replay run it; no I/O
// but in recall().
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "alerts/blindness.hpp"
#include "model/feed.hpp"
#include "ports/store.hpp"
#include "rules/rule_set.hpp"

namespace tocsin {

inline constexpr const char* kBlindRule = "system:blind";

/// A feed with its state. Both must stay where they are while the watch looks.
struct FeedInView {
  const Feed* feed = nullptr;
  const FeedState* state = nullptr;
};

/// Writes into the state what one poll has shown: that the feed works, or fails, and since when. True when that is new
/// and must be stored.
bool note_condition(FeedState& state, bool works, bool answered, Millis now);

class Watch {
 public:
  /// `started`: since when we ourselves have been polling; a machine that has just come up is given time to find its
  /// network. All must outlive the watch or be replaced by use().
  Watch(const RuleSet& rules, const Organisation& organisation, Millis blind_after, Millis started);
  void use(const RuleSet& rules, const Organisation& organisation, Millis blind_after);
  /// Where the codes of new alerts come from; they must differ from those of the incidents.
  void codes_from(std::function<std::string(const std::string& whom)> new_code) { new_code_ = std::move(new_code); }
  /// What people were told before this process.
  Result<void> recall(Store& store);

  /// The alerts that are due now, with their deliveries; empty when there is nothing new.
  Commit look(const std::vector<FeedInView>& feeds, Millis now);
  /// When to look again although no poll has ended; nullopt when time alone changes nothing.
  [[nodiscard]] std::optional<Millis> next(const std::vector<FeedInView>& feeds, Millis now) const;

  /// The alert that is due when this is what is true now of another trouble of ours, `about.rule` "system:...".
  Commit say(const Match& about, const std::optional<SystemNotice>& notice, Millis now);

  /// The countries that people were told of and that are not clear yet.
  [[nodiscard]] std::vector<std::string> blind() const;

 private:
  void tell(const Match& about, const std::optional<SystemNotice>& notice, Millis gather, Millis now, Commit& change);
  void look_for_silence(const std::vector<FeedInView>& feeds, Millis now, Commit& change);
  void end_what_no_rule_says(Millis now, Commit& change);
  [[nodiscard]] const Alert* last(const std::string& rule) const;
  [[nodiscard]] const SystemNotice* told_blind() const;

  const RuleSet* rules_;
  const Organisation* organisation_;
  Millis blind_after_;
  Millis started_;
  std::function<std::string(const std::string& whom)> new_code_;
  std::map<std::string, Alert> last_;  // by rule
};

}  // namespace tocsin
