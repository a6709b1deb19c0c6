#include "store/statement.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace tocsin::store {

namespace {

/// What a person can do about it.
std::string_view advice(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "make room on the disk or run `tocsin purge`; nothing of this write was stored";
    case SQLITE_IOERR:
      return "the disk failed; check it (dmesg), then start tocsin again";
    case SQLITE_CORRUPT:
      return "the file is damaged; move it away with its -wal and -shm files and restore a backup or start anew";
    case SQLITE_NOTADB:
      return "this is no Tocsin store; name another path or move the file away";
    case SQLITE_BUSY:
      return "another program keeps the store locked; stop it";
    case SQLITE_READONLY:
      return "the file may not be written; check its owner and the mount";
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      return "check that the folder exists and belongs to the user that runs tocsin";
    default:
      return "please report this with the log";
  }
}

std::string complaint(const std::string& path, std::string_view words, int code) {
  return "store " + path + ": " + std::string(words) + "; " + std::string(advice(code));
}

/// SQLite creates files by the umask; a store names people's places, so it is made private before the first byte.
Result<void> make_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return failure(complaint(path, std::strerror(errno), SQLITE_CANTOPEN));
  struct stat status {};
  const bool wide = ::fstat(file, &status) == 0 && (status.st_mode & 077) != 0;
  const bool failed = wide && ::fchmod(file, 0600) != 0;
  ::close(file);
  if (failed) return failure(complaint(path, "others may read it and that cannot be changed", SQLITE_PERM));
  return {};
}

}  // namespace

void Connection::Close::operator()(sqlite3* db) const {
  sqlite3_close_v2(db);
}

Result<Connection> Connection::open(const std::string& path, Mode mode) {
  const bool in_memory = path == ":memory:";
  if (mode == Mode::write && !in_memory)
    if (auto made = make_private(path); !made) return tl::unexpected(made.error());
  if (mode == Mode::read && ::access(path.c_str(), F_OK) != 0)
    return failure("store " + path + ": there is none yet; `tocsin run` makes it, or name its configuration with -c");
  const int access = mode == Mode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &db, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Connection connection(path, db);
  if (code != SQLITE_OK) return tl::unexpected(connection.error());
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_busy_timeout(db, 5000);
  return connection;
}

int Connection::noted(int code) {
  if ((code & 0xff) == SQLITE_IOERR) broken_ = true;
  return code;
}

Error Connection::error() const {
  if (!db_) return {complaint(path_, "out of memory", SQLITE_NOMEM)};
  return {complaint(path_, sqlite3_errmsg(db_.get()), sqlite3_extended_errcode(db_.get()))};
}

Result<void> Connection::run(const char* sql) {
  if (noted(sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr)) != SQLITE_OK) return tl::unexpected(error());
  return {};
}

Result<Statement> Connection::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db_.get(), sql.c_str(), static_cast<int>(sql.size()) + 1, 0, &statement, nullptr);
  if (noted(code) != SQLITE_OK) return tl::unexpected(error());
  return Statement(*this, statement);
}

Result<std::int64_t> Connection::number(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return tl::unexpected(statement.error());
  std::int64_t value = 0;
  auto read = statement->each([&] {
    value = statement->integer(0);
    return false;
  });
  if (!read) return tl::unexpected(read.error());
  return value;
}

std::size_t Connection::changed() const {
  return static_cast<std::size_t>(sqlite3_changes64(db_.get()));
}

Result<void> Connection::begin() {
  if (broken_) return failure(complaint(path_, "an earlier write failed", SQLITE_IOERR));
  return run("BEGIN IMMEDIATE");
}

Result<void> Connection::end(const Result<void>& outcome) {
  Result<void> result = outcome ? run("COMMIT") : outcome;
  // After some failures SQLite has rolled back by itself.
  if (!result && sqlite3_get_autocommit(db_.get()) == 0) (void)run("ROLLBACK");
  return result;
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

// A failed bind leaves NULL, which the NOT NULL columns refuse; the one real cause, memory, then fails the step too.
void Statement::bind_text(int index, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), index, text.data() ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8);
}
void Statement::bind_integer(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), index, value);
}
void Statement::bind_real(int index, double value) {
  sqlite3_bind_double(statement_.get(), index, value);
}
void Statement::bind_null(int index) {
  sqlite3_bind_null(statement_.get(), index);
}

Result<bool> Statement::step() {
  const int code = connection_->noted(sqlite3_step(statement_.get()));
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return tl::unexpected(connection_->error());
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
}

std::string_view Statement::view(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::optional<std::int64_t> Statement::integer_if_any(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

}  // namespace tocsin::store
