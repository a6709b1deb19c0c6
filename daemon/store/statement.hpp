// SQLite's C interface with owners and Results: one connection, and statements on it. For store/ only; nothing outside
// sees sqlite3.h. A connection belongs to one thread.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace tocsin::store {

class Statement;

class Connection {
 public:
  enum class Mode { write, read };
  /// Opens (write: creates) the file; ":memory:" is a database of its own. No pragma is set yet.
  static Result<Connection> open(const std::string& path, Mode mode);

  /// Runs statements that return no rows.
  Result<void> run(const char* sql);
  Result<Statement> prepare(const std::string& sql);
  /// The first column of the first row.
  Result<std::int64_t> number(const char* sql);
  /// The write transaction around `work`: all of it, or after any failure nothing.
  template <class Work>
  Result<void> transaction(Work work);

  /// Rows changed by the last statement.
  [[nodiscard]] std::size_t changed() const;
  /// What went wrong last on this connection: path, SQLite's words, what to do.
  [[nodiscard]] Error error() const;
  /// True once the disk failed under a write. Trying again might "succeed" after the kernel dropped the dirty pages, so
  /// every later write is refused until the store is opened anew.
  [[nodiscard]] bool broken() const { return broken_; }
  /// Remembers whether `code` is such a failure, and hands it back.
  int noted(int code);
  [[nodiscard]] sqlite3* raw() const { return db_.get(); }
  /// Counts the rows found unreadable on this connection.
  int count_unreadable() { return ++unreadable_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  Connection(std::string path, sqlite3* db) : path_(std::move(path)), db_(db) {}
  Result<void> begin();
  Result<void> end(const Result<void>& outcome);

  std::string path_;
  std::unique_ptr<sqlite3, Close> db_;
  bool broken_ = false;
  int unreadable_ = 0;
};

template <class Work>
Result<void> Connection::transaction(Work work) {
  if (auto begun = begin(); !begun) return begun;
  return end(work());
}

/// A prepared statement. Text given to bind() must live until the statement is reset.
class Statement {
 public:
  Statement(Connection& connection, sqlite3_stmt* statement) : connection_(&connection), statement_(statement) {}

  /// Parameters count from 1; one that the statement does not have is passed over.
  template <class T>
  void bind(int index, const T& value) {
    if constexpr (std::is_convertible_v<const T&, std::string_view>)
      bind_text(index, value);
    else if constexpr (std::is_floating_point_v<T>)
      bind_real(index, value);
    else
      bind_integer(index, static_cast<std::int64_t>(value));
  }
  template <class T>
  void bind(int index, const std::optional<T>& value) {
    value ? bind(index, *value) : bind_null(index);
  }

  /// Binds all, runs to the end, resets: for statements without rows.
  template <class... Values>
  Result<void> run(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    auto more = step();
    reset();
    if (!more) return tl::unexpected(more.error());
    return {};
  }

  /// True when there is a row to read, false at the end.
  Result<bool> step();
  /// Calls `row()` for each row until it returns false.
  template <class Row>
  Result<void> each(Row row);
  void reset();

  /// Columns count from 0; NULL reads as empty, 0 and nullopt.
  [[nodiscard]] std::string_view view(int column) const;
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::optional<std::int64_t> integer_if_any(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void bind_text(int index, std::string_view text);
  void bind_integer(int index, std::int64_t value);
  void bind_real(int index, double value);
  void bind_null(int index);

  Connection* connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

template <class Row>
Result<void> Statement::each(Row row) {
  while (true) {
    const auto more = step();
    if (!more || !*more || !row()) {
      reset();
      if (!more) return tl::unexpected(more.error());
      return {};
    }
  }
}

/// What `make(statement)`, an optional<T>, makes of each row, until there are `limit`. Stops reading there: a query
/// whose order is an index's costs no more than the rows it gives.
template <class T, class Make, class... Values>
Result<std::vector<T>> collect(Connection& connection, const std::string& sql, std::size_t limit, Make make,
                               const Values&... values) {
  auto select = connection.prepare(sql);
  if (!select) return tl::unexpected(select.error());
  int index = 0;
  (select->bind(++index, values), ...);
  std::vector<T> all;
  if (limit == 0) return all;
  auto read = select->each([&] {
    if (auto value = make(*select)) all.push_back(std::move(*value));
    return all.size() < limit;
  });
  if (!read) return tl::unexpected(read.error());
  return all;
}
inline constexpr std::size_t kAll = static_cast<std::size_t>(-1);

}  // namespace tocsin::store
