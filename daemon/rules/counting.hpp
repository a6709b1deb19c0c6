// Rules that count: `count`, `spike`, `new` beside `when`, and `silence` in its place. Reading of the clauses and their
// evaluation over the past. The past itself comes through History, which the caller implements over its store.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/condition.hpp"
#include "rules/names.hpp"

namespace tocsin {

struct Counting;

/// Stored incidents, one entry each (the latest revision). Bounded by the caller: nothing older than 400 days is asked
/// for.
class History {
 public:
  virtual ~History() = default;
  /// When the record begins. Before half of their window is on record, `spike` and `new` stay silent.
  [[nodiscard]] virtual Millis since() const = 0;
  /// Every incident with from <= opened < to, in any order.
  virtual void visit(Millis from, Millis to, const std::function<void(const Incident&)>& see) const = 0;
  /// How many of those the clause counts under this key, where that is known without a look at each
  /// (rules/tallied_past.hpp). Of `new` the key is that of the place and, after a line end, the value. The incident
  /// that is judged must not be among them. nullopt: visit() tells.
  [[nodiscard]] virtual std::optional<std::size_t> tally(const Counting&, const std::string& /*key*/, Millis /*from*/,
                                                         Millis /*to*/) const {
    return std::nullopt;
  }
};

/// What incidents are grouped by.
enum class By : std::uint8_t { country, region, place, actor, type, target, road };
inline constexpr Words<By, 7> kBys{{"country", "region", "place", "actor", "type", "target", "road"}};

struct Counting {
  enum class Kind : std::uint8_t { count, spike, new_value };
  Kind kind = Kind::count;
  Op op = Op::ge;
  double amount = 0;  // count: incidents; spike: times the usual
  Millis window = 0;
  By what = By::actor;  // new_value
  By by = By::region;
  std::string printed;       // "count >= 3 in 7d by region"
  std::vector<Shape> roads;  // by road
};

/// `silence: "12h of feeds tagged mali"`
struct Silence {
  Millis span = 0;
  std::string tag;
  std::string printed;
};

/// Each reads one clause and reports what is wrong with it, at its place.
std::optional<Counting> read_count(const Source& source, const RuleWorld& world, Diagnostics& findings);
std::optional<Counting> read_spike(const Source& source, const RuleWorld& world, Diagnostics& findings);
std::optional<Counting> read_new(const Source& source, const RuleWorld& world, Diagnostics& findings);
std::optional<Silence> read_silence(const Source& source, const RuleWorld& world, Diagnostics& findings);

/// What an incident has of it; roads within ten kilometres.
std::vector<std::string> counting_keys(By by, const Incident& incident, const std::vector<Shape>& roads);
/// Retracted and merged incidents count for nothing.
bool stands(const Incident& incident);

struct Counted {
  bool holds = false;
  std::string saw;  // "4 since 2024-09-10 in ML-4"
};
/// `counts` tells whether a past incident counts, judged as of its own time; the present one counts always.
Counted judge(const Counting& clause, const Incident& incident, const MatchContext& context,
              const std::function<bool(const Incident&)>& counts);

}  // namespace tocsin
