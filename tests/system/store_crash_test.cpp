// Kills a process with SIGKILL at random instants while it commits in a loop, and opens what it left: every commit is
// there whole or not at all, and none is lost whose commit() had returned (promise P1 in small).
//   store_crash_test [KILLS [SEED]]
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "store/sqlite_store.hpp"

namespace {

using namespace tocsin;

/// Commit number `n`: one row in each table, two deliveries, and the number in the feed's state.
Commit numbered(std::int64_t n) {
  const std::string name = std::to_string(n);
  Commit change;
  StoredItem item;
  item.feed = "radio";
  item.item.id = name;
  item.item.text = std::string(static_cast<std::size_t>(n % 7) * 900, 'x');  // of one page and of several
  item.received = n;
  change.items = {item};
  change.seen = {{"radio", name, static_cast<std::uint64_t>(n), n}};
  Incident incident;
  incident.id = "i" + std::to_string(n % 5);  // few incidents, many revisions
  incident.revision = n;
  incident.updated = n;
  change.incidents = {incident};
  Alert alert;
  alert.key = name;
  alert.sent = n;
  alert.incident = incident;
  change.alerts = {alert};
  for (const char* channel : {"mail", "webhook"}) {
    Delivery delivery;
    delivery.key = name + channel;
    delivery.alert_key = name;
    delivery.channel = channel;
    change.deliveries.push_back(delivery);
  }
  change.feed_state = FeedState{.feed = "radio"};
  change.feed_state->documents = n;
  return change;
}

[[noreturn]] void commit_for_ever(const std::string& path, int accepted) {
  auto store = open_sqlite(path);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    std::_Exit(1);
  }
  const auto state = (*store)->feed_state("radio");
  for (std::int64_t n = *state ? (*state)->documents + 1 : 1;; ++n) {
    if (!(*store)->commit(numbered(n))) std::_Exit(1);
    if (::write(accepted, &n, sizeof n) != sizeof n) std::_Exit(1);
  }
}

/// Starts a writer, kills it after `delay`, and returns the last number that it was told is stored; -1 when it failed.
std::int64_t kill_a_writer(const std::string& path, useconds_t delay) {
  int pipe_ends[2];
  if (::pipe(pipe_ends) != 0) return -1;
  const pid_t writer = ::fork();
  if (writer == 0) {
    ::close(pipe_ends[0]);
    commit_for_ever(path, pipe_ends[1]);
  }
  ::close(pipe_ends[1]);
  ::usleep(delay);
  ::kill(writer, SIGKILL);
  int status = 0;
  ::waitpid(writer, &status, 0);
  std::int64_t last = 0;
  for (std::int64_t n = 0; ::read(pipe_ends[0], &n, sizeof n) == sizeof n;) last = n;
  ::close(pipe_ends[0]);
  return WIFSIGNALED(status) ? last : -1;
}

bool whole(Store& store, std::int64_t n) {
  const std::string name = std::to_string(n);
  return store.seen("radio", {name})->size() == 1 && store.deliveries(name)->size() == 2;
}

/// What is wrong with the store, "" when nothing is. `accepted` is the last commit known to be stored.
std::string fault(Store& store, std::int64_t accepted) {
  const auto state = store.feed_state("radio");
  if (!state) return state.error().message;
  const std::int64_t last = *state ? (*state)->documents : 0;
  if (last < accepted)
    return "lost: " + std::to_string(accepted) + " was accepted, " + std::to_string(last) + " is last";
  HistoryFilter all;
  all.limit = static_cast<std::size_t>(-1);
  const auto count = static_cast<std::size_t>(last);
  if (store.items(all)->size() != count) return "items and commits differ";
  if (store.alerts(all)->size() != count) return "alerts and commits differ";
  if (*store.queued() != 2 * count) return "deliveries and commits differ";
  std::size_t revisions = 0;
  const auto incidents = store.incidents(all);
  for (const Incident& incident : *incidents) revisions += store.revisions(incident.id)->size();
  if (revisions != count) return "incident revisions and commits differ";
  for (std::int64_t n = std::max<std::int64_t>(1, last - 20); n <= last; ++n)
    if (!whole(store, n)) return "commit " + std::to_string(n) + " is torn";
  if (whole(store, last + 1)) return "a commit is there that the feed's state does not know";
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  const int kills = argc > 1 ? std::atoi(argv[1]) : 30;
  const auto seed = static_cast<unsigned>(argc > 2 ? std::atoi(argv[2]) : 17092024);
  std::mt19937 random(seed);
  std::string folder = std::filesystem::temp_directory_path() / "tocsin-crash-XXXXXX";
  if (!::mkdtemp(folder.data())) return 2;
  const std::string path = folder + "/tocsin.db";
  std::int64_t accepted = 0;
  for (int kill = 1; kill <= kills; ++kill) {
    const std::int64_t last = kill_a_writer(path, 3000 + random() % 50000);
    if (last < 0) return std::fprintf(stderr, "kill %d: the writer failed; see %s\n", kill, folder.c_str()), 1;
    accepted = std::max(accepted, last);
    const auto store = open_sqlite(path);
    const std::string wrong = store ? fault(**store, accepted) : store.error().message;
    if (!wrong.empty())
      return std::fprintf(stderr, "kill %d, seed %u: %s; see %s\n", kill, seed, wrong.c_str(), folder.c_str()), 1;
  }
  std::filesystem::remove_all(folder);
  std::printf("%d kills, %lld commits accepted, none lost, none torn\n", kills, static_cast<long long>(accepted));
  return accepted == 0 ? 1 : 0;
}
