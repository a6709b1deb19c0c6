// One test of a rule, played through the pipeline in a small world of its own: only what its items told is in the air.
// For test_command.cpp.
#pragma once
#include <vector>

#include "app/past.hpp"
#include "app/pipeline.hpp"
#include "app/world.hpp"
#include "rules/coverage.hpp"

namespace tocsin {

class RuleTrial {
 public:
  /// Both must outlive the trial.
  RuleTrial(const World& world, const RuleTest& test);

  /// What the rule's outcome differs in from what the test expects; "" when in nothing.
  std::string complaint();
  /// Notes what this trial asked of the rule.
  void cover(Coverage& coverage) const;

 private:
  const Match* match();
  [[nodiscard]] std::string complaint_about_match(const Match* match) const;
  [[nodiscard]] std::string complaint_about_alerts() const;
  [[nodiscard]] std::string silence() const;  // why it stayed silent
  [[nodiscard]] MatchContext context() const;

  const RuleTest& test_;
  const RuleSet& rules_;
  Past past_;
  Pipeline pipeline_;
  std::vector<Match> matches_;
  std::vector<Alert> alerts_;  // that name the rule, in order
};

}  // namespace tocsin
