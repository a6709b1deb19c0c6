#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/console.hpp"
#include "app/feed_trial.hpp"
#include "app/feeds_command.hpp"
#include "app/poll_once.hpp"
#include "base/text.hpp"
#include "host/clock.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {

namespace {

bool is_address(std::string_view text) {
  return text.find("://") != std::string_view::npos;
}

const Feed* configured(const Settings& settings, std::string_view id_or_url) {
  for (const auto* feeds : {&settings.feeds, &settings.idle_feeds})
    for (const Feed& feed : *feeds)
      if (feed.id == id_or_url || feed.url == id_or_url) return &feed;
  return nullptr;
}

std::vector<std::string> feed_names(const Settings& settings) {
  std::vector<std::string> names;
  for (const auto* feeds : {&settings.feeds, &settings.idle_feeds})
    for (const Feed& feed : *feeds) names.push_back(feed.id);
  return names;
}

std::string no_such_feed(const std::string& word, const Settings& settings) {
  const auto near = nearest(word, feed_names(settings));
  return "there is no feed and no file \"" + word + "\"" +
         (near.empty() ? "; tocsin feeds list shows the feeds" : "; did you mean \"" + near + "\"?");
}

/// Columns of the terminal; 0 when the output goes to a file or a program.
std::size_t terminal_width() {
  winsize size{};
  if (!::isatty(STDOUT_FILENO)) return 0;
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40 ? size.ws_col : 80;
}

Feed nameless(const FeedsTestOptions& options) {
  Feed feed;
  feed.url = is_address(options.source) ? options.source : "";
  return feed;
}

Result<Trial> tried(const World& world, const FeedsTestOptions& options, Feed feed, Store* store) {
  const Millis now = MachineClock().now();
  feed.allow_private_address = feed.allow_private_address || options.allow_private;
  const bool by_name = options.source == feed.id;
  if (by_name || is_address(options.source))
    return try_answer(world, feed, poll_once(feed, world.settings), store, now);
  const auto bytes = read_input(options.source);
  if (!bytes) return tl::unexpected(bytes.error());
  return try_document(world, feed, *bytes, nullptr, now);
}

}  // namespace

int feeds_test_command(const FeedsTestOptions& options) {
  const LoadedWorld loaded = load_world(options.config);
  if (!loaded.usable()) return complain_bad_configuration(loaded);
  const World& world = *loaded.world;
  const Settings& settings = world.settings;
  const bool is_file = options.source == "-" || ::access(options.source.c_str(), F_OK) == 0;
  const Feed* named = configured(settings, options.feed.empty() ? options.source : options.feed);
  if (!options.feed.empty() && !named) return complain(no_such_feed(options.feed, settings));
  if (!named && !is_file && !is_address(options.source)) return complain(no_such_feed(options.source, settings));

  const auto store = open_sqlite_reader(settings.store);
  const auto trial = tried(world, options, named ? *named : nameless(options), store ? store->get() : nullptr);
  if (!trial) return complain(trial.error().message);
  if (options.json)
    print_line(to_json(*trial, options.source));
  else
    std::fputs(in_words(*trial, options.source, terminal_width()).c_str(), stdout);
  return trial->is_feed() ? kDone : kWrong;
}

}  // namespace tocsin
