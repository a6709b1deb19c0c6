#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "app/feed_entry.hpp"
#include "app/feed_trial.hpp"
#include "app/feeds_command.hpp"
#include "app/poll_once.hpp"
#include "base/text.hpp"
#include "feeds/urls.hpp"
#include "host/clock.hpp"
#include "model/country.hpp"

namespace tocsin {

namespace fs = std::filesystem;

namespace {

/// What is to be written, and why the rest is not.
struct Additions {
  std::vector<NewFeed> feeds;
  std::vector<std::string> refused;  // "ADDRESS: why", for people
};

FeedNames names_of(const Settings& settings) {
  FeedNames names;
  for (const auto* feeds : {&settings.feeds, &settings.idle_feeds})
    for (const Feed& feed : *feeds) names.add(feed);
  return names;
}

/// "" when the address can stand in a configuration.
std::string fault_of(std::string_view url) {
  if (!is_web_address(url)) return "it is no http:// or https:// address";
  const auto host = url.substr(url.find("://") + 3);
  return host.substr(0, host.find_first_of("/?#")).find('@') != std::string_view::npos
             ? "it holds a name or password, which the configuration does not"
             : "";
}

void take(Additions& out, FeedNames& names, NewFeed added) {
  Feed& feed = added.feed;
  if (const auto fault = fault_of(feed.url); !fault.empty())
    return out.refused.push_back(one_line(feed.url) + ": " + fault);
  if (const auto owner = names.owner_of(feed.url); !owner.empty())
    return out.refused.push_back(one_line(feed.url) + ": the feed \"" + owner + "\" polls it already");
  if (feed.id.empty()) feed.id = names.free_name(feed.title, feed.url);
  feed.publisher = names.publisher_of(feed.url);
  names.add(feed);
  out.feeds.push_back(std::move(added));
}

Additions of_list(const FeedList& list, FeedNames names) {
  Additions out;
  for (const ListedFeed& listed : list.feeds) take(out, names, feed_of(listed));
  return out;
}

std::string language_of(const Trial& trial) {
  std::string language = trial.document.language.substr(0, trial.document.language.find_first_of("-_"));
  if (language.empty() && !trial.items.empty()) language = trial.items.front().told.understood.language;
  return lower_ascii(language);
}

std::string target_of(const FeedsAddOptions& options) {
  if (!options.to.empty()) return options.to;
  const fs::path config =
      options.config.empty() ? fs::path(data_dir()) / "config" / "tocsin.yaml" : fs::path(options.config);
  return (config.parent_path() / kFeedsFolder / "added.yaml").lexically_normal().string();
}

std::string entries_text(const Additions& additions) {
  std::string out;
  for (const NewFeed& feed : additions.feeds) out += yaml_entry(feed);
  return out;
}

Result<void> write_synced(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return failure("cannot write " + path + ": " + std::strerror(errno));
  std::size_t at = 0;
  while (at < text.size()) {
    const auto n = ::write(file, text.data() + at, text.size() - at);
    if (n <= 0) break;
    at += static_cast<std::size_t>(n);
  }
  const bool good = at == text.size() && ::fsync(file) == 0;
  const int reason = errno;
  ::close(file);
  if (good) return {};
  ::unlink(path.c_str());
  return failure("cannot write " + path + ": " + std::strerror(reason));
}

/// A feed file is a configuration of its own, so it can be read alone before it takes the place of the old one.
Result<void> check_candidate(const std::string& path, std::size_t feeds_before, std::size_t added) {
  const LoadedSettings read = load_settings(path, "");
  const std::size_t feeds = read.settings.feeds.size() + read.settings.idle_feeds.size();
  if (!read.findings.has_errors() && feeds == feeds_before + added) return {};
  const auto& all = read.findings.all();
  return failure(all.empty() ? "it does not end with its feeds:, so nothing can be added at its end"
                             : "with the new feeds it could not be read: " + all.front().message);
}

/// The new file is as readable as the old one, and belongs to the same user where we may say so.
void take_after(const std::string& path, const std::string& candidate) {
  struct stat old {};
  if (::stat(path.c_str(), &old) != 0) return;
  std::error_code error;
  fs::permissions(candidate, static_cast<fs::perms>(old.st_mode & 07777), error);
  if (::chown(candidate.c_str(), old.st_uid, old.st_gid) != 0) return;
}

/// Appends to `path`, or makes it. What stands in it stays as it is, byte for byte; nothing is changed when the result
/// could not be read.
Result<void> append_entries(const std::string& path, const std::string& entries, std::size_t added) {
  std::error_code error;
  std::string text =
      "# Feeds added by \"tocsin feeds add\". This file is yours to edit; new ones come at its end.\nfeeds:\n";
  std::size_t before = 0;
  if (fs::exists(path, error)) {
    auto old = read_input(path);
    if (!old) return tl::unexpected(old.error());
    const LoadedSettings read = load_settings(path, "");
    before = read.settings.feeds.size() + read.settings.idle_feeds.size();
    text = std::move(*old);
    if (!text.empty() && text.back() != '\n') text += '\n';
  } else if (const auto folder = fs::path(path).parent_path(); !folder.empty()) {
    fs::create_directories(folder, error);
    if (error) return failure("cannot make the folder " + folder.string() + ": " + error.message());
  }
  const auto candidate = (fs::path(path).parent_path() / ("." + fs::path(path).filename().string() + ".new")).string();
  if (auto written = write_synced(candidate, text + entries); !written) return written;
  take_after(path, candidate);
  auto good = check_candidate(candidate, before, added);
  if (good && ::rename(candidate.c_str(), path.c_str()) != 0)
    good = failure("cannot replace it: " + std::string(std::strerror(errno)));
  if (!good) ::unlink(candidate.c_str());
  return good ? good : failure(path + " was left as it is: " + good.error().message + "; --to names another file");
}

void tell_refused(const Additions& additions) {
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < additions.refused.size() && i < kShown; ++i)
    complain("left out: " + additions.refused[i]);
  if (additions.refused.size() > kShown)
    complain("left out: " + std::to_string(additions.refused.size() - kShown) + " more");
}

/// A file that the configuration does not read would be a feed that nobody hears.
void tell_where(const FeedsAddOptions& options, const std::string& path, const Additions& additions) {
  const LoadedSettings loaded = load_settings(options.config, data_dir());
  bool is_read = false;
  for (const Feed& feed : loaded.settings.feeds) is_read = is_read || feed.id == additions.feeds.front().feed.id;
  std::fprintf(stderr, "added %zu feed%s to %s\n", additions.feeds.size(), additions.feeds.size() == 1 ? "" : "s",
               path.c_str());
  if (!is_read)
    std::fprintf(stderr, "The configuration does not read this file yet: name it in tocsin.yaml, feeds: [%s]\n",
                 path.c_str());
  else
    std::fputs(
        "Fill in reliability and countries, then: tocsin check; a running tocsin takes it after a reload (SIGHUP)\n",
        stderr);
}

int write_additions(const FeedsAddOptions& options, const Additions& additions) {
  tell_refused(additions);
  if (additions.feeds.empty()) return complain("nothing was added");
  if (options.dry_run) {
    std::fputs(("feeds:\n" + entries_text(additions)).c_str(), stdout);
    return kDone;
  }
  std::error_code error;
  auto path = target_of(options);
  if (fs::is_symlink(path, error)) path = fs::canonical(path, error).string();
  if (path.empty()) return complain(target_of(options) + ": " + error.message());
  if (const auto written = append_entries(path, entries_text(additions), additions.feeds.size()); !written)
    return complain(written.error().message);
  tell_where(options, path, additions);
  return kDone;
}

int add_list(const FeedsAddOptions& options, const Settings& settings) {
  const auto bytes = read_input(options.source);
  if (!bytes) return complain(bytes.error().message);
  const FeedList list = read_opml(*bytes);
  if (!list.is_opml)
    return complain(options.source + ": " + list.notes.front().message + "; a feed is added by its address");
  for (const ParseNote& note : list.notes) complain(options.source + ": " + note.code + " " + note.message);
  Additions additions = of_list(list, names_of(settings));
  return write_additions(options, additions);
}

int add_address(const FeedsAddOptions& options, const World& world) {
  FeedNames names = names_of(world.settings);
  NewFeed added;
  added.feed.url = options.source;
  added.feed.id = options.id;
  added.feed.countries = options.countries;
  added.feed.allow_private_address = options.allow_private;
  if (!options.reliability.empty()) added.feed.reliability = options.reliability.front();
  Additions additions;
  if (const auto owner = names.owner_of(options.source); !owner.empty())
    return complain("the feed \"" + owner + "\" polls this address already");
  if (const auto fault = fault_of(options.source); !fault.empty()) return complain(options.source + ": " + fault);

  const Millis now = MachineClock().now();
  const Trial trial = try_answer(world, added.feed, poll_once(added.feed, world.settings), nullptr, now);
  if (!trial.is_feed() && !options.force) {
    std::fputs(in_words(trial, options.source, 0).c_str(), stderr);
    return complain(trial.links.empty() ? "not added: no feed was found there (--force adds it all the same)"
                                        : "not added: add one of the feeds that the page names");
  }
  added.feed.title = one_line(trial.document.title);
  added.feed.language = language_of(trial);
  if (!trial.mapping.empty()) {
    Mapping mapping;
    mapping.preset = trial.mapping;
    added.feed.mapping = std::make_shared<const Mapping>(std::move(mapping));
  }
  take(additions, names, std::move(added));
  return write_additions(options, additions);
}

/// As the configuration wants the names of feeds.
bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

/// "" when the words given beside the address are good.
std::string fault_of(const FeedsAddOptions& options, const Settings& settings) {
  if (!options.id.empty() && !is_name(options.id)) return "--id wants letters, digits, - _ and . only";
  if (!options.id.empty() && names_of(settings).is_taken(options.id))
    return "there is a feed \"" + options.id + "\" already";
  if (!options.reliability.empty() &&
      (options.reliability.size() != 1 || options.reliability[0] < 'A' || options.reliability[0] > 'F'))
    return "--reliability wants a letter from A to F";
  for (const auto& country : options.countries)
    if (!country_by_alpha2(country)) return "--country " + country + ": no such country (ISO 3166-1, such as ML)";
  return "";
}

}  // namespace

int feeds_add_command(const FeedsAddOptions& options) {
  const LoadedWorld loaded = load_world(options.config);
  if (!loaded.usable()) return complain_bad_configuration(loaded);
  const Settings& settings = loaded.world->settings;
  if (const auto fault = fault_of(options, settings); !fault.empty()) return complain(fault), kUsage;
  if (options.source.find("://") != std::string::npos) return add_address(options, *loaded.world);
  return add_list(options, settings);
}

}  // namespace tocsin
