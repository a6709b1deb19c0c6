#include "store/write.hpp"

#include "base/hash.hpp"
#include "wire/alert_json.hpp"

namespace tocsin::store {

namespace {

/// NULL for "": the partial indexes then leave the row out.
std::optional<std::string_view> some(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

/// One statement for all rows, prepared only when there are any.
template <class Row, class Write>
Result<void> write_each(Connection& connection, const std::vector<Row>& rows, const char* sql, Write write_row) {
  if (rows.empty()) return {};
  auto statement = connection.prepare(sql);
  if (!statement) return tl::unexpected(statement.error());
  for (const Row& row : rows)
    if (auto written = write_row(*statement, row); !written) return written;
  return {};
}

Result<void> write_incidents(Connection& connection, const std::vector<Incident>& incidents) {
  return write_each(connection, incidents,
                    "INSERT INTO incidents(id, revision, status, country, updated) VALUES(?, ?, ?, ?, ?) "
                    "ON CONFLICT(id) DO UPDATE SET revision = excluded.revision, status = excluded.status, "
                    "country = excluded.country, updated = excluded.updated",
                    [](Statement& insert, const Incident& i) {
                      return insert.run(i.id, i.revision, kIncidentStatuses(i.status), i.place.country, i.updated);
                    });
}

Result<void> write_revisions(Connection& connection, const std::vector<Incident>& incidents) {
  return write_each(connection, incidents,
                    "INSERT INTO incident_revisions(incident, revision, form) VALUES(?, ?, ?) "
                    "ON CONFLICT(incident, revision) DO UPDATE SET form = excluded.form",
                    [](Statement& insert, const Incident& i) { return insert.run(i.id, i.revision, store_form(i)); });
}

Result<void> write_alerts(Connection& connection, const std::vector<Alert>& alerts) {
  return write_each(connection, alerts,
                    "INSERT INTO alerts(key, code, incident, severity, sent, form) VALUES(?, ?, ?, ?, ?, ?) "
                    "ON CONFLICT(key) DO NOTHING",
                    [](Statement& insert, const Alert& a) {
                      const auto incident = a.incident ? some(a.incident->id) : std::nullopt;
                      return insert.run(a.key, a.code, incident, static_cast<int>(a.severity), a.sent, store_form(a));
                    });
}

Result<void> write_alert_rules(Connection& connection, const std::vector<Alert>& alerts) {
  return write_each(connection, alerts,
                    "INSERT OR IGNORE INTO alert_rules(alert, rule) SELECT row, ?2 FROM alerts WHERE key = ?1",
                    [](Statement& insert, const Alert& a) {
                      Result<void> result = insert.run(a.key, a.rule);
                      for (const std::string& rule : a.rules)
                        if (result) result = insert.run(a.key, rule);
                      return result;
                    });
}

Result<void> write_alert_countries(Connection& connection, const std::vector<Alert>& alerts) {
  return write_each(connection, alerts,
                    "INSERT OR IGNORE INTO alert_countries(alert, country) SELECT row, ?2 FROM alerts WHERE key = ?1",
                    [](Statement& insert, const Alert& a) {
                      Result<void> result;
                      if (a.incident && !a.incident->place.country.empty())
                        result = insert.run(a.key, a.incident->place.country);
                      if (a.system)
                        for (const std::string& country : a.system->countries)
                          if (result) result = insert.run(a.key, country);
                      return result;
                    });
}

Result<void> write_memories(Connection& connection, const std::vector<AlertMemory>& memories) {
  return write_each(connection, memories,
                    "INSERT INTO memories(incident, code, sent, form) VALUES(?, ?, ?, ?) "
                    "ON CONFLICT(incident, code) DO UPDATE SET sent = excluded.sent, form = excluded.form",
                    [](Statement& insert, const AlertMemory& m) {
                      return insert.run(m.incident, m.code, m.last.sent, store_form(m));
                    });
}

Result<void> write_deliveries(Connection& connection, const std::vector<Delivery>& deliveries) {
  // Of an alert that is not stored the severity does not matter: the foreign key refuses the row.
  return write_each(connection, deliveries,
                    "INSERT INTO deliveries(key, alert, recipient, channel, state, attempts, created, next_attempt, "
                    "last_error, severity) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
                    "coalesce((SELECT severity FROM alerts WHERE key = ?2), 0)) ON CONFLICT(key) DO NOTHING",
                    [](Statement& insert, const Delivery& d) {
                      return insert.run(d.key, d.alert_key, d.recipient, d.channel, kDeliveryStates(d.state),
                                        d.attempts, d.created, d.next_attempt, d.last_error);
                    });
}

/// What the columns of `items` do not hold; nothing for most items.
std::optional<std::string> rest_of(const Item& item) {
  if (item.authors.empty() && item.categories.empty() && item.points.empty() && item.source.title.empty() &&
      item.source.url.empty() && !item.cap && item.aliases.empty())
    return std::nullopt;
  Item rest;
  rest.authors = item.authors;
  rest.categories = item.categories;
  rest.points = item.points;
  rest.source = item.source;
  rest.cap = item.cap;
  rest.aliases = item.aliases;
  return store_form(rest);
}

Result<void> write_items(Connection& connection, const std::vector<StoredItem>& items) {
  return write_each(connection, items,
                    "INSERT INTO items(feed, publisher, id, title, text, link, language, published, updated, rest, "
                    "received, relevant, score, type, country, place, incident) "
                    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [](Statement& insert, const StoredItem& s) {
                      const Item& i = s.item;
                      const auto link = i.link == i.id ? std::nullopt : std::optional<std::string_view>(i.link);
                      return insert.run(s.feed, s.publisher, i.id, i.title, i.text, link, i.language, i.published,
                                        i.updated, rest_of(i), s.received, s.relevant, s.score, some(s.type),
                                        some(s.country), some(s.place), some(s.incident));
                    });
}

Result<void> write_seen(Connection& connection, const std::vector<SeenItem>& seen) {
  return write_each(
      connection, seen,
      "INSERT INTO seen(feed, id_hash, print, first_seen) VALUES(?, ?, ?, ?) "
      "ON CONFLICT(feed, id_hash) DO UPDATE SET print = excluded.print",
      [](Statement& insert, const SeenItem& s) { return insert.run(s.feed, fnv1a(s.id), s.print, s.first_seen); });
}

Result<void> write_feed_state(Connection& connection, const std::optional<FeedState>& state) {
  if (!state) return {};
  auto replace = connection.prepare(
      "REPLACE INTO feeds VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!replace) return tl::unexpected(replace.error());
  const FeedState& s = *state;
  return replace->run(s.feed, s.etag, s.last_modified, s.final_url, s.body_hash, s.last_poll, s.last_success,
                      s.last_new_item, s.next_poll, s.failures, s.last_error, s.gone, s.documents, s.ttl, s.skip.hours,
                      s.skip.days, s.moved.from, s.moved.to, s.moved.since, s.moved.times, s.traffic.day,
                      s.traffic.bytes, s.since, store_form(s.norm), s.address, s.rests_until);
}

Result<void> remove(Connection& connection, const char* sql, Millis before, std::size_t& removed) {
  auto statement = connection.prepare(sql);
  if (!statement) return tl::unexpected(statement.error());
  auto done = statement->run(before);
  if (done) removed += connection.changed();
  return done;
}

}  // namespace

Result<void> write(Connection& connection, const Commit& change) {
  return write_incidents(connection, change.incidents)
      .and_then([&] { return write_revisions(connection, change.incidents); })
      .and_then([&] { return write_alerts(connection, change.alerts); })
      .and_then([&] { return write_alert_rules(connection, change.alerts); })
      .and_then([&] { return write_alert_countries(connection, change.alerts); })
      .and_then([&] { return write_memories(connection, change.memories); })
      .and_then([&] { return write_deliveries(connection, change.deliveries); })
      .and_then([&] { return write_items(connection, change.items); })
      .and_then([&] { return write_seen(connection, change.seen); })
      .and_then([&] { return write_feed_state(connection, change.feed_state); });
}

Result<void> write_delivery_state(Connection& connection, const Delivery& delivery) {
  auto update = connection.prepare(
      "UPDATE deliveries SET state = ?2, attempts = ?3, next_attempt = ?4, last_error = ?5 WHERE key = ?1");
  if (!update) return tl::unexpected(update.error());
  auto done = update->run(delivery.key, kDeliveryStates(delivery.state), delivery.attempts, delivery.next_attempt,
                          delivery.last_error);
  if (done && connection.changed() == 0) return failure("no delivery has the key " + delivery.key);
  return done;
}

Result<void> write_note(Connection& connection, const Note& note) {
  auto statement = connection.prepare(note.text.empty() ? "DELETE FROM notes WHERE about = ?"
                                                        : "REPLACE INTO notes(about, text, at) VALUES(?, ?, ?)");
  if (!statement) return tl::unexpected(statement.error());
  return note.text.empty() ? statement->run(note.about) : statement->run(note.about, note.text, note.at);
}

Result<void> remove_before(Connection& connection, Millis before, std::size_t& removed) {
  // A feed serves at most 5,000 items (the parser's bound), so beyond as many newer ones an old one cannot come back.
  static constexpr const char* kDeletes[] = {
      "DELETE FROM items WHERE received < ?1",
      "DELETE FROM alerts WHERE sent < ?1 AND NOT EXISTS "
      "(SELECT 1 FROM deliveries WHERE deliveries.alert = alerts.key AND state = 'queued')",
      "DELETE FROM memories WHERE sent < ?1 AND incident NOT IN (SELECT id FROM incidents WHERE updated >= ?1)",
      "DELETE FROM incidents WHERE updated < ?1",
      "DELETE FROM seen WHERE first_seen < ?1 AND (feed, id_hash) IN (SELECT feed, id_hash FROM "
      "(SELECT feed, id_hash, row_number() OVER (PARTITION BY feed ORDER BY first_seen DESC) AS nth FROM seen) "
      "WHERE nth > 5000)",
  };
  for (const char* sql : kDeletes)
    if (auto done = remove(connection, sql, before, removed); !done) return done;
  return {};
}

}  // namespace tocsin::store
