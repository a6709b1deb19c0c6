// The JSON Schema of rule files (draft 7), for editors with a YAML language server.
#include <nlohmann/json.hpp>
#include <span>

#include "model/alert.hpp"
#include "rules/handbook.hpp"
#include "rules/keys.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

template <class Names>
Json one_of(const Names& names) {
  Json list = Json::array();
  for (const auto& name : names) list.push_back(name);
  return {{"type", "string"}, {"enum", std::move(list)}};
}

Json ref(const char* name) {
  return {{"$ref", "#/definitions/" + std::string(name)}};
}

Json list_of(Json item) {
  return {{"type", "array"}, {"items", std::move(item)}};
}

Json map_of(Json value) {
  return {{"type", "object"}, {"additionalProperties", std::move(value)}};
}

const Json kText{{"type", "string"}, {"minLength", 1}};

Json form_of(KeyForm form) {
  switch (form) {
    case KeyForm::name:
      return {{"type", "string"}, {"pattern", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}};
    case KeyForm::local_text:
      return {{"anyOf", Json::array({kText, map_of(kText)})}};
    case KeyForm::severity:
      return one_of(kSeverities.names);
    case KeyForm::urgency:
      return one_of(kUrgencies.names);
    case KeyForm::tlp:
      return one_of(kTlps.names);
    case KeyForm::flag:
      return {{"type", "boolean"}};
    case KeyForm::words:
      return list_of(kText);
    case KeyForm::word_or_words:
      return {{"anyOf", Json::array({kText, list_of(kText)})}};
    case KeyForm::letter:
      return one_of(std::array{"A", "B", "C", "D", "E", "F"});
    case KeyForm::outcome:
      return one_of(std::array{"fires", "silent"});
    case KeyForm::messages:
      return list_of(one_of(kMsgTypes.names));
    case KeyForm::number:
      return {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 2000}};
    case KeyForm::tests:
      return list_of(ref("test"));
    case KeyForm::items:
      return list_of(ref("item"));
    case KeyForm::rules:
      return list_of(ref("rule"));
    case KeyForm::lists:
      return map_of(list_of(kText));
    case KeyForm::macros:
      return map_of(kText);
    case KeyForm::reach:
      return list_of(ref("reach"));
    default:
      return kText;
  }
}

void add_rows(Json& properties, std::span<const KeyRow> rows) {
  for (const KeyRow& row : rows) {
    Json form = form_of(row.form);
    form["description"] = row.help;
    properties[std::string(row.name)] = std::move(form);
  }
}

Json object(std::initializer_list<std::span<const KeyRow>> tables, std::initializer_list<const char*> required) {
  Json properties = Json::object();
  for (const auto rows : tables) add_rows(properties, rows);
  Json out{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (required.size() > 0) out["required"] = Json(required);
  return out;
}

}  // namespace

std::string rule_schema() {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "Tocsin rule file"},
              {"description", "Made from the tables of the program; tocsin check tells more than a schema can."}};
  schema.update(object({kFileKeys}, {}));
  Json rule = object({kRuleKeys}, {"rule"});
  rule["anyOf"] = Json::array({{{"required", {"when"}}}, {{"required", {"silence"}}}, {{"required", {"extends"}}}});
  schema["definitions"] = {{"rule", std::move(rule)},
                           {"test", object({kItemKeys, kTestKeys}, {"expect"})},
                           {"item", object({kItemKeys}, {})},
                           {"reach", object({kReachKeys}, {"km"})}};
  return schema.dump(2) + "\n";
}

}  // namespace tocsin
