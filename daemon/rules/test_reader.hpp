// Reads the tests written below a rule. Used by the loader alone.
#pragma once
#include <vector>

#include "rules/reader.hpp"
#include "rules/rule_set.hpp"

namespace tocsin {

/// `tests` is the value of the key; what cannot be used is a finding.
std::vector<RuleTest> read_tests(const YamlNode& tests, const std::string& rule, const Reader& reader);

}  // namespace tocsin
