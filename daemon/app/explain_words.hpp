// What `tocsin explain` says of reports and of rules, alike for an item and for an alert. For the explain commands
// only.
#pragma once
#include <string>
#include <vector>

#include "model/report.hpp"
#include "rules/rule_set.hpp"

namespace tocsin {

/// One report with its actors, targets and proofs; `main` marks it.
void print_report(const Report& report, bool main);
/// "fires", or the first condition that failed and the value it saw.
std::string verdict_words(const RuleVerdict& verdict, bool is_news);
/// The same as a JSON array.
std::string verdicts_json(const std::vector<RuleVerdict>& verdicts, bool is_news);

}  // namespace tocsin
