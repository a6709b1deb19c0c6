#include "rules/needless.hpp"

#include <algorithm>

#include "rules/implication.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kMostPairs = 2'000'000;

using Ids = std::vector<std::string>;

bool among(const Ids& some, const Ids& all) {
  return std::all_of(some.begin(), some.end(),
                     [&](const auto& name) { return std::find(all.begin(), all.end(), name) != all.end(); });
}

const Ids& told_by(const Rule& rule, const Ids& duty) {
  return rule.notify.empty() ? duty : rule.notify;
}

bool fires_with(const Rule& rule, const Rule& other) {
  if (!implies(rule.when, other.when)) return false;
  return !other.unless || (rule.unless && implies(*other.unless, *rule.unless));
}

bool confirmed_with(const Rule& rule, const Rule& other) {
  return !other.confirm || (rule.confirm && implies(*rule.confirm, *other.confirm));
}

/// Also while neither, or only the other one, is confirmed: then this one alone would tell who is on duty.
bool tells_nobody_else(const Rule& rule, const Rule& other, const Ids& duty) {
  const bool same_confirm = rule.confirm.has_value() == other.confirm.has_value() &&
                            (!rule.confirm || implies(*other.confirm, *rule.confirm));
  return among(told_by(rule, duty), told_by(other, duty)) && (same_confirm || among(duty, told_by(other, duty)));
}

bool says_no_more(const Rule& rule, const Rule& other) {
  return other.severity <= rule.severity && other.urgency <= rule.urgency && rule.tlp <= other.tlp &&
         (rule.action.empty() || !other.action.empty());
}

bool makes_needless(const Rule& other, const Rule& rule, const Ids& duty) {
  return other.counting.empty() && says_no_more(rule, other) && tells_nobody_else(rule, other, duty) &&
         fires_with(rule, other) && confirmed_with(rule, other);
}

/// Only within one folder: who cannot edit the shipped rules need not hear that their own make one of those needless.
bool same_folder(const Rule& a, const Rule& b) {
  const auto folder = [](const std::string& path) { return std::string_view(path).substr(0, path.rfind('/') + 1); };
  return folder(a.file) == folder(b.file);
}

bool takes_part(const Rule& rule) {
  return rule.enabled && !rule.silence;
}

}  // namespace

void warn_of_needless(std::span<const Rule> rules, const Ids& duty, Diagnostics& findings) {
  std::size_t pairs = 0;
  for (const Rule& rule : rules) {
    if (!takes_part(rule)) continue;
    for (const Rule& other : rules) {
      if (&other == &rule || !takes_part(other) || !same_folder(rule, other)) continue;
      if (++pairs > kMostPairs) return;
      if (!makes_needless(other, rule, duty)) continue;
      if (&other > &rule && makes_needless(rule, other, duty)) continue;  // alike: the later one is named
      findings.warning(rule.file, rule.at, "R035",
                       "the rule \"" + rule.name + "\" adds nothing: whenever it fires, \"" + other.name + "\" (" +
                           other.file + ":" + std::to_string(other.at.line) +
                           ") fires too, as severe, and tells the same recipients");
      break;
    }
  }
}

}  // namespace tocsin
