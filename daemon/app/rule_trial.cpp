#include "app/rule_trial.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tocsin {

namespace {

bool names(const Alert& alert, const std::string& rule) {
  return std::find(alert.rules.begin(), alert.rules.end(), rule) != alert.rules.end();
}

std::string types_of(const std::vector<MsgType>& types) {
  std::vector<std::string> words;
  for (const MsgType type : types) words.emplace_back(kMsgTypes(type));
  return words.empty() ? "nothing" : join(words, ", ");
}

std::string ids_of(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  return ids.empty() ? "nobody" : join(ids, ", ");
}

}  // namespace

RuleTrial::RuleTrial(const World& world, const RuleTest& test)
    : test_(test), rules_(world.rules), pipeline_(world.understander, world.rules, world.settings.organisation) {
  pipeline_.use(&past_);
  for (const RuleTestItem& i : test.items) {
    const Commit told = pipeline_.take(i.feed, {{i.item, true}}, *i.item.published);
    past_.add(told.incidents);
    for (const Alert& alert : told.alerts)
      if (names(alert, test.rule)) alerts_.push_back(alert);
  }
}

std::string RuleTrial::complaint() {
  const std::string about_match = complaint_about_match(match());
  return about_match.empty() ? complaint_about_alerts() : about_match;
}

std::string RuleTrial::complaint_about_match(const Match* match) const {
  if (test_.fires && !match) return "expected to fire, but " + silence();
  if (!test_.fires && match) return "expected silence, but it fires: " + join(match->why, "; ");
  if (!match || !test_.confirmed || *test_.confirmed == match->confirmed) return "";
  return match->confirmed ? "expected unconfirmed, but it is confirmed" : "expected confirmed, but it is not";
}

std::string RuleTrial::complaint_about_alerts() const {
  std::vector<MsgType> types;
  for (const Alert& alert : alerts_) types.push_back(alert.msg_type);
  if (test_.messages && *test_.messages != types)
    return "expected the messages " + types_of(*test_.messages) + ", but sent were " + types_of(types);
  if (!test_.recipients) return "";
  const std::string wanted = ids_of(*test_.recipients);
  const std::string told = alerts_.empty() ? "nobody" : ids_of(alerts_.back().recipients);
  return wanted == told ? "" : "expected to tell " + wanted + ", but told " + told;
}

const Match* RuleTrial::match() {
  for (const Incident& incident : pipeline_.open()) {
    matches_ = pipeline_.matches(incident, test_.clock());
    for (const Match& m : matches_)
      if (m.rule == test_.rule) return &m;
  }
  return nullptr;
}

MatchContext RuleTrial::context() const {
  MatchContext context;
  context.now = test_.clock();
  context.history = &past_;
  return context;
}

std::string RuleTrial::silence() const {
  if (pipeline_.open().empty()) return "no incident was understood in its items";
  for (const RuleVerdict& v : rules_.explain(pipeline_.open().front(), context()))
    if (v.rule == test_.rule)
      return v.part + ": " + v.reason.condition + " saw " + (v.reason.saw.empty() ? "nothing" : v.reason.saw);
  return "the rule is not loaded";
}

void RuleTrial::cover(Coverage& coverage) const {
  const auto rule = rules_.find(test_.rule);
  if (!rule) return;
  for (const Incident& incident : pipeline_.open()) {
    MatchContext asked = context();
    std::vector<std::string> words;
    for (const RuleTestItem& i : test_.items) words.push_back(i.item.title + "\n" + i.item.text);
    asked.texts.assign(words.begin(), words.end());
    coverage.judge(*rule, incident, asked);
  }
}

}  // namespace tocsin
