// What rule files define, by name and before anything is understood: lists, macros, rules with the rule they extend.
// The first half of loading; loader.cpp turns it into rules.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "rules/names.hpp"
#include "rules/reader.hpp"
#include "rules/rule_set.hpp"

namespace tocsin {

struct RuleDefinition {
  std::string name;
  const RuleFile* file = nullptr;
  Position at;                               // of its name
  const YamlNode* keys = nullptr;            // the mapping
  const RuleDefinition* base = nullptr;      // of `extends`
  const RuleDefinition* replaces = nullptr;  // the rule of this name in a lower layer
  bool replaced = false;                     // a higher layer defines it anew

  /// A key of this rule, its own or inherited, and the file it stands in. Tests and the name are never inherited.
  struct Found {
    const YamlNode* value = nullptr;
    std::string_view file;
    explicit operator bool() const { return value != nullptr; }
  };
  [[nodiscard]] Found find(std::string_view key) const;
};

/// A test that stands beside the rules, under `tests` of a file.
struct LooseTest {
  const YamlNode* node = nullptr;
  const RuleFile* file = nullptr;
};

struct Definitions {
  std::vector<std::unique_ptr<YamlDocument>> trees;
  Names names;
  std::vector<std::unique_ptr<RuleDefinition>> rules;  // in file order
  std::vector<LooseTest> tests;
};

/// `files` must outlive the definitions.
Definitions read_definitions(const std::vector<RuleFile>& files, const RuleWorld& world, Diagnostics& findings);

}  // namespace tocsin
