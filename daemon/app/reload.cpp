#include "app/reload.hpp"

#include <algorithm>

#include "app/console.hpp"
#include "app/test_command.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

std::string first_error(const LoadedWorld& loaded) {
  for (const Diagnostic& d : loaded.findings.all())
    if (d.level == Diagnostic::Level::error)
      return d.file + ":" + std::to_string(d.at.line) + ":" + std::to_string(d.at.column) + ": " + one_line(d.message);
  return "the configuration cannot be read";
}

std::string counted(std::size_t n, const char* what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

std::string taken(const World& world, const TrialRun& trial) {
  std::string words = "reloaded: " + counted(world.rules.all().size(), "rule") + ", " +
                      counted(world.settings.feeds.size(), "feed") + ", " + counted(trial.passed, "test") + " passed";
  return trial.failed.empty() ? words : words + ", " + std::to_string(trial.failed.size()) + " failed as before";
}

constexpr const char* kRefused = "reload refused, the old configuration stays in force (";

}  // namespace

std::set<std::string> TrialRun::names() const {
  std::set<std::string> out;
  for (const FailedTest& test : failed) out.insert(test.name);
  return out;
}

TrialRun try_rules(const World& world, const std::stop_token& stop) {
  TrialRun trial;
  const auto results = run_rule_tests(world, [&] { return stop.stop_requested(); });
  for (const TestResult& r : results) {
    if (r.passed) {
      ++trial.passed;
      continue;
    }
    const std::string title = r.test.items.empty() ? "" : one_line(r.test.items.front().item.title);
    trial.failed.push_back({r.test.rule + ": " + title,
                            r.test.file + ":" + std::to_string(r.test.at.line) + ":" + std::to_string(r.test.at.column),
                            one_line(r.reason)});
  }
  return trial;
}

std::string in_words(const FailedTest& test) {
  return test.place + ": the test of " + test.name + " fails: " + test.reason;
}

Reloaded load_and_try(const std::string& config, const std::set<std::string>& failing, const std::stop_token& stop) {
  Reloaded out;
  out.loaded = load_world(config);
  out.findings = pretty_findings(out.loaded.findings, out.loaded.sources);
  if (!out.loaded.usable()) {
    out.refused = first_error(out.loaded);
    out.summary = kRefused + counted(out.loaded.findings.errors(), "error") + ")";
    return out;
  }
  out.trial = try_rules(*out.loaded.world, stop);
  for (const FailedTest& test : out.trial.failed) {
    out.findings += in_words(test) + "\n";
    if (!failing.contains(test.name)) out.broken.push_back(test);
  }
  if (!out.broken.empty()) out.refused = in_words(out.broken.front());
  out.summary = out.broken.empty() ? taken(*out.loaded.world, out.trial)
                                   : kRefused + counted(out.broken.size(), "test") + " would fail)";
  return out;
}

void Reloader::ask(Told told) {
  if (told) (running_ ? next_ : waiting_).push_back(std::move(told));
  if (running_)
    again_ = true;
  else
    start();
}

void Reloader::start() {
  running_ = true;
  begins_();
  worker_.run([this, config = config_, failing = failing_](const std::stop_token& stop) -> Loop::Callback {
    // Shared: a callback of the loop must be copyable, and a loaded world is not.
    auto outcome = std::make_shared<Reloaded>(load_and_try(config, failing, stop));
    return [this, outcome] { finished(*outcome); };
  });
}

void Reloader::finished(Reloaded& outcome) {
  if (outcome.refused.empty()) failing_ = outcome.trial.names();
  done_(outcome);
  for (const Told& told : std::exchange(waiting_, {})) told(outcome);
  waiting_ = std::exchange(next_, {});
  running_ = false;
  if (std::exchange(again_, false)) start();
}

}  // namespace tocsin
