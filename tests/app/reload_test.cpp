#include "app/reload.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/reload_command.hpp"
#include "app/rule_news.hpp"
#include "host/loop.hpp"

namespace tocsin {
namespace {

constexpr const char* kConfig = R"(store: tocsin.sqlite
shipped_rules: no
feeds: {radio: {url: "http://127.0.0.1:1/", allow_private_address: yes}}
channels: {screen: {kind: terminal}}
recipients: {duty-officer: {duty: yes, channels: [screen]}, keeper: {admin: yes, channels: [screen]}}
rules: [rules.yaml]
)";
constexpr const char* kRule = R"(rules:
  - rule: attack-on-capital
    when: type in armed_violence and place is capital
    severity: Severe
    tests:
      - {title: Gunmen kill seven soldiers in Bamako, published: 2024-09-17T09:00:00Z, language: en, expect: fires}
)";
/// Loads, and does not do what its test expects.
constexpr const char* kBroken = R"(rules:
  - rule: attack-on-capital
    when: type = flood and place is capital
    severity: Severe
    tests:
      - {title: Gunmen kill seven soldiers in Bamako, published: 2024-09-17T09:00:00Z, language: en, expect: fires}
)";

class ReloadTest : public testing::Test {
 protected:
  ReloadTest() {
    ::setenv("TOCSIN_DATA", TOCSIN_BINARY_DIR, 1);
    std::filesystem::create_directories(folder);
    write("tocsin.yaml", kConfig);
    write("rules.yaml", kRule);
  }
  ~ReloadTest() override { std::filesystem::remove_all(folder); }

  void write(const std::string& name, const std::string& words) { std::ofstream(folder + "/" + name) << words; }
  Reloaded reloaded(const std::set<std::string>& failing = {}) { return load_and_try(config, failing, {}); }

  const std::string folder = testing::TempDir() + "tocsin-reload-" + std::to_string(::getpid());
  const std::string config = folder + "/tocsin.yaml";
};

TEST_F(ReloadTest, good_files_are_taken_and_counted) {
  const Reloaded r = reloaded();
  EXPECT_EQ(r.refused, "") << r.findings;
  EXPECT_EQ(r.summary, "reloaded: 1 rule, 1 feed, 1 test passed");
  EXPECT_EQ(reload_answer(r).substr(0, 2), "0\n");
}

TEST_F(ReloadTest, a_faulty_file_is_refused_with_its_place) {
  write("rules.yaml", std::string(kRule).replace(std::string(kRule).find("capital\n    sev"), 7, "capitol"));
  const Reloaded r = reloaded();
  EXPECT_NE(r.refused.find("rules.yaml:3:"), std::string::npos) << r.refused;
  EXPECT_EQ(r.summary, "reload refused, the old configuration stays in force (1 error)");
  EXPECT_EQ(reload_answer(r).substr(0, 3), "78\n");
  EXPECT_NE(reload_answer(r).find("^"), std::string::npos) << "with its caret";
}

TEST_F(ReloadTest, a_reload_that_breaks_a_test_is_refused) {
  write("rules.yaml", kBroken);
  const Reloaded r = reloaded();
  EXPECT_NE(r.refused.find("rules.yaml:6:"), std::string::npos) << r.refused;
  EXPECT_NE(r.refused.find("expected to fire, but"), std::string::npos) << r.refused;
  EXPECT_EQ(r.summary, "reload refused, the old configuration stays in force (1 test would fail)");
}

TEST_F(ReloadTest, a_test_that_fails_already_keeps_no_other_correction_out) {
  write("rules.yaml", kBroken);
  const Reloaded r = reloaded({"attack-on-capital: Gunmen kill seven soldiers in Bamako"});
  EXPECT_EQ(r.refused, "");
  EXPECT_EQ(r.trial.failed.size(), 1u);
  EXPECT_EQ(r.summary, "reloaded: 1 rule, 1 feed, 0 tests passed, 1 failed as before");
}

TEST_F(ReloadTest, a_trial_that_is_asked_to_stop_ends) {
  std::stop_source source;
  source.request_stop();
  const auto trial = try_rules(*load_world(config).world, source.get_token());
  EXPECT_EQ(trial.passed + trial.failed.size(), 0u);
}

TEST_F(ReloadTest, who_asks_while_one_runs_gets_the_outcome_of_the_next) {
  Loop loop;
  Worker worker(loop);
  int done = 0;
  std::string told;
  Reloader reloader(
      worker, config, [] {}, [&](Reloaded&) { ++done; });
  const auto note = [&](const char* name) {
    return [&, name](const Reloaded&) {
      told += name + std::to_string(done) + " ";
      if (told.size() == 9) loop.stop();
    };
  };
  reloader.ask(note("a"));
  reloader.ask(note("b"));
  reloader.ask(note("c"));
  loop.run();
  EXPECT_EQ(told, "a1 b2 c2 ");
}

TEST_F(ReloadTest, news_of_a_refusal_goes_to_the_admins_with_its_reasons_and_its_end_is_an_all_clear) {
  write("rules.yaml", kBroken);
  const Organisation organisation = load_world(config).world->settings.organisation;
  const RuleNews bad = news_of_reload(reloaded(), organisation);
  EXPECT_EQ(bad.about.rule, "system:reload");
  EXPECT_EQ(bad.about.notify, std::vector<std::string>{"keeper"});
  ASSERT_TRUE(bad.notice);
  EXPECT_EQ(bad.notice->kind, "reload");
  ASSERT_EQ(bad.about.why.size(), 1u);
  EXPECT_NE(bad.about.why[0].find("rules.yaml:6:"), std::string::npos);
  write("rules.yaml", kRule);
  EXPECT_FALSE(news_of_reload(reloaded(), organisation).notice);
}

TEST_F(ReloadTest, news_of_tests_names_those_that_fail) {
  write("rules.yaml", kBroken);
  const LoadedWorld loaded = load_world(config);
  const TrialRun trial = try_rules(*loaded.world, {});
  const RuleNews news = news_of_tests(trial, loaded.world->settings.organisation);
  ASSERT_TRUE(news.notice);
  EXPECT_EQ(news.notice->tests, std::vector<std::string>{"attack-on-capital: Gunmen kill seven soldiers in Bamako"});
  EXPECT_EQ(tests_note(trial).substr(0, 12), "1 of 1 fail:");
  EXPECT_EQ(tests_note(TrialRun{3, {}}), "");
}

}  // namespace
}  // namespace tocsin
