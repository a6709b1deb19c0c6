#include "alerts/blindness.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace tocsin {

namespace {

/// All feeds of a country, or all there are, taken together.
struct Cover {
  bool all_fail = true;
  bool all_twice = true;
  bool unanswered = true;
  bool recovered = false;
  Millis since = 0;  // the last of them began to fail

  void add(const WatchedFeed& feed, Millis now) {
    all_fail = all_fail && feed.failing;
    all_twice = all_twice && feed.twice;
    unanswered = unanswered && feed.failing && !feed.answered;
    recovered = recovered || (!feed.failing && (feed.twice || now - feed.since >= kRecovery));
    since = std::max(since, feed.since);
  }
  [[nodiscard]] bool lost(Millis blind_after, Millis now) const {
    return all_fail && all_twice && now - since >= blind_after;
  }
};

struct View {
  std::map<std::string, Cover> countries;
  Cover everything;
};

View view_of(std::span<const WatchedFeed> feeds, Millis now) {
  View view;
  for (const WatchedFeed& feed : feeds) {
    view.everything.add(feed, now);
    for (const auto& country : feed.countries) view.countries[country].add(feed, now);
  }
  return view;
}

bool names(const SystemNotice* told, const std::string& country) {
  return told && std::find(told->countries.begin(), told->countries.end(), country) != told->countries.end();
}

bool covers(const WatchedFeed& feed, const SystemNotice& notice) {
  return notice.no_network || std::any_of(feed.countries.begin(), feed.countries.end(),
                                          [&](const std::string& country) { return names(&notice, country); });
}

}  // namespace

std::optional<SystemNotice> blindness(std::span<const WatchedFeed> feeds, const SystemNotice* told, Millis blind_after,
                                      Millis now) {
  if (feeds.empty()) return std::nullopt;
  const View view = view_of(feeds, now);
  SystemNotice notice{"blind", {}, {}};
  Millis since = now;
  for (const auto& [country, cover] : view.countries) {
    if (names(told, country) ? cover.recovered : !cover.lost(blind_after, now)) continue;
    notice.countries.push_back(country);
    since = std::min(since, cover.since);
  }
  const Cover& all = view.everything;
  notice.no_network = told && told->no_network ? !all.recovered : all.unanswered && all.lost(blind_after, now);
  if (notice.countries.empty() && !notice.no_network) return std::nullopt;
  if (notice.countries.empty()) since = all.since;
  // A feed that worked for a moment has not ended what people were told.
  notice.since = told && told->since ? std::min(*told->since, since) : since;
  for (const WatchedFeed& feed : feeds)
    if (feed.failing && covers(feed, notice)) notice.feeds.push_back(feed.id);
  return notice;
}

std::optional<Millis> next_blindness(std::span<const WatchedFeed> feeds, const SystemNotice* told, Millis blind_after,
                                     Millis now) {
  std::optional<Millis> next;
  const auto consider = [&](Millis at) {
    if (at > now && (!next || at < *next)) next = at;
  };
  const View view = view_of(feeds, now);
  for (const auto& [country, cover] : view.countries)
    if (cover.all_fail && !names(told, country)) consider(cover.since + blind_after);
  if (view.everything.unanswered) consider(view.everything.since + blind_after);
  for (const WatchedFeed& feed : feeds)
    if (told && !feed.failing) consider(feed.since + kRecovery);
  return next;
}

std::vector<std::string> blind_because(std::span<const WatchedFeed> feeds, const SystemNotice& notice) {
  std::vector<std::string> why;
  for (const WatchedFeed& feed : feeds)
    if (feed.failing && covers(feed, notice))
      why.push_back(feed.id + ": " + one_line(feed.reason) + ", since " + rfc3339(feed.since / kSecond * kSecond));
  return why;
}

}  // namespace tocsin
