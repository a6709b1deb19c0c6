#include "store/sqlite_store.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "store/migrations.hpp"
#include "store/statement.hpp"
#include "store/store_contract.hpp"

namespace tocsin {

using store::Connection;

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(StoreFactory([] { return std::move(*open_sqlite(":memory:")); })));

namespace {

/// A folder of its own for each test.
class SqliteFile : public testing::Test {
 protected:
  SqliteFile() {
    std::string pattern = testing::TempDir() + "tocsin-store-XXXXXX";
    folder = ::mkdtemp(pattern.data());
    path = folder + "/tocsin.db";
  }
  ~SqliteFile() override { std::filesystem::remove_all(folder); }

  static std::unique_ptr<Store> open(const std::string& file) {
    auto opened = open_sqlite(file);
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
  }
  static std::string refusal(const std::string& file) {
    const auto opened = open_sqlite(file);
    return opened ? "it was opened" : opened.error().message;
  }
  static unsigned mode(const std::string& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
  }

  std::string folder, path;
};

}  // namespace

TEST_F(SqliteFile, keeps_everything_over_a_restart) {
  ASSERT_TRUE(open(path)->commit({.alerts = {an_alert("k")}, .deliveries = {a_delivery("d", "k")}}));
  EXPECT_EQ(open(path)->due(1000, 1)->at(0).delivery.key, "d");
}

TEST_F(SqliteFile, and_its_log_are_readable_by_the_owner_only) {
  std::ofstream(path).close();
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  const auto store = open(path);
  ASSERT_TRUE(store->commit({.alerts = {an_alert("k")}}));
  EXPECT_EQ(mode(path), 0600u);
  EXPECT_EQ(mode(path + "-wal"), 0600u);
  EXPECT_EQ(mode(path + "-shm"), 0600u);
}

TEST_F(SqliteFile, is_written_ahead_through_a_log) {
  const auto store = open(path);
  auto look = Connection::open(path, Connection::Mode::read);
  auto journal = look->prepare("PRAGMA journal_mode");
  ASSERT_TRUE(*journal->step());
  EXPECT_EQ(journal->text(0), "wal");
}

TEST_F(SqliteFile, is_read_while_the_daemon_writes_and_not_changed_by_readers) {
  const auto writer = open(path);
  auto reader = open_sqlite_reader(path);
  ASSERT_TRUE(reader) << reader.error().message;
  ASSERT_TRUE(writer->commit({.alerts = {an_alert("k")}}));
  EXPECT_EQ((*reader)->alerts({})->size(), 1u);
  const auto refused = (*reader)->commit({.alerts = {an_alert("k2")}});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("readonly"), std::string::npos);
  EXPECT_EQ(writer->alerts({})->size(), 1u);
}

