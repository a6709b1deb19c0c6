#include "rules/rule_set.hpp"

#include <algorithm>

#include "model/unplaced.hpp"
#include "rules/near.hpp"
#include "rules/packed_rules.hpp"
#include "rules/rule_index.hpp"

namespace tocsin {

namespace {

constexpr double kAssetKm = 300;  // an asset farther away says nothing about the incident

std::string_view word_of(Counting::Kind kind) {
  return kind == Counting::Kind::count ? "count" : kind == Counting::Kind::spike ? "spike" : "new";
}

/// Whether the conditions alone hold, without counting.
bool conditions_hold(const Rule& rule, const Facts& facts) {
  return holds(rule.when, facts) && !(rule.unless && holds(*rule.unless, facts));
}

/// A past incident is judged as of its own time: its age then, not its age now.
bool counted(const Rule& rule, const Incident& past, const MatchContext& present) {
  const MatchContext then{past.updated, present.history, {}};
  return conditions_hold(rule, Facts(past, then));
}

Counted judge_clause(const Rule& rule, const Counting& clause, const Facts& facts) {
  const auto& context = facts.context();
  return judge(clause, facts.incident(), context, [&](const Incident& past) { return counted(rule, past, context); });
}

std::string text(const Reason& r) {
  return r.condition + ": " + r.saw;
}

std::vector<std::string> contributions(const Rule& rule, const Facts& facts) {
  std::vector<std::string> why;
  for (const Reason& r : why_true(rule.when, facts)) why.push_back(text(r));
  return why;
}

/// The first clause that does not hold; else nothing, and `why` has what each of them counted.
std::optional<Reason> failed_clause(const Rule& rule, const Facts& facts, std::vector<std::string>& why,
                                    std::string_view& part) {
  for (const Counting& clause : rule.counting) {
    Reason seen{clause.printed, ""};
    const Counted counted = judge_clause(rule, clause, facts);
    seen.saw = counted.saw;
    part = word_of(clause.kind);
    if (!counted.holds) return seen;
    why.push_back(text(seen));
  }
  return std::nullopt;
}

RuleVerdict failed(const Rule& rule, std::string_view part, Reason reason) {
  RuleVerdict verdict;
  verdict.rule = rule.name;
  verdict.part = std::string(part);
  verdict.reason = std::move(reason);
  return verdict;
}

RuleVerdict verdict_of(const Rule& rule, const Facts& facts) {
  if (!rule.enabled) return failed(rule, "enabled", {"enabled", "false"});
  if (rule.silence) return failed(rule, "silence", {rule.silence->printed, "an incident; this rule hears feeds"});
  if (!holds(rule.when, facts)) return failed(rule, "when", why_false(rule.when, facts));
  if (rule.unless && holds(*rule.unless, facts)) return failed(rule, "unless", why_true(*rule.unless, facts).front());
  RuleVerdict verdict;
  std::string_view part;
  verdict.why = contributions(rule, facts);
  if (auto reason = failed_clause(rule, facts, verdict.why, part)) return failed(rule, part, std::move(*reason));
  verdict.rule = rule.name;
  verdict.fires = true;
  verdict.confirmed = !rule.confirm || holds(*rule.confirm, facts);
  return verdict;
}

}  // namespace

Millis RuleTest::clock() const {
  return items.empty() ? 0 : items.back().item.published.value_or(0) + 10 * kMinute;
}

struct RuleSet::Compiled {
  std::shared_ptr<const PackedRules> rules = std::make_shared<const PackedRules>();
  std::vector<Shape> assets;  // by the code that alerts show
  RuleIndex index;
};

RuleSet::RuleSet() : compiled_(std::make_shared<const Compiled>()) {}

RuleSet::RuleSet(std::shared_ptr<PackedRules> rules, RuleTests tests, const std::vector<Asset>& assets) {
  auto compiled = std::make_shared<Compiled>();
  rules->seal();
  for (std::size_t i = 0; i < rules->size(); ++i)
    if (rules->matches_incidents(i))
      compiled->index.add(static_cast<std::uint32_t>(i), rules->conditions(), rules->when(i));
  compiled->index.seal(rules->conditions());
  compiled->rules = std::move(rules);
  if (!tests.empty()) tests_ = std::make_shared<const RuleTests>(std::move(tests));
  for (const Asset& a : assets) compiled->assets.push_back({a.code.empty() ? a.id : a.code, {a.at}});
  compiled_ = std::move(compiled);
}

bool RuleSet::counts(const Rule& rule, const Facts& facts) {
  return conditions_hold(rule, facts);
}

Match RuleSet::announce(const Rule& rule) {
  Match match;
  match.rule = rule.name;
  match.title = rule.title;
  match.severity = rule.severity;
  match.urgency = rule.urgency;
  match.tlp = rule.tlp;
  match.notify = rule.notify;
  match.action = rule.action;
  return match;
}

std::vector<Match> RuleSet::match(const Incident& incident, const MatchContext& context) const {
  const PackedRules& rules = *compiled_->rules;
  const Facts facts(incident, context);
  std::vector<Match> matches;
  for (const std::uint32_t number : compiled_->index.candidates(facts)) {
    if (!rules.conditions_hold(number, facts)) continue;
    const OpenRule open = rules.open(number);
    const Rule& rule = *open;
    auto why = contributions(rule, facts);
    std::string_view part;
    if (failed_clause(rule, facts, why, part)) continue;
    Match& match = matches.emplace_back(announce(rule));
    match.confirmed = !rule.confirm || holds(*rule.confirm, facts);
    match.why = std::move(why);
    const auto nearest = nearest_shape(incident.place, compiled_->assets);
    if (nearest && nearest->km <= kAssetKm) match.nearest_asset = NearestAsset{nearest->id, nearest->km};
  }
  std::stable_sort(matches.begin(), matches.end(),
                   [](const Match& a, const Match& b) { return a.severity < b.severity; });
  return matches;
}

std::vector<RuleVerdict> RuleSet::explain(const Incident& incident, const MatchContext& context) const {
  const Facts facts(incident, context);
  std::vector<RuleVerdict> verdicts;
  for (std::size_t i = 0; i < compiled_->rules->size(); ++i)
    verdicts.push_back(verdict_of(*compiled_->rules->open(i), facts));
  return verdicts;
}

namespace {
/// What happened nowhere counts nowhere.
bool counts_by_ground(const std::vector<Counting>& clauses) {
  return std::any_of(clauses.begin(), clauses.end(), [](const Counting& c) {
    return c.by == By::country || c.by == By::region || c.by == By::place || c.by == By::road;
  });
}
}  // namespace

std::vector<std::string> RuleSet::held_back(const Incident& incident, const MatchContext& context) const {
  std::vector<std::string> names;
  if (!is_unplaced(incident)) return names;
  const Facts facts(incident, context);
  const PackedRules& rules = *compiled_->rules;
  const PackedConditions& conditions = rules.conditions();
  std::vector<std::size_t> held;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!rules.matches_incidents(i) || !conditions.may_hold(rules.when(i), facts)) continue;
    if (rules.excepted(i, facts)) continue;
    if (!conditions.holds(rules.when(i), facts) || counts_by_ground(rules.open(i)->counting)) held.push_back(i);
  }
  std::stable_sort(held.begin(), held.end(), [&](auto a, auto b) { return rules.severity(a) < rules.severity(b); });
  for (const std::size_t i : held) names.emplace_back(rules.name(i));
  return names;
}

