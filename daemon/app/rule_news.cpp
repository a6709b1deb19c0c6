#include "app/rule_news.hpp"

#include "base/text.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kMostReasons = 5;

std::vector<std::string> admins(const Organisation& organisation) {
  std::vector<std::string> ids;
  for (const Recipient& r : organisation.recipients)
    if (r.admin) ids.push_back(r.id);
  return ids;  // empty: those on duty
}

Match about(const char* rule, const Organisation& organisation) {
  Match match;
  match.rule = rule;
  match.severity = Severity::Moderate;
  match.urgency = Urgency::Expected;
  match.notify = admins(organisation);
  return match;
}

std::vector<std::string> first_of(std::vector<std::string> reasons) {
  if (reasons.size() <= kMostReasons) return reasons;
  const std::size_t more = reasons.size() - kMostReasons;
  reasons.resize(kMostReasons);
  reasons.push_back("and " + std::to_string(more) + " more");
  return reasons;
}

std::vector<std::string> reasons(const Reloaded& reloaded) {
  std::vector<std::string> out;
  for (const Diagnostic& d : reloaded.loaded.findings.all())
    if (d.level == Diagnostic::Level::error)
      out.push_back(d.file + ":" + std::to_string(d.at.line) + ": " + one_line(d.message));
  for (const FailedTest& test : reloaded.broken) out.push_back(in_words(test));
  return first_of(std::move(out));
}

}  // namespace

RuleNews news_of_reload(const Reloaded& reloaded, const Organisation& organisation) {
  RuleNews news{about(kReloadRule, organisation), std::nullopt};
  if (reloaded.refused.empty()) return news;
  news.notice = SystemNotice{"reload", {}, {}};
  news.about.action = {
      {"en", "Alerts go on by the old rules. Whoever edits the files: tocsin check shows every finding."},
      {"fr",
       "Les alertes continuent selon les anciennes règles. Pour qui modifie les fichiers : tocsin "
       "check montre toutes les erreurs."}};
  news.about.why = reasons(reloaded);
  return news;
}

RuleNews news_of_tests(const TrialRun& trial, const Organisation& organisation) {
  RuleNews news{about(kTestsRule, organisation), std::nullopt};
  if (trial.failed.empty()) return news;
  SystemNotice notice{"tests", {}, {}};
  std::vector<std::string> words;
  for (const FailedTest& test : trial.failed) {
    notice.tests.push_back(test.name);
    words.push_back(in_words(test));
  }
  news.notice = std::move(notice);
  news.about.action = {
      {"en", "The rules are in force, but at least one does not do what its test expects. tocsin test shows why."},
      {"fr",
       "Les règles sont en vigueur, mais l'une au moins ne fait pas ce que son test attend. tocsin test montre "
       "pourquoi."}};
  news.about.why = first_of(std::move(words));
  return news;
}

std::string tests_note(const TrialRun& trial) {
  if (trial.failed.empty()) return "";
  const std::size_t all = trial.passed + trial.failed.size();
  return std::to_string(trial.failed.size()) + " of " + std::to_string(all) +
         " fail: " + in_words(trial.failed.front());
}

}  // namespace tocsin
