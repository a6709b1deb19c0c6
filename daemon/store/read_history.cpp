#include <algorithm>
#include <limits>

#include "base/fold.hpp"
#include "base/text.hpp"
#include "store/read.hpp"
#include "wire/alert_json.hpp"

namespace tocsin::store {

namespace {

/// The words of a text filter; none of them means that all pass.
class SearchWords {
 public:
  explicit SearchWords(const std::string& text) {
    const std::string folded = collapse_space(fold(text));
    for (const std::string_view word : split(folded, ' '))
      if (!word.empty()) words_.emplace_back(word);
  }
  [[nodiscard]] bool in(const std::string& text) const {
    if (words_.empty()) return true;
    const std::string folded = fold(text);
    return std::all_of(words_.begin(), words_.end(), [&](const auto& w) { return folded.find(w) != folded.npos; });
  }

 private:
  std::vector<std::string> words_;
};

std::string words_of(const Incident& incident) {
  std::string text = incident.code + "\n" + incident.place.name + "\n" + incident.place.city + "\n" +
                     incident.place.region_name + "\n";
  for (const EventType type : incident.types) text.append(row(type).en).append("\n").append(row(type).fr).append("\n");
  for (const ActorRef& actor : incident.actors) text.append(actor.name).append("\n");
  for (const TargetRef& target : incident.targets)
    text.append(name(target.target)).append(" ").append(target.text).append("\n");
  for (const Telling& telling : incident.tellings)
    text.append(telling.publisher).append(" ").append(telling.title).append("\n");
  return text;
}

std::string words_of(const Alert& alert) {
  std::string text = alert.code + "\n" + alert.rule + "\n";
  for (const auto& [language, headline] : alert.headline) text.append(headline).append("\n");
  return alert.incident ? text + words_of(*alert.incident) : text;
}

/// ?1 is `since`, ?2 the country, ?3 the rule, ?4 the code: each query names those that the filter sets.
Millis since(const HistoryFilter& filter) {
  return filter.since.value_or(std::numeric_limits<Millis>::min());
}
const char* if_set(const std::string& value, const char* condition) {
  return value.empty() ? "" : condition;
}

StoredItem stored_item(const Statement& row, Connection& connection) {
  StoredItem s;
  if (const auto rest = row.view(10); !rest.empty())
    s.item = readable(item_from_store(rest), connection).value_or(Item());
  s.row = row.integer(0);
  s.feed = row.text(1);
  s.publisher = row.text(2);
  s.item.id = row.text(3);
  s.item.title = row.text(4);
  s.item.text = row.text(5);
  s.item.link = row.text(6);
  s.item.language = row.text(7);
  s.item.published = row.integer_if_any(8);
  s.item.updated = row.integer_if_any(9);
  s.received = row.integer(11);
  s.relevant = row.integer(12) != 0;
  s.score = row.real(13);
  s.type = row.text(14);
  s.country = row.text(15);
  s.place = row.text(16);
  s.incident = row.text(17);
  return s;
}

}  // namespace

Result<std::vector<Alert>> read_alerts(Connection& connection, const HistoryFilter& filter) {
  const std::string sql = std::string("SELECT form FROM alerts WHERE sent >= ?1") +
                          if_set(filter.country, " AND row IN (SELECT alert FROM alert_countries WHERE country = ?2)") +
                          if_set(filter.rule, " AND row IN (SELECT alert FROM alert_rules WHERE rule = ?3)") +
                          if_set(filter.code, " AND code = ?4") + (filter.about_us ? " AND incident IS NULL" : "") +
                          " ORDER BY sent DESC, row DESC";
  const SearchWords words(filter.text);
  const auto make = [&](const Statement& row) {
    auto alert = readable(alert_from_store(row.view(0)), connection);
    return alert && words.in(words_of(*alert)) ? std::move(alert) : std::nullopt;
  };
  return collect<Alert>(connection, sql, filter.limit, make, since(filter), filter.country, filter.rule, filter.code);
}

Result<std::vector<Incident>> read_incidents(Connection& connection, const HistoryFilter& filter) {
  const std::string sql =
      std::string(
          "SELECT form FROM incidents AS i JOIN incident_revisions AS r ON r.incident = i.id AND "
          "r.revision = i.revision WHERE i.updated >= ?1") +
      if_set(filter.country, " AND i.country = ?2") +
      if_set(filter.rule,
             " AND i.id IN (SELECT a.incident FROM alerts AS a JOIN alert_rules ON alert = a.row WHERE rule = ?3)") +
      if_set(filter.code, " AND i.id IN (SELECT incident FROM alerts WHERE code = ?4)") +
      " ORDER BY i.updated DESC, i.id DESC";
  const SearchWords words(filter.text);
  const auto make = [&](const Statement& row) {
    auto incident = readable(incident_from_store(row.view(0)), connection);
    return incident && words.in(words_of(*incident)) ? std::move(incident) : std::nullopt;
  };
  return collect<Incident>(connection, sql, filter.limit, make, since(filter), filter.country, filter.rule,
                           filter.code);
}

Result<std::vector<StoredItem>> read_items(Connection& connection, const HistoryFilter& filter) {
  const std::string sql =
      std::string(
          "SELECT row, feed, publisher, id, title, text, coalesce(link, id), language, published, updated, rest, "
          "received, "
          "relevant, score, type, country, place, incident FROM items WHERE received >= ?1") +
      if_set(filter.country, " AND country = ?2") +
      if_set(
          filter.rule,
          " AND incident IN (SELECT a.incident FROM alerts AS a JOIN alert_rules ON alert = a.row WHERE rule = ?3)") +
      " ORDER BY received DESC, row DESC";
  const SearchWords words(filter.text);
  const auto make = [&](const Statement& row) -> std::optional<StoredItem> {
    if (!words.in(row.text(4) + "\n" + row.text(5))) return std::nullopt;
    return stored_item(row, connection);
  };
  return collect<StoredItem>(connection, sql, filter.limit, make, since(filter), filter.country, filter.rule,
                             filter.code);
}

Result<std::vector<Incident>> read_revisions(Connection& connection, const std::string& incident) {
  return collect<Incident>(
      connection, "SELECT form FROM incident_revisions WHERE incident = ? ORDER BY revision", kAll,
      [&](const Statement& row) { return readable(incident_from_store(row.view(0)), connection); }, incident);
}

/// Rows are numbered in the order of writing, and VACUUM keeps that order.
Result<void> read_each_revision(Connection& connection, const std::function<bool(Incident&&)>& see) {
  constexpr int kPiece = 5000;
  auto select = connection.prepare("SELECT rowid, form FROM incident_revisions WHERE rowid > ? ORDER BY rowid LIMIT ?");
  if (!select) return tl::unexpected(select.error());
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  bool goes_on = true;
  for (int read = kPiece; goes_on && read == kPiece;) {
    read = 0;
    select->bind(1, last);
    select->bind(2, kPiece);
    const auto done = select->each([&] {
      ++read;
      last = select->integer(0);
      auto incident = readable(incident_for_rules(select->view(1)), connection);
      goes_on = !incident || see(std::move(*incident));
      return goes_on;
    });
    if (!done) return tl::unexpected(done.error());
  }
  return {};
}

Result<std::vector<std::string>> read_texts(Connection& connection, const std::string& incident, Millis until,
                                            std::size_t limit) {
  return collect<std::string>(
      connection, "SELECT title, text FROM items WHERE incident = ? AND received <= ? ORDER BY row", limit,
      [](const Statement& row) { return std::optional(row.text(0) + "\n" + row.text(1)); }, incident, until);
}

}  // namespace tocsin::store