TEST_F(SqliteFile, in_a_folder_that_is_not_there_says_what_to_do) {
  EXPECT_EQ(refusal(folder + "/none/tocsin.db"),
            "store " + folder +
                "/none/tocsin.db: No such file or directory; check that the folder exists and belongs to "
                "the user that runs tocsin");
  EXPECT_EQ(open_sqlite_reader(path).error().message,
            "store " + path + ": there is none yet; `tocsin run` makes it, or name its configuration with -c");
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(SqliteFile, of_a_newer_program_is_refused_and_left_alone) {
  open(path).reset();
  ASSERT_TRUE(Connection::open(path, Connection::Mode::write)->run("PRAGMA user_version = 999"));
  EXPECT_NE(refusal(path).find("written by a newer Tocsin (tables 999"), std::string::npos) << refusal(path);
}

TEST_F(SqliteFile, of_an_older_program_is_for_the_daemon_to_bring_up_to_date) {
  ASSERT_TRUE(Connection::open(path, Connection::Mode::write)->run("PRAGMA application_id = 0x546f6373"));
  EXPECT_NE(open_sqlite_reader(path).error().message.find("older Tocsin"), std::string::npos);
  ASSERT_TRUE(open(path)->commit({.alerts = {an_alert("k")}}));
  EXPECT_TRUE(open_sqlite_reader(path));
}

TEST_F(SqliteFile, of_another_program_is_refused_and_left_alone) {
  ASSERT_TRUE(Connection::open(path, Connection::Mode::write)->run("CREATE TABLE bookmarks(url TEXT)"));
  EXPECT_NE(refusal(path).find("database of another program"), std::string::npos) << refusal(path);
  EXPECT_EQ(Connection::open(path, Connection::Mode::read)->number("SELECT count(*) FROM sqlite_schema"), 1);
}

TEST_F(SqliteFile, that_is_no_database_is_refused_and_left_alone) {
  const std::string words(5000, 'x');
  std::ofstream(path) << words;
  EXPECT_NE(refusal(path).find("no Tocsin store"), std::string::npos) << refusal(path);
  EXPECT_EQ(std::filesystem::file_size(path), words.size());
}

TEST_F(SqliteFile, with_flipped_or_missing_bytes_never_crashes_and_tells_of_bad_rows) {
  {
    const auto store = open(path);
    for (int i = 0; i < 50; ++i)
      ASSERT_TRUE(store->commit({.items = {an_item(std::to_string(i))},
                                 .incidents = {an_incident("i" + std::to_string(i))},
                                 .alerts = {an_alert(std::to_string(i))},
                                 .deliveries = {a_delivery(std::to_string(i), std::to_string(i))}}));
  }
  std::ifstream file(path, std::ios::binary);
  const std::string sound((std::istreambuf_iterator<char>(file)), {});
  std::mt19937 random(2024);
  testing::internal::CaptureStderr();
  for (int round = 0; round < 60; ++round) {
    std::string bytes = sound;
    if (round % 5 == 0)
      bytes.resize(random() % bytes.size());
    else
      for (int i = 0; i < 20; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    const auto store = open_sqlite(path);
    if (!store) continue;
    (void)(*store)->due(5000, 100);
    (void)(*store)->open_incidents(0);
    (void)(*store)->items({.text = "gendarmerie"});
    (void)(*store)->alerts({.country = "ML", .rule = "attack-on-capital"});
    (void)(*store)->commit({.alerts = {an_alert("after")}, .deliveries = {a_delivery("after", "after")}});
    (void)(*store)->purge(500);
  }
  EXPECT_NE(testing::internal::GetCapturedStderr().find("a row was passed over"), std::string::npos);
}

TEST_F(SqliteFile, after_a_failed_write_refuses_every_later_one_until_it_is_opened_anew) {
  auto store = open(path);
  ASSERT_TRUE(store->commit({.alerts = {an_alert("before")}}));
  rlimit usual{};
  ::getrlimit(RLIMIT_FSIZE, &usual);
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{64 * 1024, usual.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &tight);
  Result<void> done;
  for (int i = 0; done && i < 1000; ++i) done = store->commit({.items = {an_item(std::string(2000, 'x'))}});
  ::setrlimit(RLIMIT_FSIZE, &usual);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("the disk failed"), std::string::npos) << done.error().message;
  EXPECT_FALSE(store->commit({.alerts = {an_alert("after")}}));
  EXPECT_EQ(store->alerts({})->size(), 1u) << "reading goes on";
  store = open(path);
  EXPECT_TRUE(store->commit({.alerts = {an_alert("after")}}));
}

TEST_F(SqliteFile, on_a_full_disk_loses_nothing_of_what_it_had_and_goes_on_when_there_is_room) {
  auto db = Connection::open(path, Connection::Mode::write);
  ASSERT_TRUE(store::migrate(*db));
  ASSERT_TRUE(db->run("PRAGMA max_page_count = 60"));
  Result<void> done;
  std::int64_t good = 0;
  const auto insert = [&] {
    return db->run("INSERT INTO memories VALUES(hex(randomblob(8)), 'a', 1, hex(randomblob(2000)))").and_then([&] {
      return db->run("INSERT INTO memories VALUES(hex(randomblob(8)), 'b', 1, hex(randomblob(2000)))");
    });
  };
  while ((done = db->transaction(insert))) ++good;
  EXPECT_NE(done.error().message.find("make room on the disk"), std::string::npos) << done.error().message;
  EXPECT_EQ(db->number("SELECT count(*) FROM memories"), 2 * good);
  ASSERT_TRUE(db->run("PRAGMA max_page_count = 100"));
  EXPECT_TRUE(db->transaction(insert));
}

TEST_F(SqliteFile, forgets_purged_words_beyond_recovery_from_the_file) {
  const auto store = open(path);
  StoredItem secret = an_item("a");
  secret.item.text = "the-word-to-be-forgotten";
  ASSERT_TRUE(store->commit({.items = {secret}}));
  ASSERT_TRUE(store->purge(5000));
  for (const std::string& file : {path, path + "-wal"}) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(bytes.find("the-word-to-be-forgotten"), std::string::npos) << file;
  }
}

TEST_F(SqliteFile, finds_history_and_the_queue_by_index) {
  open(path).reset();
  auto db = Connection::open(path, Connection::Mode::write);
  const auto plan = [&](const std::string& query) {
    auto explain = db->prepare("EXPLAIN QUERY PLAN " + query);
    std::string steps;
    (void)explain->each([&] { return steps.append(explain->view(3)).append("\n"), true; });
    return steps;
  };
  for (const char* query :
       {"SELECT * FROM items WHERE received >= ?1 ORDER BY received DESC, row DESC",
        "SELECT * FROM items WHERE received >= ?1 AND country = ?2 ORDER BY received DESC, row DESC",
        "SELECT form FROM alerts WHERE sent >= ?1 ORDER BY sent DESC, row DESC",
        "SELECT d.id FROM deliveries AS d JOIN alerts AS a ON a.key = d.alert WHERE d.state = 'queued' AND "
        "d.next_attempt <= ? ORDER BY d.severity, d.created, d.id",
        "SELECT min(next_attempt) FROM deliveries WHERE state = 'queued'"}) {
    EXPECT_NE(plan(query).find("USING"), std::string::npos) << query << "\n" << plan(query);
    EXPECT_EQ(plan(query).find("TEMP B-TREE"), std::string::npos) << query << "\n" << plan(query);
  }
}

}  // namespace tocsin
