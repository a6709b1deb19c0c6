// The names that rule files define, lists and macros, and where conditions stand in their files. Used by the loader.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/condition.hpp"
#include "settings/yaml.hpp"

namespace tocsin {

/// A condition's text in its file. Refers to the loader's trees.
struct Source {
  std::string_view file;
  const YamlNode* node = nullptr;
  [[nodiscard]] Position at(std::size_t offset) const { return node->position_of(offset); }
};

struct ListDefinition {
  struct Entry {
    std::string text;
    Position at;
  };
  std::string file;
  Position at;
  std::vector<Entry> entries;
  int layer = 0;
  bool used = false;
};

struct MacroDefinition {
  enum class State { unbound, binding, bound, broken };
  Source source;
  Position at;  // of its name
  Expr expr;
  int layer = 0;
  bool used = false;
  State state = State::unbound;
  int highest_layer = 0;  // of the names it rests on, when bound
  int height = 0;         // macros upon macros below it, itself included, when bound
  Condition condition;    // when bound
};

struct Names {
  std::map<std::string, ListDefinition, std::less<>> lists;
  std::map<std::string, MacroDefinition, std::less<>> macros;
  std::shared_ptr<const Reach> reach;  // null: no file has the table
  int reach_layer = 0;
  Position reach_at;
  std::string reach_file;
};

}  // namespace tocsin
