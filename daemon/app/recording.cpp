#include "app/recording.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "app/console.hpp"
#include "base/text.hpp"
#include "feeds/mapping.hpp"
#include "feeds/parse.hpp"

namespace tocsin {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string text_of(const json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::vector<std::string> words_of(const json& object, const char* key) {
  std::vector<std::string> words;
  if (const auto it = object.find(key); it != object.end() && it->is_array())
    for (const auto& word : *it)
      if (word.is_string()) words.push_back(word.get<std::string>());
  return words;
}

Feed feed_of(const json& series) {
  Feed feed;
  const json none = json::object();
  const auto it = series.find("feed");
  const json& about = it != series.end() && it->is_object() ? *it : none;
  feed.id = text_of(about, "id");
  if (feed.id.empty()) feed.id = text_of(series, "series");
  feed.url = text_of(about, "url");
  feed.language = text_of(about, "language");
  feed.publisher = text_of(about, "publisher");
  feed.owner = text_of(about, "owner");
  feed.countries = words_of(about, "countries");
  feed.tags = words_of(about, "tags");
  const std::string letter = text_of(about, "reliability");
  if (letter.size() == 1 && letter[0] >= 'A' && letter[0] <= 'F') feed.reliability = letter[0];
  return feed;
}

Result<void> add_series(Recording& out, const fs::path& file, const json& series) {
  const auto files = series.find("files");
  if (!series.is_object() || files == series.end() || !files->is_array())
    return failure(file.string() + ": a series needs a list \"files\" of {\"path\", \"observed_at\"}");
  out.feeds.push_back(feed_of(series));
  if (out.feeds.back().id.empty()) out.feeds.back().id = file.stem().string();
  for (const json& entry : *files) {
    const std::string path = entry.is_object() ? text_of(entry, "path") : "";
    const auto at = entry.is_object() ? parse_rfc3339(text_of(entry, "observed_at")) : std::nullopt;
    if (path.empty() || !at)
      return failure(file.string() + ": an entry of \"files\" needs \"path\" and an RFC 3339 \"observed_at\": " +
                     one_line(entry.dump(-1, ' ', true, json::error_handler_t::replace).substr(0, 200)));
    out.documents.push_back({out.feeds.size() - 1, (file.parent_path() / path).string(), *at});
  }
  return {};
}

Result<void> add_series_file(Recording& out, const std::string& path) {
  const auto text = read_input(path);
  if (!text) return tl::unexpected(text.error());
  const json parsed = json::parse(*text, nullptr, false);
  if (parsed.is_discarded()) return failure(path + " is not JSON: a series file or a folder of documents is wanted");
  if (!parsed.is_array()) return add_series(out, path, parsed);
  for (const json& series : parsed)
    if (auto added = add_series(out, path, series); !added) return added;
  return {};
}

/// "000-20260813T042436.xml"
std::optional<Millis> stamp_in(const std::string& name) {
  for (std::size_t i = 0; i + 15 <= name.size(); ++i) {
    const std::string s = name.substr(i, 15);
    if (s[8] != 'T') continue;
    const std::string spelled = s.substr(0, 4) + "-" + s.substr(4, 2) + "-" + s.substr(6, 2) + "T" + s.substr(9, 2) +
                                ":" + s.substr(11, 2) + ":" + s.substr(13, 2) + "Z";
    if (const auto at = parse_rfc3339(spelled)) return at;
  }
  return std::nullopt;
}

std::optional<Millis> newest_item(const ParsedFeed& parsed) {
  std::optional<Millis> newest;
  for (const Item& item : parsed.items)
    if (item.published && (!newest || *item.published > *newest)) newest = item.published;
  return newest;
}

Millis file_time(const fs::path& path) {
  std::error_code ec;
  const auto when = fs::last_write_time(path, ec);
  if (ec) return 0;
  const auto since = std::chrono::file_clock::to_sys(when).time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

std::string file_stem(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.substr(0, name.find('.'));
}

/// The one whose name is that of the file, up to a stamp, or of a folder around it.
const Feed* feed_named(const fs::path& file, std::span<const Feed> known) {
  const std::string stem = file_stem(file);
  const Feed* best = nullptr;  // "rfi-afrique-2024..." is of rfi-afrique, not of rfi
  for (const Feed& feed : known) {
    const bool of_file =
        stem.starts_with(feed.id) && (stem.size() == feed.id.size() || stamp_in(stem.substr(feed.id.size())));
    if (file.parent_path().filename() == feed.id) return &feed;
    if (of_file && (!best || feed.id.size() > best->id.size())) best = &feed;
  }
  return best;
}

/// The feeds of one folder, told apart by what their documents say.
class Folder {
 public:
  Folder(Recording& out, fs::path path, std::span<const Feed> known)
      : out_(out), path_(std::move(path)), known_(known) {}

  Result<void> add(const fs::path& file) {
    const auto bytes = read_input(file.string());
    if (!bytes) return tl::unexpected(bytes.error());
    const Feed* named = feed_named(file, known_);
    Feed feed = named ? *named : Feed{};
    ParsedFeed parsed = parse_feed(*bytes, {feed.url, "", 0, feed.mapping.get()});
    if (!named && parsed.format.empty() && (feed.mapping = shipped_mapping_for(*bytes)))
      parsed = parse_feed(*bytes, {"", "", 0, feed.mapping.get()});
    if (!named) describe(feed, parsed, file);
    const auto [at, is_first] = numbers_.try_emplace(feed.id, out_.feeds.size());
    if (is_first) out_.feeds.push_back(std::move(feed));
    auto when = stamp_in(file.filename().string());
    if (!when) when = newest_item(parsed);
    out_.documents.push_back({at->second, file.string(), when.value_or(file_time(file))});
    return {};
  }

 private:
  /// A document without link and title is a version of the feed of its folder; one of a mapping, of that of its
  /// mapping.
  void describe(Feed& feed, const ParsedFeed& parsed, const fs::path& file) const {
    feed.id = !parsed.link.empty() ? parsed.link : !parsed.title.empty() ? parsed.title : path_.string();
    if (feed.mapping && parsed.title.empty()) feed.id = file.parent_path().string() + " (" + feed.mapping->preset + ")";
    feed.title = parsed.title;
    feed.language = parsed.language;
  }

  Recording& out_;
  fs::path path_;
  std::span<const Feed> known_;
  std::map<std::string, std::size_t> numbers_;  // of the feeds, by id
};

Result<void> add_folder(Recording& out, const fs::path& path, std::span<const Feed> known) {
  std::vector<fs::path> files;
  std::error_code ec;
  for (const auto& entry : fs::recursive_directory_iterator(path, ec))
    if (entry.is_regular_file()) files.push_back(entry.path());
  if (ec || files.empty()) return failure(path.string() + ": no documents in this folder");
  std::sort(files.begin(), files.end());
  Folder folder(out, path, known);
  for (const auto& file : files)
    if (auto added = folder.add(file); !added) return added;
  return {};
}

}  // namespace

Result<Recording> read_recording(const std::vector<std::string>& paths, std::span<const Feed> known) {
  Recording recording;
  for (const auto& path : paths) {
    std::error_code ec;
    const auto added =
        fs::is_directory(path, ec) ? add_folder(recording, path, known) : add_series_file(recording, path);
    if (!added) return tl::unexpected(added.error());
  }
  std::stable_sort(recording.documents.begin(), recording.documents.end(),
                   [](const Recorded& a, const Recorded& b) { return a.observed_at < b.observed_at; });
  return recording;
}

}  // namespace tocsin
