#include "rules/fields.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "model/country.hpp"

namespace tocsin {

namespace {

using Kind = ValueKind;
constexpr Ops kWord = ops({Op::eq, Op::ne, Op::in});
constexpr Ops kSeveral = ops({Op::has, Op::in});
constexpr Ops kNumber = ops({Op::eq, Op::ne, Op::lt, Op::le, Op::gt, Op::ge});
constexpr Ops kClock = ops({Op::eq, Op::ne, Op::lt, Op::le, Op::gt, Op::ge, Op::in});
constexpr Ops kSpan = ops({Op::lt, Op::le, Op::gt, Op::ge});
constexpr Ops kText = ops({Op::contains, Op::matches});
constexpr double kMany = 1e9;

// clang-format off
constexpr std::array kFields{
    Field{"type", Kind::words, ops({Op::eq, Op::ne, Op::is, Op::in}), fields::type, fields::type_words, "event type",
          "an event type or a group of them", "What happened. An incident told as several types matches any of them."},
    Field{"country", Kind::words, kWord, fields::country, fields::country_words, "country",
          "ISO alpha-2, or a list", "Where it happened. Unknown when no place could be found.", true},
    Field{"region", Kind::names, kWord, fields::region_code, nullptr, "region",
          "ISO 3166-2 code or quoted name", "First-level region of the country."},
    Field{"place", Kind::names, kWord, fields::place_name, nullptr, "place",
          "quoted name", "Town, quarter or landmark; case and accents do not matter."},
    Field{"place", Kind::words, ops({Op::is}), fields::place_kind, fields::place_kind_words, "kind of place",
          "capital admin_capital city airport",
          "city: seat of a region or 100,000 people; airport: it happened at one."},
    Field{"target", Kind::words, kSeveral, fields::target, fields::target_words, "target class",
          "target classes", "What was attacked."},
    Field{"actor", Kind::words, kSeveral, fields::actor, fields::actor_words, "actor",
          "actor ids", "Who is named, in whatever role."},
    Field{"actor_group", Kind::words, kSeveral, fields::actor_group, fields::actor_group_words, "actor group",
          "state rebel jihadist militia communal criminal foreign unknown", "What kind of actor is named."},
    Field{"killed", Kind::number, kNumber, fields::killed, nullptr, "number",
          "whole number", "The lowest number of dead that still stands.", true, {0, kMany}},
    Field{"injured", Kind::number, kNumber, fields::injured, nullptr, "number",
          "whole number", "As killed, of injured.", true, {0, kMany}},
    Field{"abducted", Kind::number, kNumber, fields::abducted, nullptr, "number",
          "whole number", "As killed, of abducted.", true, {0, kMany}},
    Field{"publishers", Kind::number, kNumber, fields::publishers, nullptr, "number",
          "whole number", "Independent origins; reprints of one agency count once.", true, {0, kMany}},
    Field{"reports", Kind::number, kNumber, fields::reports, nullptr, "number",
          "whole number", "Items that tell of it.", true, {0, kMany}},
    Field{"reliability", Kind::ordinal, kNumber, fields::reliability, fields::reliability_words, "reliability",
          "A to F", "Admiralty letter of the best source; <= B means B or better. F cannot be judged and satisfies no < or <=.", true,
          {1, 6, true, 6}},
    Field{"credibility", Kind::number, kNumber, fields::credibility, nullptr, "number",
          "1 to 6", "Admiralty figure; 1 is confirmed. 6 cannot be judged and satisfies no < or <=.", true,
          {1, 6, true, 6}},
    Field{"confidence", Kind::number, kNumber, fields::confidence, nullptr, "number",
          "0 to 1", "How sure the understanding is.", true, {0, 1, false}},
    Field{"age", Kind::duration, kSpan, fields::age, nullptr, "duration",
          "15m 48h 7d", "Time since it happened; since it was first told where no time is known.", true},
    Field{"hour", Kind::number, kClock, fields::hour, nullptr, "hour",
          "0 to 23", "Local hour in the country; of publication where the report gives no clock.", true, {0, 23}},
    Field{"weekday", Kind::ordinal, kClock, fields::weekday, fields::weekday_words, "weekday",
          "mon tue wed thu fri sat sun", "Local day of the week, found as the hour is.", true},
    Field{"contested", Kind::words, ops({Op::eq}), fields::contested, fields::flag_words, "value",
          "true false", "Whether sources contradict each other.", true},
    Field{"modality", Kind::words, kWord, fields::modality, fields::modality_words, "modality",
          "reported retrospective hypothetical denied exercise threat", "How it is told.", true},
    Field{"language", Kind::words, kWord, fields::language, fields::language_words, "language",
          "ISO 639-1", "Language of any item that tells of it."},
    Field{"feed", Kind::words, kWord, fields::feed, fields::feed_words, "feed",
          "feed ids", "Any feed that told it."},
    Field{"feed_tag", Kind::words, kSeveral, fields::feed_tag, fields::feed_tag_words, "feed tag",
          "tags of your feeds", "Tags of the feeds that told it."},
    Field{"title", Kind::phrase, kText, fields::title, nullptr, "text",
          "quoted text", "Titles. contains: case and accents do not matter; matches: a regular expression (RE2)."},
    Field{"text", Kind::phrase, kText, fields::text, nullptr, "text",
          "quoted text", "Titles and texts, as title."},
    Field{"within", Kind::distance, ops({Op::within}), fields::where, nullptr, "asset",
          "25km of ASSET, of any KIND, of road ROAD; reach of ...", "Distance, or the table `reach`. A place known only as an area or country is never near."},
    Field{"inside", Kind::zone, ops({Op::inside}), fields::where, nullptr, "zone",
          "ZONE", "Inside one of your zones. A place known only as an area or country is never inside."},
};
// clang-format on

}  // namespace

std::span<const Field> all_fields() {
  return kFields;
}

const Field* find_field(std::string_view name, Op op) {
  const Field* any = nullptr;
  for (const Field& f : kFields) {
    if (f.name != name) continue;
    if (allows(f.ops, op)) return &f;
    any = &f;
  }
  return any;
}

bool asks_of_place(const Field& field) {
  static constexpr std::array<std::string_view, 5> kNames{"country", "region", "place", "within", "inside"};
  return std::find(kNames.begin(), kNames.end(), field.name) != kNames.end();
}

std::vector<std::string> group_members(const Field& field, std::string_view word) {
  std::vector<std::string> members;
  if (field.name != "type") return members;
  for (const auto& row : kEventTypes)
    if (row.group == word) members.emplace_back(row.name);
  return members;
}

std::string known_alias(const Field& field, std::string_view word) {
  if (field.name != "country") return "";
  for (const Country& c : countries())
    if (equal_ascii_nocase(c.alpha3, word) || equal_ascii_nocase(c.en, word) || equal_ascii_nocase(c.fr, word))
      return std::string(c.alpha2);
  return "";
}

}  // namespace tocsin
