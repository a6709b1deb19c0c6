#include "rules/definitions.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "rules/keys.hpp"
#include "rules/lexer.hpp"
#include "rules/reach.hpp"
#include "rules/suggestion.hpp"

namespace tocsin {

namespace {

std::string place(std::string_view file, Position at) {
  return std::string(file) + ":" + std::to_string(at.line);
}

class Collector {
 public:
  Collector(Definitions& out, Diagnostics& findings) : out_(out), findings_(findings) {}

  void file(const RuleFile& file) {
    // What only lends its names has been checked elsewhere.
    Diagnostics ignored;
    Diagnostics& findings = file.names_only ? ignored : findings_;
    auto tree = std::make_unique<YamlDocument>(parse_yaml(file.path, file.text, findings));
    const YamlNode& root = *out_.trees.emplace_back(std::move(tree));
    const Reader reader(file.path, findings);
    if (root.kind == YamlNode::Kind::nothing || !reader.mapping(root, "a rule file")) return;
    reader.known_keys(root, names_of(kFileKeys), "a rule file");
    if (const auto* lists = root.find("lists"); lists && reader.mapping(*lists, "lists"))
      read_lists(*lists, file, reader);
    if (const auto* macros = root.find("macros"); macros && reader.mapping(*macros, "macros"))
      read_macros(*macros, file, reader);
    if (const auto* rules = root.find("rules"); rules && reader.sequence(*rules, "rules"))
      for (const YamlNode& rule : rules->items()) read_rule(rule, file, reader);
    if (const auto* reach = root.find("reach")) read_table(*root.key("reach"), *reach, file, reader);
    if (const auto* tests = root.find("tests"); tests && !file.names_only && reader.sequence(*tests, "tests"))
      for (const YamlNode& test : tests->items()) out_.tests.push_back({&test, &file});
  }

  void ids_of(const RuleWorld& world) {
    for (const Asset& a : world.organisation.assets) ids_.push_back(a.id);
    for (const Road& r : world.organisation.roads) ids_.push_back(r.id);
  }

  /// The configuration stands above what is shipped and below the admin's own rule files.
  void lists_of(const RuleWorld& world) {
    for (const auto& [name, words] : world.lists) {
      auto& list = out_.names.lists[name];
      if (list.layer > 0) continue;
      list = {};
      list.used = true;
      list.layer = 1;
      for (const auto& word : words) list.entries.push_back({word, {}});
    }
  }

  void link() {
    for (auto& rule : out_.rules)
      if (const YamlNode* extends = rule->keys->find("extends")) link(*rule, *extends);
    for (auto& rule : out_.rules) cut_circle(*rule);
  }

 private:
  static int layer_of(const RuleFile& file) { return file.names_only ? file.layer - 1000 : file.layer; }

  /// A name for lists and macros: it must be writable without quotes.
  static bool good_name(const YamlNode& key, std::string_view what, const Reader& reader) {
    if (is_bare_word(key.text)) return true;
    reader.error(key.at, "R006",
                 "the name of a " + std::string(what) +
                     " must be letters, digits and - _ . alone, and no word of the language: \"" + key.text + "\"");
    return false;
  }

  /// Whether a second definition may stand; otherwise R005.
  template <class Definition>
  static bool may_replace(const Definition* old, std::string_view old_file, const YamlNode& key, int layer,
                          std::string_view what, const Reader& reader) {
    if (!old || old->layer < layer) return true;
    reader.error(
        key.at, "R005",
        "the " + std::string(what) + " \"" + key.text + "\" is already defined in " + place(old_file, old->at));
    return false;
  }

  void read_lists(const YamlNode& lists, const RuleFile& file, const Reader& reader) {
    for (const auto& [key, value] : lists.entries()) {
      const auto old = out_.names.lists.find(key.text);
      const auto* defined = old == out_.names.lists.end() ? nullptr : &old->second;
      if (!good_name(key, "list", reader)) continue;
      if (!may_replace(defined, defined ? defined->file : "", key, layer_of(file), "list", reader)) continue;
      ListDefinition list{file.path, key.at, {}, layer_of(file), file.names_only};
      for (const YamlNode* word : reader.words(value, "a list"))
        if (word->text == key.text)
          add_former(list, defined, *word, reader);
        else
          list.entries.push_back({word->text, word->at});
      if (value.is_sequence() && value.items().empty())
        reader.error(value.at, "R014", "the list \"" + key.text + "\" is empty: no condition with it can ever hold");
      out_.names.lists[key.text] = std::move(list);
    }
  }

  /// A list that names itself means the one of this name that it replaces: so an admin adds to a shipped list.
  static void add_former(ListDefinition& list, const ListDefinition* former, const YamlNode& word,
                         const Reader& reader) {
    if (!former)
      return reader.error(
          word.at, "R016",
          "the list \"" + std::string(word.text) + "\" names itself, and there is no shipped one that it could add to");
    for (const auto& entry : former->entries) list.entries.push_back({entry.text, word.at});
  }

