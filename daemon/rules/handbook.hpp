// The rule handbook as far as it is made from the same rows as the code: tables of docs/rules.md, the man page, the schema
// for editors. The files are kept in the sources; a test says when one differs (and renews them: CONTRIBUTING.md).
#pragma once
#include <string>

namespace tocsin {

/// Every field with its values, operators and meaning, as a Markdown table.
std::string field_table();
/// Event types and target classes, as Markdown.
std::string vocabulary_table();

/// The keys of a rule with their meaning, as a Markdown table.
std::string key_table();
/// The JSON Schema for editors: packaging/schema/tocsin-rules.schema.json.
std::string rule_schema();
/// The page tocsin-rules(5): packaging/man/tocsin-rules.5.
std::string rule_man_page();

}  // namespace tocsin
