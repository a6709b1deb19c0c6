// tocsin-rules(5), from the same tables as the handbook.
#include <span>

#include "base/text.hpp"
#include "rules/field.hpp"
#include "rules/handbook.hpp"
#include "rules/keys.hpp"

namespace tocsin {

namespace {

/// Markdown's `code` as bold, what roff would read as its own as itself.
std::string roff(std::string_view text) {
  std::string out;
  bool bold = false;
  for (const char c : text) {
    if (c == '`') {
      out += bold ? "\\fR" : "\\fB";
      bold = !bold;
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\\') {
      out += "\\e";
    } else {
      out += c;
    }
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string entry(std::string_view name, std::string_view more, std::string_view help) {
  const std::string operators = more.empty() ? "" : " " + std::string(more);
  return ".TP\n\\fB" + roff(name) + "\\fR" + roff(operators) + "\n" + roff(help) + "\n";
}

std::string section(std::string_view title, std::string_view text) {
  return ".SH " + std::string(title) + "\n" + roff(text) + "\n";
}

std::string keys(std::span<const KeyRow> rows) {
  std::string out;
  for (const KeyRow& row : rows) out += entry(row.name, "", row.help);
  return out;
}

std::string operators(const Field& field) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < kOps.names.size(); ++i)
    if (allows(field.ops, static_cast<Op>(i))) words.emplace_back(kOps.names[i]);
  return join(words, " ");
}

std::string fields() {
  std::string out;
  for (const Field& f : all_fields())
    out +=
        entry(f.name, f.name == operators(f) ? "" : operators(f), std::string(f.values) + ". " + std::string(f.help));
  return out;
}

std::string types_of(std::string_view group) {
  std::vector<std::string> words;
  for (const auto& row : kEventTypes)
    if (row.group == group) words.emplace_back(row.name);
  return join(words, " ");
}

std::string vocabulary() {
  std::string out;
  for (const std::string_view group : kEventGroups) out += entry(group, "", types_of(group));
  out += entry("without a group", "", types_of(""));
  std::vector<std::string> targets;
  for (const auto& row : kTargetClasses) targets.emplace_back(row.name);
  return out + ".SH TARGETS\n" + roff(join(targets, " ")) + "\n";
}

constexpr std::string_view kExample = R"(.SH EXAMPLE
.nf
lists:
  here: [ML, BF, NE]
rules:
  \- rule: attack\-in\-gao
    title: {en: Attack in Gao, fr: Attaque à Gao}
    when: type in armed_violence and place = "Gao" and country in here
    unless: modality != reported or age > 48h
    severity: Severe
    confirm: publishers >= 2 or reliability <= B
    notify: [duty\-officer]
    tests:
      \- title: Gunmen attack checkpoint in Gao
        expect: fires
      \- title: Gao celebrates the harvest
        expect: silent
.fi
)";

}  // namespace

std::string rule_man_page() {
  return ".TH TOCSIN-RULES 5 \"\" \"Tocsin\" \"File Formats\"\n.SH NAME\ntocsin\\-rules \\- rule files of Tocsin\n" +
         section("DESCRIPTION",
                 "A rule says: when this happens, tell these people, at this weight, with this advice. Rule files are "
                 "YAML. `tocsin check` finds what is wrong in them, `tocsin test` runs the tests that stand in them, "
                 "`tocsin explain` says why a rule fires or not. The handbook with examples is docs/rules.md; what the "
                 "codes of findings mean stands in docs/errors.") +
         ".SH KEYS OF A FILE\n" + keys(kFileKeys) + ".SH KEYS OF A RULE\n" + keys(kRuleKeys) + ".SH KEYS OF A TEST\n" +
         keys(kItemKeys) + keys(kTestKeys) + ".SH KEYS OF A ROW OF REACH\n" + keys(kReachKeys) +
         section(
             "CONDITIONS",
             "Questions about one incident, joined by `and`, `or`, `not` and brackets; `not` binds closest, then "
             "`and`, then `or`. A word of letters, digits and `- _ .` stands by itself, anything else in single or "
             "double quotes. Several values stand in brackets, [a, b], or are the name of a list. What is not known "
             "satisfies no question: an incident without a place is in no country and outside of none.") +
         fields() + ".SH EVENT TYPES AND THEIR GROUPS\n" + vocabulary() + std::string(kExample) +
         ".SH SEE ALSO\n.BR tocsin (1)\n";
}

}  // namespace tocsin
