// The tables of the rule handbook, made from the same rows as the code. docs/rules.md holds them word for word; a test
// says when it does not. For documentation and help texts.
#pragma once
#include <string>

namespace tocsin {

/// Every field with its values, operators and meaning, as a Markdown table.
std::string field_table();
/// Event types and target classes, as Markdown.
std::string vocabulary_table();

}  // namespace tocsin
