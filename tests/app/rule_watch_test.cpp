#include "app/rule_watch.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>

namespace tocsin {
namespace {

namespace fs = std::filesystem;

/// A configuration with one folder of rules, on a real disk; the settling time is short.
class RuleWatchTest : public testing::Test {
 protected:
  RuleWatchTest() {
    fs::create_directories(folder + "/rules");
    write("tocsin.yaml", "rules: [rules]");
    write("rules/a.yaml", "one");
    have_read();
  }
  ~RuleWatchTest() override { fs::remove_all(folder); }

  void write(const std::string& name, const std::string& words) { std::ofstream(folder + "/" + name) << words; }
  void have_read() {
    std::set<std::string> files{folder + "/tocsin.yaml"};
    for (const auto& entry : fs::directory_iterator(folder + "/rules")) files.insert(entry.path());
    EXPECT_EQ(watch.have_read(files, {folder + "/feeds.d", folder + "/rules"}), "");
  }
  /// How many changes are told within a time that is long for the settling.
  int changes(Millis within = 300) {
    told = 0;
    loop.after(within, [this] { loop.stop(); });
    loop.run();
    loop.context().restart();
    return told;
  }

  const std::string folder = testing::TempDir() + "tocsin-rule-watch-" + std::to_string(::getpid());
  int told = 0;
  Loop loop;
  RuleWatch watch{loop, [this] { ++told; }, 20};
};

TEST_F(RuleWatchTest, a_file_that_was_written_is_one_change) {
  write("rules/a.yaml", "two and more");
  write("rules/b.yaml", "new");
  EXPECT_EQ(changes(), 1);
}

TEST_F(RuleWatchTest, an_editor_that_renames_a_new_file_over_the_old_one_is_one_change) {
  write("rules/.a.yaml.swp", "two");
  write("rules/a.yaml~", "one");
  fs::rename(folder + "/rules/.a.yaml.swp", folder + "/rules/a.yaml");
  EXPECT_EQ(changes(), 1);
}

TEST_F(RuleWatchTest, what_else_happens_in_the_folders_is_no_change) {
  write("tocsin.sqlite", "a history");
  write("rules/notes.txt", "notes");
  EXPECT_EQ(changes(), 0);
}

TEST_F(RuleWatchTest, waits_until_the_files_have_settled) {
  int left = 8;
  std::function<void()> edit = [&] {
    write("rules/a.yaml", std::string(static_cast<std::size_t>(20 - left), 'x'));
    EXPECT_EQ(told, 0);
    if (--left > 0) loop.after(12, edit);
  };
  loop.after(1, edit);
  EXPECT_EQ(changes(600), 1);
}

TEST_F(RuleWatchTest, a_folder_that_appears_later_is_noticed_with_what_is_put_in_it_then) {
  fs::create_directory(folder + "/feeds.d");
  EXPECT_EQ(changes(), 0) << "an empty folder says nothing";
  write("feeds.d/added.yaml", "feeds");
  EXPECT_EQ(changes(), 1);
}

TEST_F(RuleWatchTest, a_folder_that_is_turned_to_another_by_its_link_is_noticed) {
  fs::rename(folder + "/rules", folder + "/first");
  fs::create_directory_symlink(folder + "/first", folder + "/rules");
  EXPECT_EQ(changes(), 0) << "the same files, by another way";
  have_read();
  fs::create_directory(folder + "/second");
  write("second/a.yaml", "other");
  fs::create_directory_symlink(folder + "/second", folder + "/next");
  fs::rename(folder + "/next", folder + "/rules");
  EXPECT_EQ(changes(), 1);
}

TEST_F(RuleWatchTest, a_removed_file_is_a_change_and_touching_it_is_one) {
  fs::remove(folder + "/rules/a.yaml");
  EXPECT_EQ(changes(), 1);
  have_read();
  write("rules/a.yaml", "one");
  EXPECT_EQ(changes(), 1);
}

TEST_F(RuleWatchTest, what_was_written_while_the_files_were_read_is_a_change_still_to_come) {
  watch.reading();
  write("rules/a.yaml", "written after it was read");
  have_read();
  EXPECT_EQ(changes(), 1);
}

TEST_F(RuleWatchTest, what_was_read_already_is_no_change) {
  write("rules/a.yaml", "two");
  watch.reading();
  have_read();
  EXPECT_EQ(changes(), 0);
}

}  // namespace
}  // namespace tocsin