std::vector<SilenceMatch> RuleSet::silences(std::span<const FeedActivity> feeds, Millis now) const {
  std::vector<SilenceMatch> out;
  for (const Rule& rule : counting_or_hearing()) {
    if (!rule.enabled || !rule.silence) continue;
    SilenceMatch found{announce(rule), {}};
    bool all_silent = true;
    for (const FeedActivity& feed : feeds) {
      if (std::find(feed.tags.begin(), feed.tags.end(), rule.silence->tag) == feed.tags.end()) continue;
      found.feeds.push_back(feed.feed);
      all_silent = all_silent && now - feed.last_item >= rule.silence->span;
    }
    if (found.feeds.empty() || !all_silent) continue;
    found.match.why = {rule.silence->printed};
    out.push_back(std::move(found));
  }
  return out;
}

std::vector<RuleTest> RuleSet::tests() const {
  std::vector<RuleTest> tests;
  if (!tests_) return tests;
  for (std::size_t i = 0; i < compiled_->rules->size(); ++i) {
    const auto own = tests_->find(compiled_->rules->name(i));
    if (own != tests_->end() && compiled_->rules->open(i)->enabled)
      tests.insert(tests.end(), own->second.begin(), own->second.end());
  }
  return tests;
}

std::optional<Rule> RuleSet::find(std::string_view name) const {
  for (std::size_t i = 0; i < compiled_->rules->size(); ++i)
    if (compiled_->rules->name(i) == name) return rule(i);
  return std::nullopt;
}

std::span<const Rule> RuleSet::counting_or_hearing() const& {
  return compiled_->rules->whole();
}

Rule RuleSet::rule(std::size_t number) const {
  Rule rule = *compiled_->rules->open(number);
  if (!tests_) return rule;
  if (const auto own = tests_->find(rule.name); own != tests_->end()) rule.tests = own->second;
  return rule;
}

Rule RuleRange::Iterator::operator*() const {
  return set_->rule(number_);
}

std::size_t RuleRange::size() const {
  return set_->compiled_->rules->size();
}

Rule RuleRange::operator[](std::size_t number) const {
  return set_->rule(number);
}

}  // namespace tocsin
