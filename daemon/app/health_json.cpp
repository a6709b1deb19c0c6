#include <nlohmann/json.hpp>

#include "app/health.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

Json time_or_null(const std::optional<Millis>& at) {
  return at ? Json(rfc3339(*at)) : Json();
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json feed_json(const FeedHealthReport& feed) {
  return {{"id", feed.id},
          {"state", kFeedStandings(feed.standing)},
          {"since", time_or_null(feed.since)},
          {"reason", text_or_null(feed.reason)},
          {"last_success", time_or_null(feed.last_success)},
          {"newest_item", time_or_null(feed.newest_item)}};
}

Json counts_json(const Health& health) {
  Json counts{{"total", health.feeds.size()}};
  for (std::size_t i = kFeedStandings.names.size(); i-- > 0;)
    counts[std::string(kFeedStandings.names[i])] = health.count(static_cast<FeedStanding>(i));
  return counts;
}

Json queue_json(const Outbox& outbox) {
  return {{"depth", outbox.queued},
          {"oldest", time_or_null(outbox.oldest)},
          {"waits_for", text_or_null(outbox.waits_for)},
          {"given_up", outbox.given_up},
          {"gave_up_because", text_or_null(outbox.gave_up_because)}};
}

/// Of a daemon that has just started there is none.
std::optional<Note> came_or_fell_silent(const std::optional<Note>& canary) {
  return canary && canary->text == kCanaryAwaited ? std::nullopt : canary;
}

}  // namespace

std::string to_json(const Health& health) {
  Json feeds = Json::array();
  for (const FeedHealthReport& feed : health.feeds) feeds.push_back(feed_json(feed));
  const auto note_json = [](const std::optional<Note>& note) {
    return note ? Json{{"at", rfc3339(note->at)}, {"message", note->text}} : Json();
  };
  const Json out{{"version", TOCSIN_VERSION},
                 {"at", rfc3339(health.at)},
                 {"well", health.problems.empty()},
                 {"problems", health.problems},
                 {"daemon", {{"running", health.running}, {"last_poll", time_or_null(health.last_poll)}}},
                 {"blind_countries", health.blind ? Json(health.blind->countries) : Json::array()},
                 {"blind_since", health.blind ? time_or_null(health.blind->since) : Json()},
                 {"no_network", health.blind && health.blind->no_network},
                 {"feed_counts", counts_json(health)},
                 {"feeds", std::move(feeds)},
                 {"queue", queue_json(health.outbox)},
                 {"last_canary", note_json(came_or_fell_silent(health.canary))},
                 {"last_reload_error", note_json(health.refused_reload)},
                 {"failing_rule_tests", note_json(health.failing_tests)},
                 {"reports_trouble", note_json(health.no_reports)},
                 {"store", {{"path", health.store}, {"bytes", health.bytes}}}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tocsin
