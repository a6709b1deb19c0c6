#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "host/clock.hpp"
#include "host/loop.hpp"
#include "host/process_runner.hpp"
#include "host/systemd.hpp"
#include "host/terminal.hpp"

namespace tocsin {
namespace {

/// Runs one program to its end in a loop of its own.
SendResult ran(ProcessRequest request) {
  Loop loop;
  ProcessRunner runner(loop);
  SendResult result;
  runner.run(std::move(request), [&](SendResult got) {
    result = std::move(got);
    loop.stop();
  });
  loop.run();
  return result;
}

SendResult shell(const std::string& script, const std::string& input = "", Millis timeout = 20 * kSecond) {
  return ran({.argv = {"/bin/sh", "-c", script}, .input = input, .timeout = timeout});
}

/// The service manager's end of NOTIFY_SOCKET.
class Listener {
 public:
  explicit Listener(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    bound_ = ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), length) == 0;
  }
  ~Listener() { ::close(socket_); }
  [[nodiscard]] bool bound() const { return bound_; }
  std::string heard() const {
    std::array<char, 512> text{};
    const ssize_t count = ::recv(socket_, text.data(), text.size(), MSG_DONTWAIT);
    return count < 0 ? "" : std::string(text.data(), static_cast<std::size_t>(count));
  }

 private:
  int socket_;
  bool bound_ = false;
};

}  // namespace

TEST(MachineClock, tells_a_credible_wall_time_and_a_monotonic_one_that_does_not_go_back) {
  const MachineClock clock;
  EXPECT_TRUE(credible(clock.now()));
  EXPECT_FALSE(credible(0));
  const Millis before = clock.monotonic();
  EXPECT_GE(clock.monotonic(), before);
}

TEST(Loop, fires_timers_in_the_order_of_their_times_and_not_early) {
  Loop loop;
  const MachineClock clock;
  const Millis start = clock.monotonic();
  std::string order;
  loop.after(15, [&] {
    EXPECT_GE(clock.monotonic() - start, 15);
    loop.stop();
  });
  loop.after(4, [&] { order += "b"; });
  loop.after(4, [&] { order += "c"; });
  loop.after(0, [&] { order += "a"; });
  loop.run();
  EXPECT_EQ(order, "abc");
}

TEST(Loop, a_cancelled_timer_stays_silent_even_when_it_is_cancelled_by_another_of_the_same_moment) {
  Loop loop;
  bool fired = false;
  Loop::TimerId second = 0;
  loop.after(0, [&] { loop.cancel(second); });
  second = loop.after(0, [&] { fired = true; });
  loop.cancel(loop.after(0, [&] { fired = true; }));
  loop.cancel(999);
  loop.after(2, [&] { loop.stop(); });
  loop.run();
  EXPECT_FALSE(fired);
}

TEST(Loop, a_timer_that_asks_for_itself_again_does_not_starve_the_rest) {
  Loop loop;
  int rounds = 0;
  int posted_at = 0;
  std::function<void()> again = [&] {
    if (++rounds == 200) loop.stop();
    loop.after(0, again);
  };
  loop.after(0, again);
  loop.after(0, [&] { loop.post([&] { posted_at = rounds; }); });
  loop.run();
  EXPECT_EQ(rounds, 200);
  EXPECT_LE(posted_at, 3);
  EXPECT_GT(posted_at, 0);
}

TEST(Loop, signals_arrive_as_callbacks_every_time) {
  Loop loop;
  int reloads = 0;
  loop.on_signal(SIGHUP, [&] {
    if (++reloads == 1) std::raise(SIGHUP);
  });
  loop.on_signal(SIGTERM, [&] { loop.stop(); });
  loop.post([] { std::raise(SIGHUP); });
  loop.after(30, [] { std::raise(SIGTERM); });
  loop.run();
  EXPECT_EQ(reloads, 2);
}

TEST(Systemd, speaks_to_paths_and_to_abstract_sockets) {
  const std::string path = std::filesystem::temp_directory_path() / ("tocsin-notify-" + std::to_string(::getpid()));
  for (const std::string& name : {path, "@" + path}) {
    const Listener listener(name);
    ASSERT_TRUE(listener.bound());
    const Systemd systemd(name);
    systemd.ready();
    EXPECT_EQ(listener.heard(), "READY=1");
    systemd.status("107 feeds,\n2 silent");
    EXPECT_EQ(listener.heard(), "STATUS=107 feeds, 2 silent");
    systemd.keep_alive();
    EXPECT_EQ(listener.heard(), "WATCHDOG=1");
    systemd.reloading();
    EXPECT_TRUE(listener.heard().starts_with("RELOADING=1\nMONOTONIC_USEC="));
    systemd.stopping();
    EXPECT_EQ(listener.heard(), "STOPPING=1");
  }
  ::unlink(path.c_str());
}

TEST(Systemd, reads_its_environment_once_and_takes_it_away_from_children) {
  ::setenv("NOTIFY_SOCKET", "@tocsin-test", 1);
  ::setenv("WATCHDOG_USEC", "60000000", 1);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  const Systemd systemd = Systemd::from_environment();
  EXPECT_TRUE(systemd.present());
  EXPECT_EQ(systemd.watchdog(), 60 * kSecond);
  EXPECT_EQ(std::getenv("NOTIFY_SOCKET"), nullptr);
  EXPECT_EQ(std::getenv("WATCHDOG_USEC"), nullptr);
  ::setenv("WATCHDOG_USEC", "60000000", 1);
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(Systemd::from_environment().watchdog(), 0) << "the watchdog of another process";
}

