#include "host/process_runner.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <optional>

#include "base/text.hpp"
#include "host/asio.hpp"

namespace tocsin {

namespace asio = boost::asio;
using boost::system::error_code;
using Stream = asio::posix::stream_descriptor;

namespace {

constexpr std::size_t kMostOutput = 4096;

/// One running program.
struct Child {
  ProcessRequest request;
  std::function<void(SendResult)> done;
  pid_t pid = -1;
  Stream input, output;
  std::size_t written = 0;
  std::string printed;
  Loop::TimerId limit = 0;
  bool timed_out = false;
  explicit Child(asio::io_context& io) : input(io), output(io) {}
};
using Shared = std::shared_ptr<Child>;

/// Both ends of a pipe; ours does not block and no later child inherits either.
struct Pipe {
  int read = -1, write = -1;
  bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read = ends[0];
    write = ends[1];
    return true;
  }
  ~Pipe() {
    if (read >= 0) ::close(read);
    if (write >= 0) ::close(write);
  }
};

/// posix_spawn's two descriptions, freed together.
class SpawnPlan {
 public:
  SpawnPlan(const Pipe& input, const Pipe& output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input.read, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output.write, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output.write, STDERR_FILENO);
#if defined(__GLIBC__)
    posix_spawn_file_actions_addchdir_np(&actions_, "/");
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);  // libraries forget O_CLOEXEC
#endif
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);  // SIGPIPE is ignored here and must not be there
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  int spawn(pid_t& pid, const std::vector<std::string>& argv) {
    std::vector<char*> words;
    for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    char* environment[] = {nullptr};
    return ::posix_spawn(&pid, argv[0].c_str(), &actions_, &attributes_, words.data(), environment);
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

SendResult failed(std::string why) {
  SendResult result;
  result.detail = std::move(why);
  return result;
}

/// nullopt when the program runs.
std::optional<SendResult> start(Child& child) {
  const auto& argv = child.request.argv;
  if (argv.empty() || !argv[0].starts_with('/')) return failed("the program must be an absolute path");
  Pipe input, output;
  if (!input.open() || !output.open()) return failed(std::string("no pipe for the program: ") + std::strerror(errno));
  ::fcntl(input.write, F_SETFL, O_NONBLOCK);
  ::fcntl(output.read, F_SETFL, O_NONBLOCK);
  SpawnPlan plan(input, output);
  if (const int code = plan.spawn(child.pid, argv); code != 0)
    return failed("cannot run " + one_line(argv[0]) + ": " + std::strerror(code));
  error_code unwatched;
  if (!child.input.assign(input.write, unwatched)) input.write = -1;
  if (!child.output.assign(output.read, unwatched)) output.read = -1;
  return std::nullopt;
}

/// Reads what is there, keeps the first part and throws the rest away; false at the end of the output.
bool read_output(Child& child) {
  std::array<char, kMostOutput> piece;
  const ssize_t count = ::read(child.output.native_handle(), piece.data(), piece.size());
  if (count <= 0) return count < 0 && (errno == EAGAIN || errno == EINTR);
  const std::size_t room = kMostOutput - child.printed.size();
  child.printed.append(piece.data(), std::min(room, static_cast<std::size_t>(count)));
  return true;
}

/// What the program wrote before it ended; a full buffer is enough.
void drain(Child& child) {
  for (std::size_t before = kMostOutput; child.printed.size() != before;) {
    before = child.printed.size();
    read_output(child);
  }
}

void close(Stream& stream) {
  error_code ignored;
  stream.close(ignored);
}

SendResult result_of(const Child& child, int status) {
  SendResult result;
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.ok = WIFEXITED(status) && result.code == 0;
  result.detail = trim(one_line(valid_utf8(child.printed)));
  if (child.timed_out) {
    result.ambiguous = true;
    result.detail = "stopped after its time limit of " + duration_text(child.request.timeout) +
                    (result.detail.empty() ? "" : "; it had printed: " + result.detail);
  } else if (WIFSIGNALED(status)) {
    result.detail =
        "killed by signal " + std::to_string(WTERMSIG(status)) + (result.detail.empty() ? "" : ": ") + result.detail;
  }
  return result;
}

}  // namespace

class ProcessRunner::Core : public std::enable_shared_from_this<Core> {
 public:
  explicit Core(Loop& loop) : loop_(loop) {}
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  void run(ProcessRequest request, std::function<void(SendResult)> done);
  void reap();

 private:
  void feed(const Shared& child);
  void listen(const Shared& child);
  void limit(const Shared& child);

  Loop& loop_;
  std::map<pid_t, Shared> children_;
};

ProcessRunner::Core::~Core() {
  for (auto& [pid, child] : children_) {
    loop_.cancel(child->limit);
    ::kill(-pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
}

void ProcessRunner::Core::run(ProcessRequest request, std::function<void(SendResult)> done) {
  auto child = std::make_shared<Child>(loop_.context());
  child->request = std::move(request);
  child->done = std::move(done);
  if (auto refused = start(*child)) {
    loop_.post([weak = weak_from_this(), child, refused = std::move(*refused)] {
      if (!weak.expired()) child->done(refused);
    });
    return;
  }
  children_.emplace(child->pid, child);
  limit(child);
  feed(child);
  listen(child);
}

void ProcessRunner::Core::limit(const Shared& child) {
  child->limit = loop_.after(child->request.timeout, [child] {
    child->timed_out = true;
    ::kill(-child->pid, SIGKILL);
  });
}

void ProcessRunner::Core::feed(const Shared& child) {
  const std::string& text = child->request.input;
  if (child->written == text.size()) {
    close(child->input);
    return;
  }
  child->input.async_write_some(asio::buffer(text.data() + child->written, text.size() - child->written),
                                [weak = weak_from_this(), child](error_code failed, std::size_t count) {
                                  const auto self = weak.lock();
                                  if (failed || !self) return;  // a program need not read its input
                                  child->written += count;
                                  self->feed(child);
                                });
}

void ProcessRunner::Core::listen(const Shared& child) {
  child->output.async_wait(Stream::wait_read, [weak = weak_from_this(), child](error_code failed) {
    const auto self = weak.lock();
    if (!failed && self && read_output(*child)) self->listen(child);
  });
}

void ProcessRunner::Core::reap() {
  std::vector<std::pair<Shared, int>> ended;
  for (auto it = children_.begin(); it != children_.end();) {
    const auto& [pid, child] = *it;
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
    if (info.si_pid == 0) {
      ++it;
      continue;
    }
    drain(*child);
    ::kill(-pid, SIGKILL);  // what it left behind; its own zombie keeps the group's number ours until here
    int status = 0;
    ::waitpid(pid, &status, 0);
    ended.emplace_back(child, status);
    it = children_.erase(it);
  }
  for (const auto& [child, status] : ended) {
    loop_.cancel(child->limit);
    close(child->input);
    close(child->output);
    child->done(result_of(*child, status));
  }
}

ProcessRunner::ProcessRunner(Loop& loop) : core_(std::make_shared<Core>(loop)) {
  loop.on_signal(SIGCHLD, [weak = std::weak_ptr<Core>(core_)] {
    if (const auto core = weak.lock()) core->reap();
  });
}
ProcessRunner::~ProcessRunner() = default;
void ProcessRunner::run(ProcessRequest request, std::function<void(SendResult)> done) {
  core_->run(std::move(request), std::move(done));
}

}  // namespace tocsin
