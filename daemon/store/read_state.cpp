#include "base/hash.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "store/read.hpp"
#include "wire/alert_json.hpp"

namespace tocsin::store {

namespace {

FeedState feed_state(const Statement& row, Connection& connection) {
  FeedState s;
  s.feed = row.text(0);
  s.etag = row.view(1);
  s.last_modified = row.view(2);
  s.final_url = row.view(3);
  s.body_hash = static_cast<std::uint64_t>(row.integer(4));
  s.last_poll = row.integer(5);
  s.last_success = row.integer(6);
  s.last_new_item = row.integer(7);
  s.next_poll = row.integer(8);
  s.failures = static_cast<int>(row.integer(9));
  s.last_error = row.view(10);
  s.gone = row.integer(11) != 0;
  s.documents = row.integer(12);
  s.ttl = row.integer(13);
  s.skip = {static_cast<std::uint32_t>(row.integer(14)), static_cast<std::uint32_t>(row.integer(15))};
  s.moved = {static_cast<std::uint64_t>(row.integer(16)), row.view(17), row.integer(18),
             static_cast<int>(row.integer(19))};
  s.traffic = {row.integer(20), row.integer(21)};
  s.since = row.integer(22);
  s.norm = readable(norm_from_store(row.view(23)), connection).value_or(FeedNorm());
  s.address = static_cast<std::uint64_t>(row.integer(24));
  s.rests_until = row.integer(25);
  return s;
}

constexpr const char* kDeliveryColumns =
    "d.id, d.key, d.alert, d.recipient, d.channel, d.state, d.attempts, d.created, d.next_attempt, d.last_error";

Delivery delivery(const Statement& row) {
  Delivery d;
  d.id = row.integer(0);
  d.key = row.text(1);
  d.alert_key = row.text(2);
  d.recipient = row.text(3);
  d.channel = row.text(4);
  d.state = kDeliveryStates.find(row.view(5)).value_or(DeliveryState::failed);
  d.attempts = static_cast<int>(row.integer(6));
  d.created = row.integer(7);
  d.next_attempt = row.integer(8);
  d.last_error = row.text(9);
  return d;
}

}  // namespace

void report_unreadable(Connection& connection, const Error& error) {
  // A damaged file has many bad rows and is read at every poll: the first ones are enough to act on.
  if (connection.count_unreadable() > 3) return;
  log::error(one_line("store " + connection.path() + ": a row was passed over: " + error.message +
                      "; check the disk and restore a backup"));
}

Result<std::optional<FeedState>> read_feed_state(Connection& connection, const std::string& feed) {
  return collect<FeedState>(
             connection, "SELECT * FROM feeds WHERE feed = ?", 1,
             [&](const Statement& row) { return std::optional(feed_state(row, connection)); }, feed)
      .map([](std::vector<FeedState> found) {
        return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
      });
}

Result<std::vector<FeedState>> read_feed_states(Connection& connection) {
  return collect<FeedState>(connection, "SELECT * FROM feeds ORDER BY feed", kAll,
                            [&](const Statement& row) { return std::optional(feed_state(row, connection)); });
}

Result<std::vector<SeenItem>> read_seen(Connection& connection, const std::string& feed,
                                        const std::vector<std::string>& ids) {
  auto select = connection.prepare("SELECT print, first_seen FROM seen WHERE feed = ? AND id_hash = ?");
  if (!select) return tl::unexpected(select.error());
  std::vector<SeenItem> found;
  for (const std::string& id : ids) {
    select->bind(1, feed);
    select->bind(2, fnv1a(id));
    auto read = select->each([&] {
      found.push_back({feed, id, static_cast<std::uint64_t>(select->integer(0)), select->integer(1)});
      return false;
    });
    if (!read) return tl::unexpected(read.error());
  }
  return found;
}

Result<std::vector<Incident>> read_open_incidents(Connection& connection, Millis since) {
  return collect<Incident>(
      connection,
      "SELECT form FROM incidents JOIN incident_revisions AS r ON r.incident = id AND r.revision = incidents.revision "
      "WHERE updated >= ? AND status <> 'merged' ORDER BY updated, id",
      kAll, [&](const Statement& row) { return readable(incident_from_store(row.view(0)), connection); }, since);
}

Result<std::vector<AlertMemory>> read_memories(Connection& connection, Millis since) {
  return collect<AlertMemory>(
      connection, "SELECT form FROM memories WHERE sent >= ? ORDER BY sent, incident, code", kAll,
      [&](const Statement& row) { return readable(memory_from_store(row.view(0)), connection); }, since);
}

Result<std::vector<DueDelivery>> read_due(Connection& connection, Millis now, std::size_t limit,
                                          std::vector<Delivery>& unreadable) {
  std::optional<Alert> former;
  const auto make = [&](const Statement& row) -> std::optional<DueDelivery> {
    Delivery next = delivery(row);
    // One alert's deliveries stand together, and reading it is the dear part.
    if (!former || former->key != next.alert_key) former = readable(alert_from_store(row.view(10)), connection);
    if (former) return DueDelivery{std::move(next), *former};
    unreadable.push_back(std::move(next));
    return std::nullopt;
  };
  return collect<DueDelivery>(connection,
                              std::string("SELECT ") + kDeliveryColumns +
                                  ", form FROM deliveries AS d JOIN alerts AS a ON a.key = d.alert "
                                  "WHERE d.state = 'queued' AND d.next_attempt <= ? "
                                  "ORDER BY d.severity, d.created, d.id",
                              limit, make, now);
}

Result<std::optional<Millis>> read_next_due(Connection& connection) {
  return collect<Millis>(connection, "SELECT min(next_attempt) FROM deliveries WHERE state = 'queued'", 1,
                         [](const Statement& row) { return row.integer_if_any(0); })
      .map([](const std::vector<Millis>& next) { return next.empty() ? std::nullopt : std::optional(next.front()); });
}

Result<std::vector<Delivery>> read_deliveries(Connection& connection, const std::string& alert_key) {
  return collect<Delivery>(
      connection, std::string("SELECT ") + kDeliveryColumns + " FROM deliveries AS d WHERE d.alert = ? ORDER BY d.id",
      kAll, [](const Statement& row) { return std::optional(delivery(row)); }, alert_key);
}

Result<Outbox> read_outbox(Connection& connection, Millis since) {
  const auto queue =
      collect<Outbox>(connection, "SELECT count(*), min(created), last_error FROM deliveries WHERE state = 'queued'", 1,
                      [](const Statement& row) {
                        return std::optional(Outbox{static_cast<std::size_t>(row.integer(0)), row.integer_if_any(1),
                                                    row.text(2), 0, ""});
                      });
  if (!queue) return tl::unexpected(queue.error());
  // With max(), SQLite takes the other columns from the row that holds it (lang_select.html, section 2.5).
  return collect<Outbox>(
             connection,
             "SELECT count(*), max(created), last_error FROM deliveries WHERE state IN ('failed', 'expired') "
             "AND created >= ?",
             1,
             [&](const Statement& row) {
               Outbox whole = queue->front();
               whole.given_up = static_cast<std::size_t>(row.integer(0));
               whole.gave_up_because = row.text(2);
               return std::optional(std::move(whole));
             },
             since)
      .map([](std::vector<Outbox> found) { return std::move(found.front()); });
}

Result<std::vector<Note>> read_notes(Connection& connection) {
  return collect<Note>(connection, "SELECT about, text, at FROM notes ORDER BY about", kAll, [](const Statement& row) {
    return std::optional(Note{row.text(0), row.text(1), row.integer(2)});
  });
}

}  // namespace tocsin::store
