// Mapped JSON: items and fields are called by paths (json_path.hpp).
#include "base/text.hpp"
#include "feeds/json_path.hpp"
#include "feeds/json_tree.hpp"
#include "feeds/mapped_kind.hpp"
#include "feeds/parse.hpp"

namespace tocsin {

namespace {
using Kind = JsonValue::Kind;

std::string fault_of(std::string_view path) {
  std::string fault;
  const JsonPath compiled(path, fault);
  return fault;
}

std::string words_of(const JsonValue& value) {
  if (value.is(Kind::boolean)) return value.number > 0 ? "true" : "false";
  if (!value.is(Kind::array)) return value.words();
  std::string out;
  for (const auto& v : value.values)
    if (auto words = v.words(); !words.empty()) (out += out.empty() ? "" : "\n") += words;
  return out;
}

std::string words_at(const JsonPath& path, const JsonValue& root) {
  std::string out;
  std::size_t n = 0;
  path.each(root, [&](const JsonValue& value) {
    if (auto words = words_of(value); !words.empty()) (out += out.empty() ? "" : "\n") += words;
    return ++n < kMaxListed;
  });
  return out;
}

/// The items: elements of the list that the path leads to, or all values where it ends in [].
bool each_item(const JsonPath& items, const JsonValue& root, const std::function<bool(const JsonValue&)>& take) {
  bool matched = false;
  items.each(root, [&](const JsonValue& value) {
    matched = matched || !value.is(Kind::null);
    if (!value.is(Kind::array)) return value.is(Kind::null) || take(value);
    for (const auto& element : value.values)
      if (!take(element)) return false;
    return true;
  });
  return matched;
}

bool ends_in_list(std::string_view path) {
  path = trim(path);
  return path.ends_with("[]") || path.ends_with("[*]") || path.ends_with(".*");
}
}  // namespace

std::string json_items_fault(std::string_view items) {
  return fault_of(items);
}

std::string json_locator_fault(std::string_view locator, const Plan&) {
  return fault_of(locator);
}

void read_mapped_json(std::string_view utf8, const Plan& plan, Notes& notes, const TakeItem& take, ParsedFeed& feed) {
  const auto root = json_tree(utf8, notes);
  if (!root || (!root->is(Kind::object) && !root->is(Kind::array)))
    return notes.error("F003",
                       "no JSON where JSON should be: \"" + shortened(one_line(utf8.substr(0, 400)), 100) + "\"");
  std::string ignored;
  std::vector<JsonPath> paths;
  for (const auto& locator : plan.locators) paths.emplace_back(locator, ignored);
  if (!plan.feed_title.empty()) feed.title = words_at(JsonPath(plan.feed_title, ignored), *root);
  const JsonPath items(plan.items, ignored);
  const bool matched = each_item(items, *root, [&](const JsonValue& item) {
    return take([&](std::size_t locator) { return words_at(paths[locator], item); });
  });
  // "data.items" is there, though empty: a quiet source. With "[]" the list itself must be asked for.
  std::string_view list = trim(plan.items);
  if (matched || (ends_in_list(list) && list.size() > 2 &&
                  each_item(JsonPath(list.substr(0, list.rfind(list.ends_with(']') ? '[' : '.')), ignored), *root,
                            [](const JsonValue&) { return false; })))
    return;
  if (list == "[]" && root->is(Kind::array)) return;
  notes.error("F050", "schema drift: the path \"" + plan.items + "\" leads nowhere in " +
                          std::to_string((utf8.size() + 1023) / 1024) +
                          " kB of JSON; look at the document and mend the mapping");
}

}  // namespace tocsin
