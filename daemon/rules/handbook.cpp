#include "rules/handbook.hpp"

#include "base/text.hpp"
#include "rules/field.hpp"
#include "rules/keys.hpp"

namespace tocsin {

namespace {

std::string operators(const Field& field) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < kOps.names.size(); ++i)
    if (allows(field.ops, static_cast<Op>(i))) words.push_back("`" + std::string(kOps.names[i]) + "`");
  return join(words, " ");
}

std::string types_of(std::string_view group) {
  std::vector<std::string> words;
  for (const auto& row : kEventTypes)
    if (row.group == group) words.push_back("`" + std::string(row.name) + "`");
  return join(words, " ");
}

}  // namespace

std::string field_table() {
  std::string out = "| field | values | operators | meaning |\n|---|---|---|---|\n";
  for (const Field& f : all_fields())
    out += "| `" + std::string(f.name) + "` | " + std::string(f.values) + " | " + operators(f) + " | " +
           std::string(f.help) + " |\n";
  return out;
}

std::string key_table() {
  std::string out = "| key | meaning |\n|---|---|\n";
  for (const KeyRow& row : kRuleKeys) out += "| `" + std::string(row.name) + "` | " + std::string(row.help) + " |\n";
  return out;
}

std::string vocabulary_table() {
  std::string out = "| group | event types |\n|---|---|\n";
  for (const std::string_view group : kEventGroups)
    out += "| `" + std::string(group) + "` | " + types_of(group) + " |\n";
  out += "| (none) | " + types_of("") + " |\n\nTarget classes:";
  for (const auto& row : kTargetClasses) out += " `" + std::string(row.name) + "`";
  return out + "\n";
}

}  // namespace tocsin
