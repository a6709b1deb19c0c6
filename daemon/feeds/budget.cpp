#include "feeds/budget.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "feeds/schedule.hpp"

namespace tocsin {

namespace {
constexpr Millis kLongestStretch = 4 * kPollCeiling;

// How many times rarer: a row for each strain before the last, a column for each worth.
constexpr std::array<std::array<Millis, 4>, 4> kRarer{{{1, 1, 1, 1}, {1, 1, 1, 4}, {1, 1, 4, 8}, {1, 2, 8, 16}}};

bool mostly_repeats(const Feed& feed) {
  return feed.owner == "aggregator" || feed.reliability == 'D' || feed.reliability == 'E';
}
}  // namespace

std::vector<Worth> worth_of(const std::vector<Feed>& feeds, const std::set<std::string>& home) {
  std::map<std::string_view, int> covered;
  for (const Feed& feed : feeds)
    for (const auto& country : feed.countries) ++covered[country];
  const auto alone = [&](const std::string& country) { return covered[country] == 1; };
  const auto ours = [&](const std::string& country) { return home.contains(country); };

  std::vector<Worth> out;
  out.reserve(feeds.size());
  for (const Feed& feed : feeds) {
    const auto& countries = feed.countries;
    const bool far = !home.empty() && !countries.empty() && std::none_of(countries.begin(), countries.end(), ours);
    out.push_back(std::any_of(countries.begin(), countries.end(), alone) ? Worth::alone
                  : mostly_repeats(feed)                                 ? Worth::spare
                  : far                                                  ? Worth::far
                                                                         : Worth::near);
  }
  return out;
}

Strain strain_of(std::int64_t budget, std::int64_t spent, Millis now) {
  if (budget <= 0) return Strain::none;
  if (spent >= budget) return Strain::spent;
  const double of_budget = static_cast<double>(spent) / static_cast<double>(budget);
  const double of_day = static_cast<double>(now % kDay) / static_cast<double>(kDay);
  const double eighths = (of_budget - of_day) * 8;
  if (eighths < 1) return Strain::none;
  return eighths < 2 ? Strain::first : eighths < 3 ? Strain::second : Strain::third;
}

std::string_view words(Strain strain) {
  switch (strain) {
    case Strain::none:
      return "every feed is polled at its own interval";
    case Strain::first:
      return "aggregators and sources of reliability D and E are polled less often";
    case Strain::second:
      return "aggregators, sources of reliability D and E and feeds of countries without an asset are polled less "
             "often";
    case Strain::third:
      return "all feeds but those that alone cover a country are polled less often";
    case Strain::spent:
      return "until 00:00 UTC only feeds that alone cover a country are polled";
  }
  return "";
}

Millis rest_of_day(Millis now) {
  return kDay - now % kDay;
}

Millis stretched(Millis wait, Worth worth, Strain strain, Millis now) {
  if (strain == Strain::none || worth == Worth::alone) return wait;
  if (strain == Strain::spent) return std::max(wait, rest_of_day(now));
  const Millis rarer = wait * kRarer.at(static_cast<std::size_t>(strain)).at(static_cast<std::size_t>(worth));
  return std::max(wait, std::min({rarer, kLongestStretch, rest_of_day(now) + wait}));
}

Millis wait_of_own_budget(std::int64_t budget, std::int64_t spent, std::int64_t cost, Millis now) {
  if (budget <= 0) return 0;
  const Millis rest = rest_of_day(now);
  const std::int64_t left = budget - spent;
  if (left <= 0 || left < cost) return rest;
  return static_cast<Millis>(static_cast<double>(rest) * static_cast<double>(cost) / static_cast<double>(left));
}

void spend(DayBytes& traffic, std::int64_t bytes, Millis now) {
  traffic.bytes = spent_today(traffic, now) + bytes;
  traffic.day = now / kDay;
}

std::int64_t spent_today(const DayBytes& traffic, Millis now) {
  return traffic.day == now / kDay ? traffic.bytes : 0;
}

}  // namespace tocsin
