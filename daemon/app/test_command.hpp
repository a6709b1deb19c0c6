// `tocsin test`: the tests that are written in rule files, run through the same pipeline as the news.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "app/world.hpp"

namespace tocsin {

class Coverage;

struct TestResult {
  RuleTest test;
  bool passed = false;
  std::string reason;  // what was seen instead, and the first condition that failed
};

/// Between two tests it asks `stop`, when there is one, whether to end there. `coverage` learns what was asked.
std::vector<TestResult> run_rule_tests(const World& world, const std::function<bool()>& stop = {},
                                       Coverage* coverage = nullptr);

/// Failures on standard output, with `coverage` the conditions that no test decided, then "N passed, N failed"; 0 when
/// all passed, else 1; 78 when the rules cannot be loaded.
int test_command(const TestOptions& options);

}  // namespace tocsin
