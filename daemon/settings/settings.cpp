#include "settings/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <span>

#include "settings/documents.hpp"
#include "settings/inbound_reader.hpp"
#include "settings/organisation_reader.hpp"
#include "settings/rows.hpp"

namespace tocsin {

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kSectionNames{"rules",    "lists",  "feeds", "inbound", "recipients",
                                             "channels", "assets", "roads", "zones"};

class Load {
 public:
  Load(const std::string& path, const std::string& data_dir)
      : data_dir_(data_dir), documents_(out_.sources, out_.findings) {
    file_ = !path.empty() ? fs::path(path).lexically_normal().string()
                          : (fs::path(data_dir) / "config" / "tocsin.yaml").lexically_normal().string();
    root_.at = {1, 1};
    std::error_code error;
    if (path.empty() && !fs::exists(file_, error)) return;  // everything has a default
    if (const YamlNode* tree = documents_.open(file_, file_, {1, 1}); tree && tree->kind != YamlNode::Kind::nothing)
      root_ = *tree;
  }

  LoadedSettings run() {
    if (root_.kind != YamlNode::Kind::nothing && expect_mapping(file_, root_, "the configuration", out_.findings))
      read_fields<Settings>(file_, root_, root_.at, kSettingsRows, out_.settings, out_.findings, kSectionNames);
    out_.options = {file_, root_.at, {}, {}};
    for (const auto& entry : root_.entries()) out_.options.values.emplace(entry.key.text, entry.value.at);
    store();
    rules();
    if (const auto* lists = root_.find("lists")) read_lists(file_, *lists, out_);
    feeds();
    inbound();
    organisation();
    out_.findings.sort();
    return std::move(out_);
  }

 private:
  void store() {
    auto& store = out_.settings.store;
    std::error_code error;
    const char* state = std::getenv("STATE_DIRECTORY");
    if (!store.empty())
      store = path_beside(file_, store);
    else if (state && *state)
      store = std::string(state) + "/tocsin.sqlite";
    else if (!data_dir_.empty() && fs::exists(fs::path(data_dir_) / "CMakeLists.txt", error))
      store = (fs::path(data_dir_) / "var" / "tocsin.sqlite").lexically_normal().string();
    else
      store = "/var/lib/tocsin/tocsin.sqlite";
  }

  void rules() {
    if (out_.settings.shipped_rules && !data_dir_.empty())
      for (const auto& file : yaml_files((fs::path(data_dir_) / "rules").lexically_normal().string()))
        out_.settings.rules.push_back({file, 0});
    const auto* value = root_.find("rules");
    std::vector<std::string> paths;
    if (!value || !read(Field{file_, "rules", *value, Meaning::path, {}, {}, out_.findings}, paths)) return;
    const auto place = [&](std::size_t i) { return value->is_sequence() ? value->items()[i].at : value->at; };
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const auto files = yaml_files(out_.settings.rule_places.emplace_back(path_beside(file_, paths[i])));
      if (files.empty())
        out_.findings.error(
            file_, place(i), "S001",
            "there is no file \"" + path_beside(file_, paths[i]) + "\", and no *.yaml in a folder of this name");
      for (const auto& file : files) add_rules(file);
    }
  }

  /// The admin may name a shipped file or folder too; it then counts once, as the admin's.
  void add_rules(const std::string& file) {
    auto& rules = out_.settings.rules;
    std::erase_if(rules, [&](const RulePath& r) {
      std::error_code error;
      return fs::equivalent(r.path, file, error);
    });
    rules.push_back({file, 1});
  }

  std::vector<Entry> entries(const std::string& section) {
    const auto* value = root_.find(section);
    return value ? documents_.section(file_, *value, section) : std::vector<Entry>{};
  }

  void feeds() {
    auto given = entries("feeds");
    documents_.add_folder(path_beside(file_, kFeedsFolder), "feeds", given);
    const std::size_t own = given.size();
    for (const auto& shipped : shipped_feeds())
      if (!has_name(std::span(given).first(own), shipped.name->text)) given.push_back(shipped);  // else replaced
    read_feeds(given, out_);
    std::vector<std::string> names;
    for (const auto& entry : given) names.push_back(entry.name->text);
    for (const auto* key : {"feeds_off", "feeds_on"})
      if (const auto* wish = root_.find(key)) report_unknown(*wish, names, "feed");
  }

  static bool has_name(std::span<const Entry> entries, std::string_view name) {
    return std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return e.name->text == name; });
  }

  std::vector<Entry> shipped_feeds() {
    const auto* wish = root_.find("shipped_feeds");
    std::vector<Entry> out;
    if (data_dir_.empty() || (!wish && root_.find("feeds"))) return out;
    std::vector<std::string> regions;
    for (const auto& file : yaml_files((fs::path(data_dir_) / "config" / "feeds").lexically_normal().string())) {
      regions.push_back(fs::path(file).stem().string());
      const auto& wanted = out_.settings.shipped_feeds;
      if (wish && std::find(wanted.begin(), wanted.end(), regions.back()) == wanted.end()) continue;
      const auto entries = documents_.section_of_file(file, "feeds");
      out.insert(out.end(), entries.begin(), entries.end());
    }
    if (wish) report_unknown(*wish, regions, "region");
    return out;
  }

  void report_unknown(const YamlNode& words, const std::vector<std::string>& known, const std::string& what) {
    for (const YamlNode& word : words.is_scalar() ? std::span(&words, 1) : words.items())
      if (word.is_scalar() && std::find(known.begin(), known.end(), word.text) == known.end())
        out_.findings.error(file_, word.at, "S006",
                            "there is no " + what + " \"" + word.text + "\"" + hint(word.text, known));
  }

  void inbound() {
    const auto* section = root_.find("inbound");
    if (!section) return;
    const auto* senders = section->find("senders");
    read_inbound(file_, *section, senders ? documents_.section(file_, *senders, "senders") : std::vector<Entry>{},
                 out_);
  }

  void organisation() {
    if (!root_.find("recipients") && !root_.find("channels")) {
      out_.settings.organisation.channels = {{"screen", "terminal", {}, {}}};
      out_.settings.organisation.recipients = {{"duty-officer", "Duty officer", "en", true, {"screen"}, ""}};
    }
    read_channels(entries("channels"), out_);
    read_recipients(entries("recipients"), out_);
    read_assets(entries("assets"), out_);
    read_roads(entries("roads"), out_);
    read_zones(entries("zones"), out_);
    if (!has_syntax_error()) check_together(out_, file_);
  }

  /// What follows from half a file would be noise.
  [[nodiscard]] bool has_syntax_error() const {
    const auto& all = out_.findings.all();
    return std::any_of(all.begin(), all.end(),
                       [](const auto& d) { return d.code.starts_with("Y") || d.code == "S001"; });
  }

  std::string data_dir_;
  LoadedSettings out_;
  Documents documents_;
  std::string file_;
  YamlNode root_;
};

}  // namespace

LoadedSettings load_settings(const std::string& path, const std::string& data_dir) {
  return Load(path, data_dir).run();
}

}  // namespace tocsin
