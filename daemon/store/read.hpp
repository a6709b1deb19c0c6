// How rows become values again. For store/sqlite_store.cpp. A row that cannot be read (a damaged file) is reported to
// the log and passed over: one bad row must not keep the daemon from the good ones.
#pragma once
#include "ports/store.hpp"
#include "store/statement.hpp"

namespace tocsin::store {

Result<std::optional<FeedState>> read_feed_state(Connection& connection, const std::string& feed);
Result<std::vector<FeedState>> read_feed_states(Connection& connection);
Result<std::vector<SeenItem>> read_seen(Connection& connection, const std::string& feed,
                                        const std::vector<std::string>& ids);
Result<std::vector<Incident>> read_open_incidents(Connection& connection, Millis since);
Result<std::vector<AlertMemory>> read_memories(Connection& connection, Millis since);

/// `unreadable` receives the queued deliveries whose alert cannot be read: they can never be sent.
Result<std::vector<DueDelivery>> read_due(Connection& connection, Millis now, std::size_t limit,
                                          std::vector<Delivery>& unreadable);
Result<std::optional<Millis>> read_next_due(Connection& connection);
Result<Outbox> read_outbox(Connection& connection, Millis since);
Result<std::vector<Note>> read_notes(Connection& connection);
Result<std::vector<Delivery>> read_deliveries(Connection& connection, const std::string& alert_key);

Result<std::vector<Alert>> read_alerts(Connection& connection, const HistoryFilter& filter);
Result<std::vector<Incident>> read_incidents(Connection& connection, const HistoryFilter& filter);
Result<std::vector<StoredItem>> read_items(Connection& connection, const HistoryFilter& filter);
Result<std::vector<Incident>> read_revisions(Connection& connection, const std::string& incident);

Result<void> read_each_revision(Connection& connection, const std::function<bool(Incident&&)>& see);
Result<std::vector<std::string>> read_texts(Connection& connection, const std::string& incident, Millis until,
                                            std::size_t limit);

void report_unreadable(Connection& connection, const Error& error);
/// The value, or nothing and a line in the log.
template <class T>
std::optional<T> readable(Result<T> read, Connection& connection) {
  if (read) return std::move(*read);
  report_unreadable(connection, read.error());
  return std::nullopt;
}

}  // namespace tocsin::store
