#include "host/folder_watch.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>

namespace tocsin {
namespace {

namespace fs = std::filesystem;

class FolderWatchTest : public testing::Test {
 protected:
  FolderWatchTest() { fs::create_directories(folder); }
  ~FolderWatchTest() override { fs::remove_all(folder); }

  void write(const std::string& name) { std::ofstream(folder + "/" + name) << "words"; }
  /// Whether word comes; a second is far more than the kernel needs.
  bool hears(Millis within = kSecond) {
    heard = 0;
    const auto limit = loop.after(within, [this] { loop.stop(); });
    loop.run();
    loop.cancel(limit);
    loop.context().restart();
    return heard > 0;
  }

  const std::string folder = testing::TempDir() + "tocsin-watch-" + std::to_string(::getpid());
  int heard = 0;
  Loop loop;
  FolderWatch watch{loop, [this] {
                      ++heard;
                      loop.stop();
                    }};
};

TEST_F(FolderWatchTest, hears_of_a_file_that_is_written_renamed_or_removed) {
  ASSERT_TRUE(watch.watch({folder}));
  write("a.yaml");
  EXPECT_TRUE(hears());
  fs::rename(folder + "/a.yaml", folder + "/b.yaml");
  EXPECT_TRUE(hears());
  fs::remove(folder + "/b.yaml");
  EXPECT_TRUE(hears());
}

TEST_F(FolderWatchTest, hears_of_a_folder_that_appears_and_then_of_what_is_in_it) {
  ASSERT_TRUE(watch.watch({folder, folder + "/rules"}));
  fs::create_directory(folder + "/rules");
  EXPECT_TRUE(hears());
  ASSERT_TRUE(watch.watch({folder, folder + "/rules"}));
  write("rules/a.yaml");
  EXPECT_TRUE(hears());
}

TEST_F(FolderWatchTest, a_folder_that_was_replaced_is_found_again) {
  fs::create_directory(folder + "/rules");
  ASSERT_TRUE(watch.watch({folder + "/rules"}));
  fs::rename(folder + "/rules", folder + "/old");
  fs::create_directory(folder + "/rules");
  EXPECT_TRUE(hears());
  ASSERT_TRUE(watch.watch({folder + "/rules"}));
  write("rules/a.yaml");
  EXPECT_TRUE(hears());
  write("old/a.yaml");
  EXPECT_FALSE(hears(50));
}

TEST_F(FolderWatchTest, a_folder_that_is_no_longer_wanted_is_not_heard) {
  ASSERT_TRUE(watch.watch({folder}));
  ASSERT_TRUE(watch.watch({}));
  write("a.yaml");
  EXPECT_FALSE(hears(50));
}

}  // namespace
}  // namespace tocsin
