#include "rules/test_reader.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "rules/keys.hpp"
#include "rules/suggestion.hpp"

namespace tocsin {

namespace {

constexpr auto kItemNames = names_of(kItemKeys);

/// An item's keys and a test's own; those of a test below its rule leave out the first, `rule`.
constexpr auto kLooseNames = [] {
  std::array<std::string_view, kItemKeys.size() + kTestKeys.size()> names;
  std::size_t n = 0;
  for (const KeyRow& row : kTestKeys) names[n++] = row.name;
  for (const KeyRow& row : kItemKeys) names[n++] = row.name;
  return names;
}();
constexpr std::span<const std::string_view> kTestNames = std::span(kLooseNames).subspan(1);

constexpr std::array<std::string_view, 2> kExpectations{"silent", "fires"};
constexpr std::array<std::string_view, 6> kLetters{"A", "B", "C", "D", "E", "F"};

/// A Tuesday without meaning: the day of a test that does not care when it is.
Millis default_day() {
  return millis({2024, 9, 17, 9, 0, 0, 0});
}

class TestReader {
 public:
  TestReader(const std::vector<std::string>& recipients, const Reader& reader)
      : recipients_(recipients), reader_(reader) {}

  std::optional<RuleTest> test(const YamlNode& node, const std::string& rule, std::span<const std::string_view> keys) {
    if (!reader_.mapping(node, "a test")) return std::nullopt;
    reader_.known_keys(node, keys, "a test");
    RuleTest out;
    out.rule = rule;
    out.file = std::string(reader_.file());
    out.at = node.at;
    expectation(node, out);
    if (const YamlNode* items = node.find("items")) {
      several(node, *items, out);
    } else if (auto one = item(node, out.items)) {
      out.items.push_back(std::move(*one));
    }
    return out;
  }

 private:
  void expectation(const YamlNode& node, RuleTest& out) {
    const YamlNode* expect = node.find("expect");
    if (!expect)
      reader_.error(node.at, "R002", "a test needs its outcome: expect: fires or expect: silent");
    else if (const auto index = reader_.word(*expect, "expect", kExpectations))
      out.fires = *index == 1;
    if (const YamlNode* confirmed = node.find("confirmed")) out.confirmed = reader_.flag(*confirmed, "confirmed");
    if (const YamlNode* messages = node.find("messages")) out.messages = message_types(*messages);
    if (const YamlNode* told = node.find("recipients")) out.recipients = recipients(*told);
  }

  std::vector<MsgType> message_types(const YamlNode& node) {
    std::vector<MsgType> types;
    if (!reader_.sequence(node, "messages")) return types;
    for (const YamlNode& word : node.items())
      if (const auto index = reader_.word(word, "a message", kMsgTypes.names))
        types.push_back(static_cast<MsgType>(*index));
    return types;
  }

  std::vector<std::string> recipients(const YamlNode& node) {
    std::vector<std::string> ids;
    for (const YamlNode* word : reader_.words(node, "recipients")) {
      const std::string id = word->text;
      if (std::find(recipients_.begin(), recipients_.end(), id) == recipients_.end())
        reader_.error(word->at, "R019", "unknown recipient \"" + id + "\"" + did_you_mean(id, recipients_));
      ids.push_back(id);
    }
    return ids;
  }

  void several(const YamlNode& test, const YamlNode& items, RuleTest& out) {
    for (const std::string_view key : kItemNames)
      if (const YamlNode* own = test.key(key))
        reader_.error(own->at, "R001", "with items, \"" + std::string(key) + "\" belongs to each item");
    if (!reader_.sequence(items, "items")) return;
    if (items.items().empty()) reader_.error(items.at, "R003", "items must have at least one item");
    for (const YamlNode& node : items.items()) {
      if (!reader_.mapping(node, "an item")) continue;
      reader_.known_keys(node, kItemNames, "an item of a test");
      if (auto one = item(node, out.items)) out.items.push_back(std::move(*one));
    }
  }

  std::string optional_text(const YamlNode& node, std::string_view key) {
    const YamlNode* value = node.find(key);
    return value ? reader_.text(*value, key).value_or("") : "";
  }

  std::optional<RuleTestItem> item(const YamlNode& node, const std::vector<RuleTestItem>& before) {
    RuleTestItem out;
    out.item.title = optional_text(node, "title");
    out.item.text = optional_text(node, "text");
    if (!node.find("title") && !node.find("text")) {
      reader_.error(node.at, "R002", "a test needs a title, a text, or items");
      return std::nullopt;
    }
    out.item.language = optional_text(node, "language");
    out.item.id = "test-" + std::to_string(before.size() + 1);
    out.item.published = before.empty() ? default_day() : *before.back().item.published + 5 * kMinute;
    if (const YamlNode* published = node.find("published"))
      if (const auto at = reader_.time(*published, "published")) {
        if (!before.empty() && *at < *before.back().item.published)
          reader_.error(published->at, "R004",
                        "items stand in the order of their time; this one is older than the one before");
        out.item.published = at;
      }
    out.feed = feed(node, out.item.language);
    return out;
  }

  Feed feed(const YamlNode& node, const std::string& language) {
    Feed feed;
    feed.publisher = optional_text(node, "publisher");
    feed.id = optional_text(node, "feed");
    feed.reliability = 'B';
    if (const YamlNode* letter = node.find("reliability"))
      if (const auto index = reader_.word(*letter, "reliability", kLetters)) feed.reliability = kLetters[*index][0];
    if (feed.publisher.empty()) feed.publisher = feed.id.empty() ? "test" : feed.id;
    if (feed.id.empty()) feed.id = feed.publisher;
    feed.title = feed.publisher;
    feed.language = language;
    return feed;
  }

  const std::vector<std::string>& recipients_;
  const Reader& reader_;
};

}  // namespace

std::vector<RuleTest> read_tests(const YamlNode& tests, const std::string& rule,
                                 const std::vector<std::string>& recipients, const Reader& reader) {
  std::vector<RuleTest> out;
  if (!reader.sequence(tests, "tests")) return out;
  TestReader one(recipients, reader);
  for (const YamlNode& node : tests.items())
    if (auto test = one.test(node, rule, kTestNames)) out.push_back(std::move(*test));
  return out;
}

std::optional<RuleTest> read_loose_test(const YamlNode& test, const std::vector<std::string>& recipients,
                                        const Reader& reader) {
  const YamlNode* rule = test.find("rule");
  if (test.is_mapping() && !rule)
    reader.error(test.at, "R002", "a test beside the rules needs the rule that it tries: rule: some-name");
  return TestReader(recipients, reader).test(test, rule ? std::string(rule->text) : "", kLooseNames);
}

}  // namespace tocsin
