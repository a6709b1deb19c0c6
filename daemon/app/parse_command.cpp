#include "app/parse_command.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "app/options.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "feeds/mapping.hpp"
#include "feeds/parse.hpp"
#include "settings/settings.hpp"
#include "wire/feed_json.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kMaxDocument = 64u << 20;
constexpr std::size_t kShownItems = 10;

Result<std::string> read_document(const std::string& path) {
  std::FILE* const opened = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (!opened) return failure("cannot open " + path + ": " + std::strerror(errno));
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(opened, std::fclose);
  std::string bytes;
  char buffer[65536];
  std::size_t n = 0;
  while (bytes.size() < kMaxDocument && (n = std::fread(buffer, 1, sizeof buffer, file.get())) > 0)
    bytes.append(buffer, n);
  if (std::ferror(file.get())) return failure("cannot read " + path + ": " + std::strerror(errno));
  return bytes;
}

ParsedFeed parse_file(const std::string& path, const Feed& feed) {
  const auto bytes = read_document(path);
  if (bytes) return parse_feed(*bytes, {feed.url, "", 0, feed.mapping.get()});
  ParsedFeed nothing;
  nothing.notes.push_back({{}, Diagnostic::Level::error, "F004", bytes.error().message});
  return nothing;
}

void put(const std::string& line) {
  std::fwrite(line.data(), 1, line.size(), stdout), std::fputc('\n', stdout);
}

std::string item_line(const Item& item) {
  return "  " + (item.published ? rfc3339(*item.published) : std::string("no date             ")) + "  " +
         shortened(one_line(item.title.empty() ? item.text : item.title), 100);
}

void print_summary(const std::string& path, const ParsedFeed& feed) {
  put(path + ": " + (feed.format.empty() ? "no feed" : feed.format) + ", " + std::to_string(feed.items.size()) +
      " items" + (feed.title.empty() ? "" : ", \"" + shortened(one_line(feed.title), 80) + "\""));
  for (std::size_t i = 0; i < feed.items.size() && i < kShownItems; ++i) put(item_line(feed.items[i]));
  if (feed.items.size() > kShownItems) put("  ... and " + std::to_string(feed.items.size() - kShownItems) + " more");
  for (const auto& note : feed.notes) {
    std::string found = pretty({path, note.at, note.level, note.code, note.message}, "");
    found.pop_back();
    put(found);
  }
}

/// Why the documents cannot be read in the way that was asked for.
struct Refusal {
  int exit_code = kUsage;
  std::string words;
};

Refusal unknown_name(const std::string& what, const std::string& name, const std::vector<std::string>& known) {
  const std::string near = nearest(name, known);
  return {kUsage,
          "tocsin: there is no " + what + " \"" + one_line(name) + "\"" +
              (near.empty() ? "; see " + std::string(what == "feed" ? "tocsin feeds list --all" : join(known, ", "))
                            : "; did you mean \"" + near + "\"?") +
              "\n"};
}

/// The feed of that name in the configuration. Its own faults alone matter here.
tl::expected<Feed, Refusal> configured_feed(const ParseOptions& options) {
  const LoadedSettings loaded = load_settings(options.config, data_dir());
  Diagnostics findings = loaded.findings;
  std::vector<std::string> names;
  for (const auto* feeds : {&loaded.settings.feeds, &loaded.settings.idle_feeds})
    for (const Feed& feed : *feeds) {
      names.push_back(feed.id);
      if (feed.id != options.feed) continue;
      if (feed.mapping) check_mapping(*feed.mapping, loaded.mapping_places.at(feed.id), findings);
      if (!findings.has_errors()) return feed;
    }
  if (findings.has_errors())
    return tl::unexpected(Refusal{kBadConfiguration, pretty_findings(findings, loaded.sources)});
  return tl::unexpected(unknown_name("feed", options.feed, names));
}

tl::expected<Feed, Refusal> preset_feed(const std::string& name) {
  std::vector<std::string> names;
  for (const MappingPreset& preset : mapping_presets()) names.emplace_back(preset.name);
  if (std::find(names.begin(), names.end(), name) == names.end())
    return tl::unexpected(unknown_name("mapping", name, names));
  auto mapping = std::make_shared<Mapping>();
  mapping->preset = name;
  Feed feed;
  feed.mapping = std::move(mapping);
  return feed;
}

tl::expected<Feed, Refusal> feed_of(const ParseOptions& options) {
  if (!options.feed.empty()) return configured_feed(options);
  return options.mapping.empty() ? tl::expected<Feed, Refusal>(Feed{}) : preset_feed(options.mapping);
}
}  // namespace

int parse_command(const ParseOptions& options) {
  const auto source = feed_of(options);
  if (!source) {
    std::fputs(source.error().words.c_str(), stderr);
    return source.error().exit_code;
  }
  bool all_feeds = true;
  for (const auto& path : options.files) {
    const auto feed = parse_file(path, *source);
    all_feeds = all_feeds && !feed.format.empty();
    if (options.json)
      put(to_json(feed));
    else
      print_summary(path, feed);
  }
  return all_feeds ? 0 : 1;
}

}  // namespace tocsin
