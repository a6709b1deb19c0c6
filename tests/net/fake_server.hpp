// Starts a server of tests/fakes as a child and reads its port; for tests of net/ that need a real peer on loopback.
#pragma once
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <vector>

extern char** environ;

namespace tocsin {

class FakeServer {
 public:
  /// `script` is a file of tests/fakes.
  explicit FakeServer(const std::string& script, std::vector<std::string> arguments = {}) {
    std::array<int, 2> in{}, out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    arguments.insert(arguments.begin(), {"/usr/bin/python3", TOCSIN_SOURCE_DIR "/tests/fakes/" + script});
    std::vector<char*> words;
    for (std::string& word : arguments) words.push_back(word.data());
    words.push_back(nullptr);
    ::posix_spawn(&pid_, words[0], &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = out[0];
    port_ = line();
  }
  ~FakeServer() {
    ::close(input_);
    ::close(output_);
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
  }
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  [[nodiscard]] const std::string& port() const { return port_; }
  [[nodiscard]] std::string at(const std::string& path) const { return "http://127.0.0.1:" + port_ + path; }
  /// The next line that the server prints; waits for it.
  [[nodiscard]] std::string line() const {
    std::string text;
    for (char c = 0; ::read(output_, &c, 1) == 1 && c != '\n';) text += c;
    return text;
  }

 private:
  pid_t pid_ = -1;
  int input_ = -1, output_ = -1;
  std::string port_;
};

}  // namespace tocsin
