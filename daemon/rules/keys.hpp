// The keys of rule files: what the reader accepts, the handbook tells and the schema for editors checks. One row a key.
// For rules/ only.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace tocsin {

/// What a key takes, as the schema says it.
enum class KeyForm : std::uint8_t {
  name,        // of a rule
  condition,   // a condition, or a clause that counts
  text,        // one text
  local_text,  // one text, or one a language
  severity,
  urgency,
  tlp,
  flag,
  words,  // a list of words
  word_or_words,
  time,
  letter,   // A to F
  outcome,  // fires | silent
  messages,
  number,
  tests,
  items,
  rules,
  lists,
  macros,
  reach
};

struct KeyRow {
  std::string_view name;
  KeyForm form;
  std::string_view help;  // Markdown without links
};

inline constexpr std::array<KeyRow, 5> kFileKeys{{
    {"lists", KeyForm::lists, "names for several words: `sahel: [ML, BF, NE]`"},
    {"macros", KeyForm::macros, "names for conditions: `not_news: modality != reported or age > 48h`"},
    {"rules", KeyForm::rules, "the rules"},
    {"reach", KeyForm::reach, "how near is near, by event type, kind of asset and hour, for `within reach of ...`"},
    {"tests", KeyForm::tests, "tests beside the rules; each names its `rule`"},
}};

inline constexpr std::array<KeyRow, 18> kRuleKeys{{
    {"rule", KeyForm::name, "its name: small letters, digits, hyphens; never twice. Needed"},
    {"when", KeyForm::condition, "the condition. Needed, or `silence` instead"},
    {"severity", KeyForm::severity, "`Extreme` `Severe` `Moderate` `Minor` `Unknown`. Needed"},
    {"unless", KeyForm::condition, "a second condition that keeps the rule silent"},
    {"confirm", KeyForm::condition,
     "until this holds, only the recipients on duty are told, and the alert says UNCONFIRMED. Without it every match "
     "counts as confirmed"},
    {"title", KeyForm::local_text, "what people read, `{en: ..., fr: ...}`; a plain text is English"},
    {"action", KeyForm::local_text, "what to do, as title"},
    {"urgency", KeyForm::urgency, "`Immediate` `Expected` `Future` `Past` `Unknown`"},
    {"notify", KeyForm::words, "recipients of your configuration; without it, those on duty"},
    {"tlp", KeyForm::tlp, "`TLP:CLEAR` `TLP:GREEN` `TLP:AMBER` `TLP:AMBER+STRICT` `TLP:RED`; green when left out"},
    {"enabled", KeyForm::flag, "`false` switches the rule off"},
    {"extends", KeyForm::name, "another rule whose keys this one inherits, all but the tests"},
    {"count", KeyForm::condition, "`\">= 3 in 7d by region\"`: see rules that count"},
    {"spike", KeyForm::condition, "`\"3x of 28d by country\"`"},
    {"new", KeyForm::condition, "`\"actor in 90d by region\"`"},
    {"silence", KeyForm::condition, "`\"12h of feeds tagged mali\"`, instead of `when`"},
    {"tests", KeyForm::tests, "items, and what the rule makes of them"},
    {"note", KeyForm::text, "anything you want to remember"},
}};

inline constexpr std::array<KeyRow, 7> kItemKeys{{
    {"title", KeyForm::text, "the headline of an item as a feed would bring it"},
    {"text", KeyForm::text, "its text"},
    {"published", KeyForm::time,
     "a time such as 2024-09-17T09:00:00Z; a fixed Tuesday when left out, or 5 minutes "
     "after the item before"},
    {"language", KeyForm::text, "its language"},
    {"feed", KeyForm::text, "the feed it comes from"},
    {"publisher", KeyForm::text, "who publishes it; two publishers are two origins"},
    {"reliability", KeyForm::letter, "A to F; B when left out"},
}};

/// Of a test, beside those of an item: a test is one item, or has several under `items`.
inline constexpr std::array<KeyRow, 6> kTestKeys{{
    {"rule", KeyForm::name, "the rule that is tried; only for tests beside the rules, and needed there"},
    {"items", KeyForm::items, "several items, in the order of time"},
    {"expect", KeyForm::outcome, "`fires` or `silent`. Needed"},
    {"confirmed", KeyForm::flag, "whether the rule's `confirm` holds in the end"},
    {"messages", KeyForm::messages, "the alerts that name the rule, in order: `[Alert, Update]`"},
    {"recipients", KeyForm::words, "all who were told by the last of them"},
}};

inline constexpr std::array<KeyRow, 4> kReachKeys{{
    {"type", KeyForm::word_or_words, "event types and groups; any when left out"},
    {"asset", KeyForm::word_or_words, "kinds of asset, `road`, or ids; any when left out"},
    {"hours", KeyForm::text, "local hours, `18-6`; the whole day when left out"},
    {"km", KeyForm::number, "the distance. Needed"},
}};

template <std::size_t N>
constexpr std::array<std::string_view, N> names_of(const std::array<KeyRow, N>& rows) {
  std::array<std::string_view, N> names;
  for (std::size_t i = 0; i < N; ++i) names[i] = rows[i].name;
  return names;
}

}  // namespace tocsin
