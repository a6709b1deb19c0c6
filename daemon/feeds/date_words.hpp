// The words inside dates: months, zones and fillers of many languages. For dates.cpp only.
#pragma once
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace tocsin {

/// 1..12 by the first letters of a folded word, 0 when it is no month.
int month_by_name(std::string_view folded);
bool is_date_filler(std::string_view folded);

/// A zone by its abbreviation or IANA name, in lower case.
struct ZoneRule {
  std::string_view name;
  int minutes;  // east of UTC, standard time
  enum class Summer { none, europe, america } summer = Summer::none;
};
const ZoneRule* zone_by_name(std::string_view lower);
/// Minutes east of UTC that hold at `local` (local time as if it were UTC).
int offset_at(const ZoneRule& zone, Millis local);

}  // namespace tocsin
