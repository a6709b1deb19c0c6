#include "app/health.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kMostFeeds = 20;

/// "40 min": the largest unit is enough at night.
std::string span_words(Millis span) {
  if (span < kMinute) return std::to_string(std::max<Millis>(0, span) / kSecond) + " s";
  if (span < 2 * kHour) return std::to_string(span / kMinute) + " min";
  return span < 2 * kDay ? std::to_string(span / kHour) + " h" : std::to_string(span / kDay) + " d";
}

std::string ago(const Health& health, Millis at) {
  return span_words(health.at - at) + " ago";
}

std::string minute(Millis at) {
  const std::string whole = rfc3339(at);
  return whole.substr(0, 10) + " " + whole.substr(11, 5) + "Z";
}

std::string feed_counts(const Health& health) {
  std::string text =
      std::to_string(health.count(FeedStanding::ok)) + " of " + std::to_string(health.feeds.size()) + " ok";
  for (const auto standing :
       {FeedStanding::failing, FeedStanding::gone, FeedStanding::drift, FeedStanding::stale, FeedStanding::waiting})
    if (const auto n = health.count(standing); n > 0)
      text += ", " + std::to_string(n) + " " + std::string(kFeedStandings(standing));
  return text;
}

std::string feed_line(const Health& health, const FeedHealthReport& feed) {
  std::string text = "  " + feed.id + ": " + std::string(kFeedStandings(feed.standing));
  const bool fails = feed.standing == FeedStanding::failing || feed.standing == FeedStanding::gone;
  if (fails && feed.since) text += " " + span_words(health.at - *feed.since);
  return text + (feed.reason.empty() ? "" : ": " + feed.reason) + "\n";
}

std::string feed_lines(const Health& health) {
  std::string text;
  std::size_t shown = 0, left = 0;
  for (const FeedHealthReport& feed : health.feeds) {
    if (feed.standing >= FeedStanding::waiting) continue;
    if (++shown > kMostFeeds)
      ++left;
    else
      text += feed_line(health, feed);
  }
  return left == 0 ? text : text + "  and " + std::to_string(left) + " more; --json lists all\n";
}

std::string queue(const Health& health) {
  if (health.outbox.queued == 0) return "empty";
  return std::to_string(health.outbox.queued) + " waiting, the oldest since " +
         (health.outbox.oldest ? minute(*health.outbox.oldest) : "?");
}

std::string line(std::string_view label, const std::string& text) {
  return std::string(label) + std::string(8 - label.size(), ' ') + text + "\n";
}

}  // namespace

std::string in_words(const Health& health) {
  std::string out = std::string("Tocsin " TOCSIN_VERSION ", ") + (health.problems.empty() ? "well" : "NOT WELL") + "\n";
  for (const auto& problem : health.problems) out += "  ! " + problem + "\n";
  out += line("daemon", std::string(health.running ? "runs" : "does not run") +
                            (health.last_poll ? ", last noted poll " + ago(health, *health.last_poll) : ""));
  if (health.blind && health.blind->since)
    out += line("blind", (health.blind->countries.empty() ? "every feed" : join(health.blind->countries, ", ")) +
                             " since " + minute(*health.blind->since));
  out += line("feeds", feed_counts(health)) + feed_lines(health);
  out += line("queue", queue(health));
  out += line("reload", health.refused_reload ? "refused " + ago(health, health.refused_reload->at) + ": " +
                                                    one_line(health.refused_reload->text)
                                              : "in order");
  if (health.failing_tests) out += line("tests", one_line(health.failing_tests->text));
  if (health.canary)
    out +=
        line("canary", (health.canary->text == kCanaryAwaited ? "none yet, started" : one_line(health.canary->text)) +
                           " " + ago(health, health.canary->at));
  out += line("store", health.store + ", " + std::to_string((health.bytes + 1023) / 1024) + " KiB");
  return out;
}

}  // namespace tocsin
