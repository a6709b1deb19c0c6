// Loading in three passes: definitions (who is called what), rules (what every word means), use (what nobody needs).
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "rules/binder.hpp"
#include "rules/definitions.hpp"
#include "rules/implication.hpp"
#include "rules/packed_rules.hpp"
#include "rules/suggestion.hpp"
#include "rules/test_reader.hpp"
#include "rules/unreachable.hpp"

namespace tocsin {

namespace {

class Loader {
 public:
  Loader(const std::vector<RuleFile>& files, const RuleWorld& world)
      : files_(files),
        world_(world),
        definitions_(read_definitions(files, world, findings_)),
        binder_(world, definitions_.names, findings_) {
    for (const Recipient& r : world.organisation.recipients) recipients_.push_back(r.id);
  }

  LoadedRules run() {
    for (const LooseTest& test : definitions_.tests)
      if (const YamlNode* name = test.node->find("rule")) tried_beside_.insert(name->text);
    const auto rules = std::make_shared<PackedRules>();
    for (const auto& definition : definitions_.rules)
      if (is_wanted(*definition)) rules->add(rule(*definition));
    add_loose_tests(*rules);
    bind_unused_macros();
    warn_of_unused();
    tidy();
    const auto broken = broken_files();
    rules->drop_files([&](const std::string& file) { return broken.count(file) != 0; });
    for (auto& [name, tests] : tests_)
      std::erase_if(tests, [&](const RuleTest& t) { return broken.count(t.file) != 0; });
    return {RuleSet(rules, std::move(tests_), world_.organisation.assets), std::move(findings_)};
  }

 private:
  Rule rule(const RuleDefinition& d) {
    Rule rule;
    rule.name = d.name;
    rule.file = d.file->path;
    rule.at = d.at;
    texts(d, rule);
    grades(d, rule);
    recipients(d, rule);
    binder_.forget_layers();
    if (d.find("silence"))
      hearing(d, rule);
    else
      conditions(d, rule);
    read_tests_of(d, rule);
    return rule;
  }

  Reader reader(const RuleDefinition::Found& found) { return {found.file, findings_}; }

  void missing(const RuleDefinition& d, std::string_view key) {
    findings_.error(d.file->path, d.at, "R002",
                    "the rule \"" + d.name + "\" needs the key \"" + std::string(key) + "\"");
  }

  void texts(const RuleDefinition& d, Rule& rule) {
    if (const auto f = d.find("title")) rule.title = reader(f).local_text(*f.value, "title");
    if (const auto f = d.find("action")) rule.action = reader(f).local_text(*f.value, "action");
    if (const auto f = d.find("note")) reader(f).text(*f.value, "note");
    if (const auto f = d.find("enabled")) rule.enabled = reader(f).flag(*f.value, "enabled").value_or(true);
    if (rule.title.empty()) rule.title["en"] = d.name;
  }

  template <class E, std::size_t N>
  void graded(const RuleDefinition& d, std::string_view key, const Words<E, N>& words, E& out) {
    const auto f = d.find(key);
    if (!f) return;
    if (const auto index = reader(f).word(*f.value, key, words.names)) out = static_cast<E>(*index);
  }

  void grades(const RuleDefinition& d, Rule& rule) {
    if (!d.find("severity")) missing(d, "severity");
    graded(d, "severity", kSeverities, rule.severity);
    graded(d, "urgency", kUrgencies, rule.urgency);
    graded(d, "tlp", kTlps, rule.tlp);
  }

  void recipients(const RuleDefinition& d, Rule& rule) {
    const auto f = d.find("notify");
    if (!f) return;
    for (const YamlNode* word : reader(f).words(*f.value, "notify")) {
      if (std::find(recipients_.begin(), recipients_.end(), word->text) == recipients_.end())
        reader(f).error(word->at, "R019",
                        "unknown recipient \"" + word->text + "\"" + did_you_mean(word->text, recipients_));
      rule.notify.push_back(word->text);
    }
    if (f.value->is_sequence() && f.value->items().empty())
      reader(f).error(f.value->at, "R019",
                      "this rule tells nobody; name recipients or leave notify out for those on duty");
  }

  void conditions(const RuleDefinition& d, Rule& rule) {
    if (!d.find("when")) missing(d, "when");
    if (auto when = condition(d, "when")) rule.when = std::move(*when);
    rule.unless = condition(d, "unless");
    rule.confirm = condition(d, "confirm");
    if (rule.enabled) judge_together(d, rule);
    clause(d, "count", read_count, rule);
    clause(d, "spike", read_spike, rule);
    clause(d, "new", read_new, rule);
  }

  std::optional<Condition> condition(const RuleDefinition& d, std::string_view key) {
    const auto f = d.find(key);
    if (!f || !reader(f).text(*f.value, key)) return std::nullopt;
    const Source source{f.file, f.value};
    auto parsed = parse_condition(f.value->text);
    for (auto& fault : parsed.faults)
      findings_.error(f.file, source.at(fault.at), fault.code, std::move(fault.message));
    auto bound = binder_.bind(parsed.expr, source);
    if (bound)
      report_unreachable(*bound, key, source);
    else
      broken_.insert(d.file->path);  // also where the fault is in a macro of another file
    return bound;
  }

  void report_unreachable(const Condition& c, std::string_view key, const Source& source) {
    for (const auto& dead : unreachable_parts(c)) {
      const std::string why = "\"" + dead.first + "\" and \"" + dead.second + "\" cannot both hold";
      if (dead.whole)
        findings_.error(source.file, source.at(0), "R032", "this " + std::string(key) + " can never hold: " + why);
      else
        findings_.warning(source.file, source.at(0), "R032",
                          "a part of this " + std::string(key) + " can never hold: " + why);
    }
  }

