#include "app/test_command.hpp"

#include <cstdio>

#include "app/console.hpp"
#include "app/rule_trial.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

TestResult judged(const World& world, const RuleTest& test, Coverage* coverage) {
  RuleTrial trial(world, test);
  if (coverage) trial.cover(*coverage);
  const std::string reason = trial.complaint();
  return {test, reason.empty(), reason};
}

std::string named(const TestResult& r) {
  const std::string title = r.test.items.empty() ? "" : r.test.items.front().item.title;
  return r.test.file + ":" + std::to_string(r.test.at.line) + ":" + std::to_string(r.test.at.column) + ": " +
         r.test.rule + ": " + one_line(title);
}

}  // namespace

std::vector<TestResult> run_rule_tests(const World& world, const std::function<bool()>& stop, Coverage* coverage) {
  std::vector<TestResult> results;
  for (const RuleTest& test : world.rules.tests()) {
    if (stop && stop()) break;
    results.push_back(judged(world, test, coverage));
  }
  return results;
}

namespace {

std::string untried(const Coverage::Question& q) {
  if (!q.was_true && !q.was_false) return "never asked";
  return q.was_true ? "never false" : "never true";
}

/// The questions that no test decided both ways, each at its place; those of macros at their rule.
void print_coverage(const LoadedWorld& loaded, const Coverage& coverage) {
  std::size_t all = 0, asked = 0, tried = 0;
  for (const Rule& rule : loaded.world->rules.all()) {
    if (!rule.enabled || rule.silence) continue;
    const auto source = loaded.sources.find(rule.file);
    const auto places = question_places(rule, source == loaded.sources.end() ? "" : source->second);
    for (const Coverage::Question& q : coverage.of(rule)) {
      ++all;
      asked += q.was_true || q.was_false;
      tried += q.was_true && q.was_false;
      if (q.was_true && q.was_false) continue;
      const auto place = places.find({std::string(q.part), q.text});
      const Position at = place == places.end() ? rule.at : place->second;
      print_line(rule.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + rule.name + ": " +
                 std::string(q.part) + ": " + q.text + ": " + untried(q));
    }
  }
  print_line(std::to_string(asked) + " of " + std::to_string(all) + " conditions were decided by a test, " +
             std::to_string(tried) + " of them both ways");
}

}  // namespace

int test_command(const TestOptions& options) {
  const LoadedWorld loaded = load_world(options.config, options.paths);
  if (!loaded.usable()) return complain_bad_configuration(loaded);
  Coverage coverage;
  std::size_t passed = 0, failed = 0;
  for (const TestResult& r : run_rule_tests(*loaded.world, {}, &coverage)) {
    ++(r.passed ? passed : failed);
    if (!r.passed)
      print_line("FAILED " + named(r) + "\n       " + one_line(r.reason));
    else if (options.verbose)
      print_line("passed " + named(r));
  }
  if (options.coverage) print_coverage(loaded, coverage);
  print_line(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed");
  return failed == 0 ? kDone : kWrong;
}

}  // namespace tocsin
