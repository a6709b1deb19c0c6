// What admins are told about their own files: a reload that was refused, tests of rules that fail. Made here, sent by
// the watch over ourselves (app/watch), which knows what people were told already: nothing is said twice, also not
// after a restart, and the all-clear goes to the same people.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/reload.hpp"
#include "model/alert.hpp"

namespace tocsin {

inline constexpr const char* kReloadRule = "system:reload";
inline constexpr const char* kTestsRule = "system:tests";

struct RuleNews {
  Match about;
  std::optional<SystemNotice> notice;  // nullopt: all is in order
};

/// For the admins; where there is none, for those on duty.
RuleNews news_of_reload(const Reloaded& reloaded, const Organisation& organisation);
RuleNews news_of_tests(const TrialRun& trial, const Organisation& organisation);
/// What `tocsin status` shows of the tests, one line; "" when all pass.
std::string tests_note(const TrialRun& trial);

}  // namespace tocsin
