// How many bytes polling may cost in a UTC day, and what is slowed down first when they run short. Pure. For
// app/poller.
//
// All feeds together may spend the budget as the day passes, an eighth of it ahead of the clock. Beyond that, polls
// become rarer in this order, a step more for each further eighth:
//   1. aggregators and sources of reliability D and E, which mostly repeat others;
//   2. feeds of countries where the organisation has no asset;
//   3. all others but the feeds that alone cover a country.
// When the budget is spent, only those that alone cover a country are still asked, as often as ever: a budget makes us
// hear late, never deaf. The others wait for the next day (00:00 UTC).
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "model/feed.hpp"

namespace tocsin {

/// What would be missed without a feed; the higher, the sooner it is slowed down.
enum class Worth : std::uint8_t { alone, near, far, spare };

/// One for each feed. `home` holds the countries of our assets; without any, no feed is far.
std::vector<Worth> worth_of(const std::vector<Feed>& feeds, const std::set<std::string>& home);

/// How far the spending is ahead of the clock.
enum class Strain : std::uint8_t { none, first, second, third, spent };

/// `budget` in bytes a day, 0 = no bound.
Strain strain_of(std::int64_t budget, std::int64_t spent, Millis now);
/// What the strain means for the feeds, for the log.
std::string_view words(Strain strain);

/// Until 00:00 UTC.
Millis rest_of_day(Millis now);

/// The wait before a poll, stretched by the strain: at most four times the ceiling of the schedule, or until the next
/// day when all is spent.
Millis stretched(Millis wait, Worth worth, Strain strain, Millis now);

/// The shortest wait that lets what is left of a feed's own budget last until the end of the day when every poll costs
/// `cost` bytes. 0 without a budget.
Millis wait_of_own_budget(std::int64_t budget, std::int64_t spent, std::int64_t cost, Millis now);

/// Adds to the traffic of the day that `now` is in.
void spend(DayBytes& traffic, std::int64_t bytes, Millis now);
/// Of the day that `now` is in.
std::int64_t spent_today(const DayBytes& traffic, Millis now);

}  // namespace tocsin