  void read_table(const YamlNode& key, const YamlNode& table, const RuleFile& file, const Reader& reader) {
    Names& names = out_.names;
    const int layer = layer_of(file);
    if (names.reach && layer <= names.reach_layer && !file.names_only)
      return reader.error(key.at, "R005",
                          "the table \"reach\" is already in " + place(names.reach_file, names.reach_at));
    names.reach = std::make_shared<const Reach>(read_reach(table, ids_, reader));
    names.reach_layer = layer;
    names.reach_at = key.at;
    names.reach_file = file.path;
  }

  void read_macros(const YamlNode& macros, const RuleFile& file, const Reader& reader) {
    for (const auto& [key, value] : macros.entries()) {
      const auto old = out_.names.macros.find(key.text);
      const auto* defined = old == out_.names.macros.end() ? nullptr : &old->second;
      if (!good_name(key, "macro", reader)) continue;
      if (find_field(key.text, Op::eq)) {
        reader.error(key.at, "R006", "\"" + key.text + "\" is a field; a macro needs another name");
        continue;
      }
      if (!may_replace(defined, defined ? defined->source.file : "", key, layer_of(file), "macro", reader)) continue;
      if (!reader.text(value, "a macro")) continue;
      MacroDefinition macro;
      macro.source = {file.path, &value};
      macro.at = key.at;
      macro.layer = layer_of(file);
      macro.used = file.names_only;
      auto parsed = parse_condition(value.text);
      macro.expr = std::move(parsed.expr);
      for (auto& fault : parsed.faults) reader.error(value.position_of(fault.at), fault.code, std::move(fault.message));
      if (!parsed.faults.empty()) macro.state = MacroDefinition::State::broken;
      out_.names.macros[key.text] = std::move(macro);
    }
  }

  void read_rule(const YamlNode& node, const RuleFile& file, const Reader& reader) {
    if (!reader.mapping(node, "a rule")) return;
    reader.known_keys(node, names_of(kRuleKeys), "a rule");
    const YamlNode* name = node.find("rule");
    if (!name) {
      reader.error(node.at, "R002", "a rule needs a name: rule: some-name");
      return;
    }
    if (!reader.text(*name, "the name of a rule")) return;
    if (!is_kebab_case(name->text))
      reader.error(name->at, "R006",
                   "the name of a rule must be small letters, digits and single hyphens: \"" + name->text + "\"");
    const bool wins = make_room(*name, file, reader);
    auto& rule = *out_.rules.emplace_back(std::make_unique<RuleDefinition>());
    rule.name = name->text;
    rule.file = &file;
    rule.at = name->at;
    rule.keys = &node;
    rule.replaces = newest(rule.name);
    // A duplicate is read to its end all the same: what else is wrong in it is said in the same run.
    if (wins) newest_[rule.name] = &rule;
  }

  /// A rule of the same name: replaced when it is of a lower layer, else R005.
  bool make_room(const YamlNode& name, const RuleFile& file, const Reader& reader) {
    RuleDefinition* old = newest(name.text);
    if (!old) return true;
    if (layer_of(*old->file) < layer_of(file)) {
      old->replaced = true;
      return true;
    }
    reader.error(name.at, "R005",
                 "the rule \"" + name.text + "\" is already defined in " + place(old->file->path, old->at));
    return false;
  }

  RuleDefinition* newest(std::string_view name) const {
    const auto it = newest_.find(name);
    return it == newest_.end() ? nullptr : it->second;
  }

  void link(RuleDefinition& rule, const YamlNode& extends) {
    Diagnostics ignored;
    const Reader reader(rule.file->path, rule.file->names_only ? ignored : findings_);
    const auto name = reader.text(extends, "extends");
    if (!name) return;
    rule.base = *name == rule.name ? rule.replaces : newest(*name);
    if (rule.base) return;
    std::vector<std::string> names;
    for (const auto& other : out_.rules)
      if (other.get() != &rule) names.push_back(other->name);
    reader.error(extends.at, "R020", "there is no rule \"" + *name + "\" to extend" + did_you_mean(*name, names));
  }

  void cut_circle(RuleDefinition& rule) {
    std::set<const RuleDefinition*> seen;
    for (const RuleDefinition* at = &rule; at; at = at->base) {
      if (seen.insert(at).second) continue;
      const YamlNode& extends = *rule.keys->find("extends");
      findings_.error(rule.file->path, extends.at, "R020", "this rule extends itself, here or through others");
      rule.base = nullptr;
      return;
    }
  }

  Definitions& out_;
  Diagnostics& findings_;
  std::unordered_map<std::string_view, RuleDefinition*> newest_;
  std::vector<std::string> ids_;
};

}  // namespace

RuleDefinition::Found RuleDefinition::find(std::string_view key) const {
  for (const RuleDefinition* rule = this; rule; rule = rule->base) {
    if (const YamlNode* value = rule->keys->find(key)) return {value, rule->file->path};
    if (key == "tests" || key == "rule") break;
  }
  return {};
}

Definitions read_definitions(const std::vector<RuleFile>& files, const RuleWorld& world, Diagnostics& findings) {
  Definitions out;
  Collector collector(out, findings);
  collector.ids_of(world);
  for (const RuleFile& file : files) collector.file(file);
  collector.lists_of(world);
  collector.link();
  return out;
}

}  // namespace tocsin
