#include "host/control_socket.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace tocsin {
namespace {

namespace fs = std::filesystem;

class ControlSocketFile : public testing::Test {
 protected:
  ControlSocketFile() { fs::create_directories(folder); }
  ~ControlSocketFile() override { fs::remove_all(folder); }

  /// What a client in another thread is told while the loop runs.
  Result<std::string> asked(std::string_view request, Millis timeout = 5 * kSecond) {
    Result<std::string> answer;
    std::thread client([&] {
      answer = ask_daemon(path, request, timeout);
      loop.post([this] { loop.stop(); });
    });
    loop.run();
    client.join();
    return answer;
  }

  const std::string folder = testing::TempDir() + "tocsin-control-" + std::to_string(::getpid());
  const std::string path = folder + "/store-control";
  Loop loop;
};

TEST_F(ControlSocketFile, carries_a_line_to_the_handler_and_its_answer_back) {
  ControlSocket door(loop, [](std::string_view request, const ControlSocket::Reply& reply) {
    reply("heard " + std::string(request));
  });
  ASSERT_TRUE(door.listen(path));
  EXPECT_EQ(asked("reload").value_or("nothing"), "heard reload");
}

TEST_F(ControlSocketFile, an_answer_may_come_later) {
  ControlSocket door(loop, [&](std::string_view, ControlSocket::Reply reply) {
    loop.after(20, [reply = std::move(reply)] { reply("done"); });
  });
  ASSERT_TRUE(door.listen(path));
  EXPECT_EQ(asked("reload").value_or("nothing"), "done");
}

TEST_F(ControlSocketFile, is_open_to_its_owner_alone_and_gone_with_its_daemon) {
  {
    ControlSocket door(loop, [](std::string_view, const ControlSocket::Reply&) {});
    ASSERT_TRUE(door.listen(path));
    struct stat state {};
    ASSERT_EQ(::stat(path.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0600u);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(ControlSocketFile, one_that_a_killed_daemon_left_behind_is_replaced) {
  {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    const int old = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(::bind(old, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(old);
  }
  ASSERT_TRUE(fs::exists(path));
  EXPECT_NE(ask_daemon(path, "reload", kSecond).error().message.find("no daemon listens"), std::string::npos);
  ControlSocket door(loop, [](std::string_view, const ControlSocket::Reply& reply) { reply("here"); });
  ASSERT_TRUE(door.listen(path));
  EXPECT_EQ(asked("reload").value_or("nothing"), "here");
}

TEST_F(ControlSocketFile, a_file_that_is_no_socket_stays) {
  std::ofstream(path) << "mine";
  ControlSocket door(loop, [](std::string_view, const ControlSocket::Reply&) {});
  EXPECT_FALSE(door.listen(path));
  EXPECT_TRUE(fs::is_regular_file(path));
}

TEST_F(ControlSocketFile, deep_folders_are_no_hindrance) {
  const std::string deep = folder + "/" + std::string(100, 'a') + "/" + std::string(100, 'b');
  fs::create_directories(deep);
  ControlSocket door(loop, [](std::string_view, const ControlSocket::Reply& reply) { reply("here"); });
  ASSERT_TRUE(door.listen(deep + "/store-control"));
  Result<std::string> answer;
  std::thread client([&] {
    answer = ask_daemon(deep + "/store-control", "reload", 5 * kSecond);
    loop.post([this] { loop.stop(); });
  });
  loop.run();
  client.join();
  EXPECT_EQ(answer.value_or("nothing"), "here");
}

TEST_F(ControlSocketFile, a_daemon_that_hangs_costs_the_client_its_time_and_no_more) {
  ControlSocket door(loop, [](std::string_view, const ControlSocket::Reply&) {});
  ASSERT_TRUE(door.listen(path));
  EXPECT_NE(ask_daemon(path, "reload", 50).error().message.find("did not answer within 50ms"), std::string::npos);
}

TEST_F(ControlSocketFile, a_request_without_an_end_is_cut_off) {
  ControlSocket door(loop, [](std::string_view, const ControlSocket::Reply& reply) { reply("here"); });
  ASSERT_TRUE(door.listen(path));
  EXPECT_NE(asked(std::string(5000, 'x')).error().message.find("ended before it answered"), std::string::npos);
}

TEST_F(ControlSocketFile, where_nobody_listens_says_so) {
  EXPECT_NE(ask_daemon(path, "reload", kSecond).error().message.find("no daemon listens"), std::string::npos);
  EXPECT_NE(ask_daemon("/nowhere/at/all", "reload", kSecond).error().message.find("no daemon"), std::string::npos);
}

}  // namespace
}  // namespace tocsin
