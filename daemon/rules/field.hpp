// What a condition may ask about an incident. A field is one row of the registry (fields.cpp) and one function that
// reads its value, in the file of its family (fields_*.cpp). Everything else, from the error messages to the handbook,
// comes from the row.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/incident.hpp"
#include "rules/expression.hpp"
#include "rules/rule_world.hpp"

namespace re2 {
class RE2;
}

namespace tocsin {

class History;
struct Reach;

/// What a rule is judged against beside the incident.
struct MatchContext {
  Millis now = 0;                       // wall clock, UTC
  const History* history = nullptr;     // for counting rules; without it they stay silent
  std::vector<std::string_view> texts;  // texts of the items that this revision rests on, where at hand
};

/// How a field's values are written and compared.
enum class ValueKind : std::uint8_t {
  words,     // of a vocabulary; the incident may have several
  names,     // any text, folded before it is compared
  number,    // whole, or with decimals where the row says so
  ordinal,   // words in an order; compared as 1, 2, 3 ...
  duration,  // 15m 48h 7d, held in milliseconds
  phrase,    // text that contains or matches
  distance,  // within: kilometres to points and lines
  zone       // inside: polygons
};

/// What an incident has in a field. Nothing at all means unknown, and satisfies no test.
struct Value {
  std::vector<std::string> words;  // folded for `names` and `phrase`
  std::vector<std::string> raw;    // `phrase`: as published
  std::optional<double> number;
  const Place* place = nullptr;  // `distance`, `zone`; words are then the event types, number the local hour
  std::string shown;             // for people, where words or number do not say it
};

/// A line or point of the organisation; one point, or two and more.
struct Shape {
  std::string id;
  std::vector<LatLon> line;
  std::string kind;  // of an asset, or "road"
};

/// The right side of a test, resolved: groups and lists expanded, numbers read.
struct Operand {
  std::vector<std::string> words;  // sorted
  std::vector<double> numbers;
  std::shared_ptr<const re2::RE2> pattern;
  double km = 0;
  std::shared_ptr<const Reach> reach;  // then it says how far, not `km`
  std::vector<Shape> shapes;
};

using Ops = std::uint16_t;
constexpr Ops ops(std::initializer_list<Op> list) {
  Ops mask = 0;
  for (const Op op : list) mask = static_cast<Ops>(mask | 1u << static_cast<unsigned>(op));
  return mask;
}
constexpr bool allows(Ops mask, Op op) {
  return (mask >> static_cast<unsigned>(op) & 1u) != 0;
}

/// What a number may be.
struct Range {
  double least = 0, most = 0;
  bool whole = true;
  double unknown_at = 0;  // this number means "cannot be judged" and satisfies no < or <=
};

/// `values` and `help` are printed in the handbook; `noun` in "unknown <noun>".
struct Field {
  std::string_view name;
  ValueKind kind;
  Ops ops;
  Value (*read)(const Incident&, const MatchContext&);
  std::vector<std::string> (*vocabulary)(const RuleWorld&);  // null: any word
  std::string_view noun;
  std::string_view values;
  std::string_view help;
  bool single = false;  // an incident has at most one value: two different ones contradict each other
  Range range;
};

/// The registry; a name may have several rows that differ in their operators (`place`).
std::span<const Field> all_fields();
/// The row for this name and operator; else any row of this name; nullptr when there is no such field.
const Field* find_field(std::string_view name, Op op);
/// Whether the field asks where it happened: country, region, place, within, inside.
bool asks_of_place(const Field& field);
/// Members of a group of the field's vocabulary (`armed_violence`), or nothing.
std::vector<std::string> group_members(const Field& field, std::string_view word);
/// The word that the admin probably meant, known from elsewhere (MLI and Mali for ML), or "".
std::string known_alias(const Field& field, std::string_view word);

}  // namespace tocsin
