#include "host/run_lock.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>

namespace tocsin {
namespace {

class RunLockFile : public testing::Test {
 protected:
  RunLockFile() { ::unlink(path.c_str()); }
  ~RunLockFile() override { ::unlink(path.c_str()); }
  const std::string path = testing::TempDir() + "tocsin-run-lock-" + std::to_string(::getpid());
};

TEST_F(RunLockFile, is_held_by_one_at_a_time_and_seen_by_others) {
  EXPECT_FALSE(RunLock::is_held(path));
  {
    const auto first = RunLock::take(path);
    ASSERT_TRUE(first);
    EXPECT_TRUE(RunLock::is_held(path));
    const auto second = RunLock::take(path);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("another tocsin runs on this history"), std::string::npos);
    EXPECT_TRUE(RunLock::is_held(path)) << "a look or a refusal lets nothing go";
  }
  EXPECT_FALSE(RunLock::is_held(path));
  EXPECT_TRUE(RunLock::take(path));
}

TEST_F(RunLockFile, is_let_go_when_its_process_is_killed) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = RunLock::take(path);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_FALSE(RunLock::is_held(path));
}

TEST_F(RunLockFile, is_readable_by_its_owner_only) {
  const auto lock = RunLock::take(path);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(RunLockFile, in_a_folder_that_is_not_there_says_so) {
  EXPECT_NE(RunLock::take("/nowhere/lock").error().message.find("/nowhere/lock"), std::string::npos);
  EXPECT_FALSE(RunLock::is_held("/nowhere/lock"));
}

}  // namespace
}  // namespace tocsin
