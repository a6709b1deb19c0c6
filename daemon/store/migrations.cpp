#include "store/migrations.hpp"

namespace tocsin::store {

namespace {

// Times are milliseconds UTC, hashes the bits of their 64, forms the JSON of wire/alert_json.hpp.
constexpr const char* kFirstTables = R"sql(
PRAGMA application_id = 0x546f6373;

CREATE TABLE feeds(
  feed TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL, final_url TEXT NOT NULL,
  body_hash INTEGER NOT NULL, last_poll INTEGER NOT NULL, last_success INTEGER NOT NULL,
  last_new_item INTEGER NOT NULL, next_poll INTEGER NOT NULL, failures INTEGER NOT NULL, last_error TEXT NOT NULL,
  gone INTEGER NOT NULL, documents INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- An item is known by the hash of its id: ids are often long addresses, and this is the largest table by count.
CREATE TABLE seen(
  feed TEXT NOT NULL, id_hash INTEGER NOT NULL, print INTEGER NOT NULL, first_seen INTEGER NOT NULL,
  PRIMARY KEY(feed, id_hash)) STRICT, WITHOUT ROWID;

-- One row for each wording received. `link` is NULL where it is the id, as it is in most feeds; `rest` holds the seldom
-- fields of the item.
CREATE TABLE items(
  row INTEGER PRIMARY KEY, feed TEXT NOT NULL, publisher TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
  text TEXT NOT NULL, link TEXT, language TEXT NOT NULL, published INTEGER, updated INTEGER, rest TEXT,
  received INTEGER NOT NULL, relevant INTEGER NOT NULL, score REAL NOT NULL, type TEXT, country TEXT, place TEXT,
  incident TEXT) STRICT;
CREATE INDEX items_by_time ON items(received);
CREATE INDEX items_by_country ON items(country, received) WHERE country IS NOT NULL;
CREATE INDEX items_by_incident ON items(incident) WHERE incident IS NOT NULL;

-- The present revision is a pointer into the history, so that its form is written once.
CREATE TABLE incidents(
  id TEXT PRIMARY KEY, revision INTEGER NOT NULL, status TEXT NOT NULL, country TEXT NOT NULL,
  updated INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_by_time ON incidents(updated);
CREATE INDEX incidents_by_country ON incidents(country, updated);
CREATE TABLE incident_revisions(
  incident TEXT NOT NULL REFERENCES incidents(id) ON DELETE CASCADE, revision INTEGER NOT NULL, form TEXT NOT NULL,
  PRIMARY KEY(incident, revision)) STRICT;

CREATE TABLE alerts(
  row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, code TEXT NOT NULL, incident TEXT, severity INTEGER NOT NULL,
  sent INTEGER NOT NULL, form TEXT NOT NULL) STRICT;
CREATE INDEX alerts_by_time ON alerts(sent);
CREATE INDEX alerts_by_code ON alerts(code);
CREATE INDEX alerts_by_incident ON alerts(incident) WHERE incident IS NOT NULL;
CREATE TABLE alert_rules(
  alert INTEGER NOT NULL REFERENCES alerts(row) ON DELETE CASCADE, rule TEXT NOT NULL,
  PRIMARY KEY(alert, rule)) STRICT, WITHOUT ROWID;
CREATE INDEX alert_rules_by_rule ON alert_rules(rule);
CREATE TABLE alert_countries(
  alert INTEGER NOT NULL REFERENCES alerts(row) ON DELETE CASCADE, country TEXT NOT NULL,
  PRIMARY KEY(alert, country)) STRICT, WITHOUT ROWID;
CREATE INDEX alert_countries_by_country ON alert_countries(country);

CREATE TABLE memories(
  incident TEXT NOT NULL, code TEXT NOT NULL, sent INTEGER NOT NULL, form TEXT NOT NULL,
  PRIMARY KEY(incident, code)) STRICT;
CREATE INDEX memories_by_time ON memories(sent);

-- `severity` repeats the alert's, so that the queue is read in the order of an index.
CREATE TABLE deliveries(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, alert TEXT NOT NULL REFERENCES alerts(key) ON DELETE CASCADE,
  recipient TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
  created INTEGER NOT NULL, next_attempt INTEGER NOT NULL, last_error TEXT NOT NULL, severity INTEGER NOT NULL) STRICT;
CREATE INDEX deliveries_by_alert ON deliveries(alert);
CREATE INDEX deliveries_in_order ON deliveries(severity, created, id, next_attempt) WHERE state = 'queued';
CREATE INDEX deliveries_next ON deliveries(next_attempt) WHERE state = 'queued';
)sql";

// What politeness remembers: publishers' wishes, a move for good, the traffic of a day.
constexpr const char* kPoliteness = R"sql(
ALTER TABLE feeds ADD COLUMN ttl INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN skip_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN skip_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN moved_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN moved_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN moved_times INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN traffic_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN traffic INTEGER NOT NULL DEFAULT 0;
)sql";

// Since when a feed works or fails, what is usual for it, and what the daemon says about itself.
constexpr const char* kHealth = R"sql(
ALTER TABLE feeds ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN norm TEXT NOT NULL DEFAULT '{}';
CREATE INDEX deliveries_given_up ON deliveries(created) WHERE state IN ('failed', 'expired');
CREATE TABLE notes(about TEXT PRIMARY KEY, text TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// Which address a feed's state was learned from, and how long its server wants to be left alone.
constexpr const char* kAddressAndRest = R"sql(
ALTER TABLE feeds ADD COLUMN address INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN rests_until INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr const char* kMigrations[] = {kFirstTables, kPoliteness, kHealth, kAddressAndRest};

}  // namespace

std::span<const char* const> migrations() {
  return kMigrations;
}

Result<void> check_origin(Connection& connection) {
  const auto application = connection.number("PRAGMA application_id");
  if (!application) return tl::unexpected(application.error());
  const auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tl::unexpected(tables.error());
  if (*application != kApplicationId && *tables > 0)
    return failure("store " + connection.path() + ": this is the database of another program; name another path");
  const auto version = connection.number("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  const auto newest = static_cast<std::int64_t>(migrations().size());
  if (*version > newest)
    return failure("store " + connection.path() + ": written by a newer Tocsin (tables " + std::to_string(*version) +
                   ", this one knows " + std::to_string(newest) + "); install that version or name another path");
  return {};
}

Result<void> migrate(Connection& connection) {
  const auto newest = static_cast<std::int64_t>(migrations().size());
  if (connection.number("PRAGMA user_version") == newest) return {};
  return connection.transaction([&]() -> Result<void> {
    // Read inside the transaction: another process may have migrated meanwhile.
    const auto version = connection.number("PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());
    for (const char* step : migrations().subspan(static_cast<std::size_t>(*version)))
      if (auto done = connection.run(step); !done) return done;
    return connection.run(("PRAGMA user_version = " + std::to_string(newest)).c_str());
  });
}

}  // namespace tocsin::store
