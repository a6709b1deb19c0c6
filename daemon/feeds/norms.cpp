#include "feeds/norms.hpp"

#include <algorithm>

#include "feeds/freshness.hpp"

namespace tocsin {

namespace {

constexpr double kQuantile = 0.95;  // lower, and every night would make a daily paper stale
constexpr double kStep = 0.3;       // of one gap; one outage then moves the norm by a third, not to its own length
constexpr std::size_t kEnough = 5;  // gaps in one document to learn the norm from at once
constexpr Millis kShortest = kMinute, kLongest = 30 * kDay;

constexpr std::int64_t kSettled = 3;  // documents after which there is something to differ from
constexpr double kUsualShare = 0.8;
constexpr double kTeaching = 0.125, kDriftTeaching = 1.0 / 64;

/// A quantile that follows without a memory of the gaps ("frugal streaming", Ma, Muthukrishnan, Sandler 2013), in steps
/// proportional to the norm.
Millis followed(Millis norm, Millis gap) {
  const double factor = gap > norm ? 1 + kStep * kQuantile : 1 - kStep * (1 - kQuantile);
  return static_cast<Millis>(static_cast<double>(norm) * factor);
}

Millis quantile(std::vector<Millis> gaps) {
  const auto nth = gaps.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(gaps.size() - 1) * kQuantile);
  std::nth_element(gaps.begin(), nth, gaps.end());
  return *nth;
}

std::vector<Millis> gaps_of(Millis before, const std::vector<Millis>& dates) {
  std::vector<Millis> gaps;
  for (const Millis at : dates) {
    if (before != 0 && at > before) gaps.push_back(at - before);
    before = std::max(before, at);
  }
  return gaps;
}

void learn_gaps(FeedNorm& norm, const std::vector<Millis>& gaps) {
  if (gaps.empty()) return;
  if (norm.gap == 0 && gaps.size() < kEnough)
    norm.gap = std::max(kDay, *std::max_element(gaps.begin(), gaps.end()));  // of so few no rhythm can be read
  else if (norm.gap == 0)
    norm.gap = quantile(gaps);
  else
    for (const Millis gap : gaps) norm.gap = followed(norm.gap, gap);
  norm.gap = std::clamp(norm.gap, kShortest, kLongest);
}

constexpr int kClockShown = 3, kClockCertain = 5;  // documents: enough to believe it, and the most that are counted
constexpr Millis kFarthestZone = 14 * kHour;       // Kiribati; what is dated beyond is an announcement

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string drift_of(const FeedNorm& norm, const DocumentShape& shape) {
  if (norm.documents < kSettled) return "";
  if (shape.items == 0 && norm.items >= 3)
    return "it has no items, where there usually are " + std::to_string(static_cast<int>(norm.items + 0.5));
  if (shape.items == 0) return "";
  if (shape.dated == 0 && norm.dated >= kUsualShare) return "its items carry no dates any more";
  if (shape.titled == 0 && norm.titled >= kUsualShare) return "its items carry no titles any more";
  if (shape.format != norm.format) return "its format has changed from " + norm.format + " to " + shape.format;
  return "";
}

void learn_shape(FeedNorm& norm, const DocumentShape& shape) {
  norm.drift = drift_of(norm, shape);
  const double teaching = norm.documents == 0 ? 1 : norm.drift.empty() ? kTeaching : kDriftTeaching;
  const auto learn = [teaching](double& mean, double now) { mean += teaching * (now - mean); };
  learn(norm.items, static_cast<double>(shape.items));
  if (shape.items > 0) {
    learn(norm.titled, share(shape.titled, shape.items));
    learn(norm.dated, share(shape.dated, shape.items));
  }
  norm.format = shape.format;
  ++norm.documents;
}

}  // namespace

DocumentShape shape_of(const ParsedFeed& parsed, Millis now) {
  DocumentShape shape;
  shape.format = parsed.format;
  shape.items = parsed.items.size();
  for (const Item& item : parsed.items) {
    shape.titled += !item.title.empty();
    shape.dated += item.published.has_value();
    if (item.published && *item.published <= now) shape.dates.push_back(*item.published);
  }
  std::sort(shape.dates.begin(), shape.dates.end());
  return shape;
}

FeedNorm learned(FeedNorm norm, const DocumentShape& shape, bool news, Millis now) {
  learn_shape(norm, shape);
  std::vector<Millis> dates = shape.dates;
  if (dates.empty() && news) dates.push_back(now);
  learn_gaps(norm, gaps_of(norm.newest, dates));
  if (!dates.empty()) norm.newest = std::max(norm.newest, dates.back());
  return norm;
}

FeedNorm learned_clock(FeedNorm norm, std::optional<Millis> lead) {
  constexpr Millis kHalfHour = 30 * kMinute;
  if (!lead || *lead > kFarthestZone) return norm;
  const Millis rounded = (*lead + kHalfHour - 1) / kHalfHour * kHalfHour;
  if (*lead > kClockSlack && rounded < norm.ahead && norm.ahead_times >= kClockShown) {
    // Less than before several times in a row: summer time has ended there.
    if (--norm.ahead_times < kClockShown) norm.ahead = rounded, norm.ahead_times = kClockShown;
  } else if (*lead > kClockSlack) {
    norm.ahead = std::max(norm.ahead, rounded);
    norm.ahead_times = std::min(norm.ahead_times + 1, kClockCertain);
  } else if (norm.ahead_times > 0 && --norm.ahead_times == 0) {
    norm.ahead = 0;
  }
  return norm;
}

Millis clock_error(const FeedNorm& norm) {
  return norm.ahead_times >= kClockShown ? norm.ahead : 0;
}

std::optional<Millis> stale_after(const FeedNorm& norm) {
  if (norm.gap == 0) return std::nullopt;
  return std::max(kQuietAtLeast, 4 * norm.gap);
}

bool is_stale(const FeedNorm& norm, Millis now) {
  const auto span = stale_after(norm);
  return span && norm.newest != 0 && now - norm.newest > *span;
}

}  // namespace tocsin