  /// What no condition shows by itself. Named at the rule: its parts may be inherited from a good file.
  void judge_together(const RuleDefinition& d, const Rule& rule) {
    if (rule.unless && implies(rule.when, *rule.unless))
      findings_.error(d.file->path, d.at, "R034",
                      "the rule \"" + d.name + "\" can never fire: whenever its when holds, its unless holds too");
    if (!rule.confirm || rule.notify.empty()) return;
    const auto clashes = unreachable_parts({Condition::Kind::all, {rule.when, *rule.confirm}, nullptr});
    if (!clashes.empty() && clashes.front().whole)
      findings_.warning(d.file->path, d.at, "R036",
                        "the rule \"" + d.name + "\" can never be confirmed, so its recipients are never told: \"" +
                            clashes.front().first + "\" and \"" + clashes.front().second + "\" cannot both hold");
  }

  void clause(const RuleDefinition& d, std::string_view key,
              std::optional<Counting> (*read)(const Source&, const RuleWorld&, Diagnostics&), Rule& rule) {
    const auto f = d.find(key);
    if (!f || !reader(f).text(*f.value, key)) return;
    if (auto counting = read({f.file, f.value}, world_, findings_)) rule.counting.push_back(std::move(*counting));
  }

  void hearing(const RuleDefinition& d, Rule& rule) {
    const auto f = d.find("silence");
    for (const std::string_view key : {"when", "unless", "confirm", "count", "spike", "new"})
      if (const auto other = d.find(key))
        reader(other).error(
            other.value->at, "R021",
            "a rule with silence hears feeds, not incidents: \"" + std::string(key) + "\" has no place in it");
    if (reader(f).text(*f.value, "silence")) rule.silence = read_silence({f.file, f.value}, world_, findings_);
  }

  void read_tests_of(const RuleDefinition& d, const Rule& rule) {
    std::vector<RuleTest> tests;
    if (const auto f = d.find("tests")) tests = read_tests(*f.value, d.name, recipients_, reader(f));
    if (tests.empty() && !tried_beside_.contains(d.name) && rule.enabled && !rule.silence)
      findings_.warning(
          d.file->path, d.at, "R031",
          "the rule \"" + d.name + "\" has no test; write at least one that fires and one that is silent");
    // Tests were written for the names of their own layer: who watches fewer countries need not hear that a shipped
    // test about another one no longer fires.
    if (!tests.empty() && binder_.highest_layer() <= d.file->layer) tests_.try_emplace(d.name, std::move(tests));
  }

  /// A rule that only lends its keys is loaded all the same when a test beside the rules tries it.
  bool is_wanted(const RuleDefinition& d) const {
    return !d.replaced && (!d.file->names_only || tried_beside_.contains(d.name));
  }

  void add_loose_tests(const PackedRules& rules) {
    if (definitions_.tests.empty()) return;
    std::set<std::string_view> known;
    for (std::size_t i = 0; i < rules.size(); ++i) known.insert(rules.name(i));
    for (const LooseTest& loose : definitions_.tests) {
      const Reader reader(loose.file->path, findings_);
      auto test = read_loose_test(*loose.node, recipients_, reader);
      if (!test || test->rule.empty()) continue;
      if (known.contains(test->rule)) {
        auto& tests = tests_[test->rule];
        tests.push_back(std::move(*test));
        continue;
      }
      const std::vector<std::string> names(known.begin(), known.end());
      reader.error(loose.node->find("rule")->at, "R020",
                   "there is no rule \"" + test->rule + "\" to try" + did_you_mean(test->rule, names));
    }
  }

  void bind_unused_macros() {
    for (auto& [name, macro] : definitions_.names.macros)
      if (!macro.used && macro.state == MacroDefinition::State::unbound) binder_.bind(macro.expr, macro.source);
  }

  /// A file without rules is a library: its names may be for files to come.
  void warn_of_unused() {
    std::set<std::string_view> with_rules;
    const RuleFile* last = nullptr;
    for (const auto& d : definitions_.rules)
      if (std::exchange(last, d->file) != d->file) with_rules.insert(d->file->path);
    for (const auto& [name, list] : definitions_.names.lists)
      if (!list.used && with_rules.count(list.file))
        findings_.warning(list.file, list.at, "R030", "no condition uses the list \"" + name + "\"");
    for (const auto& [name, macro] : definitions_.names.macros)
      if (!macro.used && with_rules.count(macro.source.file))
        findings_.warning(macro.source.file, macro.at, "R030", "no condition uses the macro \"" + name + "\"");
  }

  /// Sorted; what several rules share, a list or an inherited key, is reported once.
  void tidy() {
    findings_.sort();
    findings_.drop_repeated();
  }

  /// With an error of their own, or with a rule that rests on a file which has one.
  std::set<std::string> broken_files() const {
    std::set<std::string> files = broken_;
    for (const Diagnostic& d : findings_.all())
      if (d.level == Diagnostic::Level::error) files.insert(d.file);
    for (const auto& definition : definitions_.rules)
      for (const RuleDefinition* base = definition->base; base; base = base->base)
        if (files.count(base->file->path)) files.insert(definition->file->path);
    return files;
  }

  const std::vector<RuleFile>& files_;
  const RuleWorld& world_;
  Diagnostics findings_;
  Definitions definitions_;
  Binder binder_;
  std::vector<std::string> recipients_;
  std::set<std::string> broken_;
  RuleTests tests_;
  std::set<std::string, std::less<>> tried_beside_;
};

}  // namespace

LoadedRules load_rules(const std::vector<RuleFile>& files, const RuleWorld& world) {
  return Loader(files, world).run();
}

}  // namespace tocsin