TEST(Systemd, is_silent_where_nobody_listens) {
  Systemd("").ready();
  Systemd("/nowhere/at/all").ready();
  Systemd(std::string(300, 'x')).ready();
  EXPECT_FALSE(Systemd("").present());
}

TEST(ProcessRunner, hands_over_the_input_and_returns_what_the_program_prints) {
  const std::string input(300'000, 'x');  // more than a pipe holds
  const SendResult result = shell("wc -c; echo \"two\nlines\" >&2", input);
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.detail, "300000 two lines");
}

TEST(ProcessRunner, an_exit_status_is_a_failure_with_the_programs_own_words) {
  const SendResult result = shell("echo no signal; exit 3");
  EXPECT_FALSE(result.ok);
  EXPECT_FALSE(result.ambiguous);
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.detail, "no signal");
}

TEST(ProcessRunner, a_program_inherits_no_environment_no_descriptor_and_no_ignored_signal) {
  ::setenv("TOCSIN_CANARY", "secret", 1);
  const int leak = ::dup(0);
  const SendResult result = shell(
      "ls /proc/$$/fd; tr '\\0' '\\n' </proc/$$/environ | grep -c .; pwd; "
      "grep SigIgn /proc/$$/status");
  ::close(leak);
  const std::string begin = "0 1 2 0 / SigIgn: ";
  ASSERT_TRUE(result.detail.starts_with(begin)) << result.detail;
  const unsigned long long ignored = std::strtoull(result.detail.c_str() + begin.size(), nullptr, 16);
  EXPECT_EQ(ignored & 1ULL << (SIGPIPE - 1), 0u);
}

TEST(ProcessRunner, a_program_over_its_time_dies_with_its_whole_group) {
  const std::string mark = "tocsin-" + std::to_string(::getpid());
  const SendResult result = shell("echo started; sh -c 'exec sleep 987' " + mark + " & sleep 988", "", 100);
  EXPECT_FALSE(result.ok);
  EXPECT_TRUE(result.ambiguous) << "it may have done its work before";
  EXPECT_EQ(result.code, 128 + SIGKILL);
  EXPECT_EQ(result.detail, "stopped after its time limit of 100ms; it had printed: started");
}

TEST(ProcessRunner, what_a_program_leaves_behind_does_not_hold_up_its_answer) {
  const SendResult result = shell("sleep 989 & echo done");
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.detail, "done");
}

TEST(ProcessRunner, endless_output_is_cut_and_does_not_grow) {
  const SendResult result = shell("yes | head -c 3000000; exit 0");
  EXPECT_TRUE(result.ok);
  EXPECT_EQ(result.detail.size(), 4095u) << "4 KiB, the last line end trimmed";
}

TEST(ProcessRunner, control_characters_in_the_output_do_not_reach_the_log) {
  EXPECT_EQ(shell("printf 'a\\033[31mb\\377'").detail.find('\033'), std::string::npos);
}

TEST(ProcessRunner, says_why_a_program_cannot_run) {
  EXPECT_EQ(ran({.argv = {"/no/such/program"}}).detail, "cannot run /no/such/program: No such file or directory");
  EXPECT_EQ(ran({.argv = {"sh", "-c", "true"}}).detail, "the program must be an absolute path");
  EXPECT_EQ(ran({}).detail, "the program must be an absolute path");
  EXPECT_EQ(ran({.argv = {"/etc"}}).detail, "cannot run /etc: Permission denied");
}

TEST(ProcessRunner, many_programs_run_at_once_and_each_gets_its_own_answer) {
  Loop loop;
  ProcessRunner runner(loop);
  int answers = 0;
  for (int i = 0; i < 20; ++i)
    runner.run({.argv = {"/bin/sh", "-c", "cat; exit " + std::to_string(i)}, .input = std::to_string(i)},
               [&, i](const SendResult& result) {
                 EXPECT_EQ(result.code, i);
                 EXPECT_EQ(result.detail, std::to_string(i));
                 if (++answers == 20) loop.stop();
               });
  EXPECT_EQ(answers, 0) << "never from inside run()";
  loop.run();
}

TEST(ProcessRunner, its_end_kills_what_still_runs_and_calls_nobody) {
  Loop loop;
  {
    ProcessRunner runner(loop);
    runner.run({.argv = {"/bin/sleep", "990"}}, [](const SendResult&) { FAIL(); });
  }
  loop.after(5, [&] { loop.stop(); });
  loop.run();
}

TEST(Terminal, prints_the_whole_text_or_says_why_not) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  EXPECT_TRUE(Terminal(ends[1]).print({.text = "an alert\n"}).ok);
  std::array<char, 32> text{};
  EXPECT_EQ(::read(ends[0], text.data(), text.size()), 9);
  std::signal(SIGPIPE, SIG_IGN);
  ::close(ends[0]);
  const SendResult gone = Terminal(ends[1]).print({.text = "an alert\n"});
  EXPECT_FALSE(gone.ok);
  EXPECT_EQ(gone.detail, "cannot write to the terminal: Broken pipe");
  ::close(ends[1]);
}

}  // namespace tocsin
