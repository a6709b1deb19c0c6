#include "store/sqlite_store.hpp"

#include "store/migrations.hpp"
#include "store/read.hpp"
#include "store/statement.hpp"
#include "store/write.hpp"

namespace tocsin {

namespace {

using namespace store;

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(Connection connection) : db_(std::move(connection)) {}

  Result<void> commit(const Commit& change) override {
    return db_.transaction([&] { return write(db_, change); });
  }
  Result<std::optional<FeedState>> feed_state(const std::string& feed) override { return read_feed_state(db_, feed); }
  Result<std::vector<FeedState>> feed_states() override { return read_feed_states(db_); }
  Result<std::vector<SeenItem>> seen(const std::string& feed, const std::vector<std::string>& ids) override {
    return read_seen(db_, feed, ids);
  }
  Result<std::vector<Incident>> open_incidents(Millis since) override { return read_open_incidents(db_, since); }
  Result<std::vector<AlertMemory>> memories(Millis since) override { return read_memories(db_, since); }

  Result<std::vector<DueDelivery>> due(Millis now, std::size_t limit) override {
    std::vector<Delivery> unreadable;
    auto due = read_due(db_, now, limit, unreadable);
    for (Delivery& delivery : unreadable) {
      delivery.state = DeliveryState::failed;
      delivery.last_error = "the stored alert cannot be read";
      if (auto updated = update(delivery); !updated) return tl::unexpected(updated.error());
    }
    return due;
  }
  Result<std::optional<Millis>> next_due() override { return read_next_due(db_); }
  Result<void> update(const Delivery& delivery) override {
    return db_.transaction([&] { return write_delivery_state(db_, delivery); });
  }
  Result<std::vector<Delivery>> deliveries(const std::string& alert_key) override {
    return read_deliveries(db_, alert_key);
  }
  Result<std::size_t> queued() override {
    return db_.number("SELECT count(*) FROM deliveries WHERE state = 'queued'").map([](std::int64_t count) {
      return static_cast<std::size_t>(count);
    });
  }
  Result<Outbox> outbox(Millis since) override { return read_outbox(db_, since); }
  Result<void> leave(const Note& note) override {
    return db_.transaction([&] { return write_note(db_, note); });
  }
  Result<std::vector<Note>> notes() override { return read_notes(db_); }

  Result<std::vector<Alert>> alerts(const HistoryFilter& filter) override { return read_alerts(db_, filter); }
  Result<std::vector<Incident>> incidents(const HistoryFilter& filter) override { return read_incidents(db_, filter); }
  Result<std::vector<StoredItem>> items(const HistoryFilter& filter) override { return read_items(db_, filter); }
  Result<std::vector<Incident>> revisions(const std::string& incident) override {
    return read_revisions(db_, incident);
  }

  Result<void> each_revision(const std::function<bool(Incident&&)>& see) override {
    return read_each_revision(db_, see);
  }
  Result<std::vector<std::string>> texts(const std::string& incident, Millis until, std::size_t limit) override {
    return read_texts(db_, incident, until, limit);
  }

  Result<std::size_t> purge(Millis before) override {
    std::size_t removed = 0;
    // Freed pages are overwritten with zeros; the truncated log keeps no copy of them.
    return db_.run("PRAGMA secure_delete = ON")
        .and_then([&] { return db_.transaction([&] { return remove_before(db_, before, removed); }); })
        .and_then([&] { return db_.run("PRAGMA secure_delete = OFF; PRAGMA wal_checkpoint(TRUNCATE)"); })
        .map([&] { return removed; });
  }

 private:
  Connection db_;
};

/// FULL: NORMAL lost commits in real power cuts. Checkpoints are rare because each page is then written once for many
/// changes of it: 4,000 pages are 16 MB of log.
constexpr const char* kWriterPragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
    "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = MEMORY";

Result<void> refuse_older(Connection& connection) {
  const auto version = connection.number("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  if (*version == static_cast<std::int64_t>(migrations().size())) return {};
  return failure("store " + connection.path() + ": its tables are of an older Tocsin; start `tocsin run` on it once");
}

template <class Prepare>
Result<std::unique_ptr<Store>> open_with(const std::string& path, Connection::Mode mode, Prepare prepare) {
  auto connection = Connection::open(path, mode);
  if (!connection) return tl::unexpected(connection.error());
  auto ready = check_origin(*connection).and_then([&] { return prepare(*connection); });
  if (!ready) return tl::unexpected(ready.error());
  return std::make_unique<SqliteStore>(std::move(*connection));
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path) {
  return open_with(path, Connection::Mode::write,
                   [](Connection& db) { return db.run(kWriterPragmas).and_then([&] { return migrate(db); }); });
}

Result<std::unique_ptr<Store>> open_sqlite_reader(const std::string& path) {
  return open_with(path, Connection::Mode::read, refuse_older);
}

}  // namespace tocsin
