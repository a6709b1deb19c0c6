// Reads the tests written below a rule, or beside the rules. Used by the loader alone.
#pragma once
#include <vector>

#include "rules/reader.hpp"
#include "rules/rule_set.hpp"

namespace tocsin {

/// `tests` is the value of the key; what cannot be used is a finding. `recipients` are those of the configuration.
std::vector<RuleTest> read_tests(const YamlNode& tests, const std::string& rule,
                                 const std::vector<std::string>& recipients, const Reader& reader);

/// One test that stands beside the rules and names its own.
std::optional<RuleTest> read_loose_test(const YamlNode& test, const std::vector<std::string>& recipients,
                                        const Reader& reader);

}  // namespace tocsin
