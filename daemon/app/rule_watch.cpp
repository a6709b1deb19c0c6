#include "app/rule_watch.hpp"

#include <sys/stat.h>

#include <filesystem>

#include "settings/settings.hpp"

namespace tocsin {

namespace fs = std::filesystem;

namespace {
std::string folder_of(const std::string& file) {
  const auto parent = fs::path(file).parent_path();
  return parent.empty() ? "." : parent.string();
}

std::int64_t nanoseconds(const timespec& at) {
  return at.tv_sec * 1'000'000'000 + at.tv_nsec;
}
}  // namespace

RuleWatch::RuleWatch(Loop& loop, std::function<void()> changed, Millis settling)
    : loop_(loop), changed_(std::move(changed)), settling_(settling), folders_watch_(loop, [this] { stirred(); }) {}

void RuleWatch::reading() {
  before_ = look();
}

std::string RuleWatch::have_read(const std::set<std::string>& files, const std::set<std::string>& folders) {
  files_ = files;
  folders_ = folders;
  for (const std::string& file : files_) folders_.insert(folder_of(file));
  // One that was known before it was read is marked as it was then: it may have changed while it was read.
  const Marks known = std::exchange(before_, {});
  read_ = look();
  for (const auto& [file, mark] : known)
    if (const auto now = read_.find(file); now != read_.end()) now->second = mark;
  const auto watched = watch();
  return watched ? "" : watched.error().message;
}

/// The folder in which a missing one would appear is watched in its place.
Result<void> RuleWatch::watch() {
  std::set<std::string> wanted;
  for (const std::string& folder : folders_) {
    std::error_code error;
    fs::path present(folder);
    while (!fs::is_directory(present, error) && present.has_relative_path()) present = folder_of(present.string());
    wanted.insert(present.string());
    wanted.insert(folder_of(folder));  // it may be replaced as a whole, or be a link that is turned
  }
  return folders_watch_.watch(wanted);
}

RuleWatch::Marks RuleWatch::look() const {
  std::set<std::string> files = files_;
  for (const std::string& folder : folders_)
    for (std::string& file : yaml_files(folder)) files.insert(std::move(file));
  Marks marks;
  for (const std::string& file : files) {
    struct stat state {};
    if (::stat(file.c_str(), &state) == 0)
      marks[file] = {state.st_ino, static_cast<std::uint64_t>(state.st_size), nanoseconds(state.st_mtim),
                     nanoseconds(state.st_ctim)};
  }
  return marks;
}

void RuleWatch::stirred() {
  if (waiting_) return;
  waiting_ = true;
  seen_ = look();
  loop_.after(settling_, [this] { settle(); });
}

void RuleWatch::settle() {
  waiting_ = false;
  (void)watch();  // what appeared is watched from now on
  const Marks now = look();
  if (now == read_) return;
  if (now != seen_) return stirred();
  read_ = now;
  changed_();
}

}  // namespace tocsin
