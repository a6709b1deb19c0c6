#include "app/test_command.hpp"

#include <algorithm>
#include <cstdio>

#include "app/console.hpp"
#include "app/past.hpp"
#include "app/pipeline.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

/// A small world of its own for one test: only what its items told is in the air.
class TestWorld {
 public:
  TestWorld(const World& world, const RuleTest& test)
      : test_(test), rules_(world.rules), pipeline_(world.understander, world.rules, world.settings.organisation) {
    pipeline_.use(&past_);
    for (const RuleTestItem& i : test.items) {
      const Commit told = pipeline_.take(i.feed, {{i.item, true}}, *i.item.published);
      past_.add(told.incidents);
    }
  }

  [[nodiscard]] const Match* match() {
    for (const Incident& incident : pipeline_.open()) {
      matches_ = pipeline_.matches(incident, test_.clock());
      for (const Match& m : matches_)
        if (m.rule == test_.rule) return &m;
    }
    return nullptr;
  }

  /// Why it stayed silent.
  [[nodiscard]] std::string silence() const {
    if (pipeline_.open().empty()) return "no incident was understood in its items";
    MatchContext context;
    context.now = test_.clock();
    context.history = &past_;
    for (const RuleVerdict& v : rules_.explain(pipeline_.open().front(), context))
      if (v.rule == test_.rule)
        return v.part + ": " + v.reason.condition + " saw " + (v.reason.saw.empty() ? "nothing" : v.reason.saw);
    return "the rule is not loaded";
  }

 private:
  const RuleTest& test_;
  const RuleSet& rules_;
  Past past_;
  Pipeline pipeline_;
  std::vector<Match> matches_;
};

TestResult judged(const World& world, const RuleTest& test) {
  TestWorld played(world, test);
  const Match* match = played.match();
  TestResult result{test, false, ""};
  if (test.fires != (match != nullptr)) {
    result.reason = match ? "expected silence, but it fires: " + join(match->why, "; ")
                          : "expected to fire, but " + played.silence();
  } else if (match && test.confirmed && *test.confirmed != match->confirmed) {
    result.reason =
        match->confirmed ? "expected unconfirmed, but it is confirmed" : "expected confirmed, but it is not";
  }
  result.passed = result.reason.empty();
  return result;
}

std::string named(const TestResult& r) {
  const std::string title = r.test.items.empty() ? "" : r.test.items.front().item.title;
  return r.test.file + ":" + std::to_string(r.test.at.line) + ":" + std::to_string(r.test.at.column) + ": " +
         r.test.rule + ": " + one_line(title);
}

}  // namespace

std::vector<TestResult> run_rule_tests(const World& world, const std::function<bool()>& stop) {
  std::vector<TestResult> results;
  for (const RuleTest& test : world.rules.tests()) {
    if (stop && stop()) break;
    results.push_back(judged(world, test));
  }
  return results;
}

int test_command(const TestOptions& options) {
  const LoadedWorld loaded = load_world(options.config, options.paths);
  if (!loaded.usable()) return complain_bad_configuration(loaded);
  std::size_t passed = 0, failed = 0;
  for (const TestResult& r : run_rule_tests(*loaded.world)) {
    ++(r.passed ? passed : failed);
    if (!r.passed)
      print_line("FAILED " + named(r) + "\n       " + one_line(r.reason));
    else if (options.verbose)
      print_line("passed " + named(r));
  }
  print_line(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed");
  return failed == 0 ? kDone : kWrong;
}

}  // namespace tocsin
