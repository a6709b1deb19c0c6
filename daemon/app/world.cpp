#include "app/world.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/console.hpp"
#include "app/data_dir.hpp"
#include "app/options.hpp"
#include "channels/registry.hpp"
#include "feeds/mapping.hpp"
#include "settings/documents.hpp"
#include "understand/image.hpp"

namespace tocsin {

namespace {

/// Actors and regions as the phrase image knows them: the rules may name exactly what can be understood.
void add_vocabulary(RuleWorld& names, const Image& image) {
  for (const ActorRow& a : image.actors) names.actors.emplace(image.string(a.id), static_cast<ActorGroup>(a.group));
  for (const RegionRow& r : image.regions)
    if (const auto code = image.string(r.code); !code.empty()) names.regions.emplace(code, image.string(r.name));
}

RuleWorld names_of(const Settings& settings, const Image& image) {
  RuleWorld names;
  names.organisation = settings.organisation;
  names.lists = settings.lists;
  for (const Feed& feed : settings.feeds) {
    names.feeds.push_back(feed.id);
    names.feed_tags.insert(names.feed_tags.end(), feed.tags.begin(), feed.tags.end());
  }
  for (const Sender& sender : settings.inbound.senders) {
    names.feeds.push_back(sender.id);
    names.feed_tags.insert(names.feed_tags.end(), sender.tags.begin(), sender.tags.end());
  }
  add_vocabulary(names, image);
  return names;
}

void check_channels(const LoadedSettings& loaded, Diagnostics& findings) {
  const Organisation& org = loaded.settings.organisation;
  const auto places_of = [](const auto& table, const std::string& name) {
    const auto it = table.find(name);
    return it == table.end() ? Places{} : it->second;
  };
  for (const Channel& c : org.channels) check_channel(c, places_of(loaded.channel_places, c.name), findings);
  for (const Recipient& r : org.recipients)
    for (const Channel& c : org.channels)
      if (std::find(r.channels.begin(), r.channels.end(), c.name) != r.channels.end())
        check_route(r, c, places_of(loaded.recipient_places, r.id), findings);
}

void check_mappings(const LoadedSettings& loaded, Diagnostics& findings) {
  for (const auto* feeds : {&loaded.settings.feeds, &loaded.settings.idle_feeds})
    for (const Feed& feed : *feeds)
      if (const auto places = loaded.mapping_places.find(feed.id);
          feed.mapping && places != loaded.mapping_places.end())
        check_mapping(*feed.mapping, places->second, findings);
}

/// Without its rules a daemon would run, look well, and never warn.
void check_shipped_rules(const Settings& settings, Diagnostics& findings) {
  const auto is_shipped = [](const RulePath& rule) { return rule.layer == 0; };
  if (!settings.shipped_rules || std::any_of(settings.rules.begin(), settings.rules.end(), is_shipped)) return;
  findings.error(
      (std::filesystem::path(data_dir()) / "rules").string(), {}, "S001",
      "the shipped rules are not here; name the folder that holds rules/ and config/ in TOCSIN_DATA, or write "
      "shipped_rules: no");
}

/// What was left out on purpose is the admin's choice, and the watch over the feeds needs no rule: a warning.
void check_rules_in_force(const RuleSet& rules, const Places& options, Diagnostics& findings) {
  const auto all = rules.all();
  if (findings.has_errors() || std::any_of(all.begin(), all.end(), [](const Rule& r) { return r.enabled; })) return;
  findings.warning(
      options.file, options.value("shipped_rules"), "S016",
      "no rule is in force, so nothing that happens will be told; name rule files of yours in \"rules\", or "
      "leave out \"shipped_rules: no\"");
}

class RuleFiles {
 public:
  RuleFiles(std::map<std::string, std::string>& sources, Diagnostics& findings)
      : sources_(sources), findings_(findings) {}

  void add(const std::string& path, int layer, bool names_only) {
    auto text = read_text_file(path);
    if (!text) return findings_.error(path, {1, 1}, "S001", "cannot read it: " + text.error().message);
    files.push_back({path, *text, layer, names_only});
    sources_.insert_or_assign(path, std::move(*text));
  }

  std::vector<RuleFile> files;

 private:
  std::map<std::string, std::string>& sources_;
  Diagnostics& findings_;
};

std::vector<RuleFile> rule_files(const Settings& settings, const std::vector<std::string>& given, LoadedWorld& loaded) {
  RuleFiles files(loaded.sources, loaded.findings);
  for (const RulePath& r : settings.rules) files.add(r.path, r.layer, !given.empty());
  for (const std::string& path : given) {
    const auto found = yaml_files(path);
    if (found.empty()) loaded.findings.error(path, {1, 1}, "S001", "there is no rule file here");
    for (const auto& file : found) files.add(file, 2, false);
  }
  return std::move(files.files);
}

}  // namespace

LoadedWorld load_world(const std::string& config, const std::vector<std::string>& rule_paths) {
  LoadedWorld loaded;
  LoadedSettings settings = load_settings(config, data_dir());
  loaded.findings = settings.findings;
  loaded.sources = settings.sources;
  check_channels(settings, loaded.findings);
  check_mappings(settings, loaded.findings);
  check_shipped_rules(settings.settings, loaded.findings);

  const std::string path = image_path();
  auto image = Image::open(path);
  auto understander = Understander::open(path);
  if (!image || !understander) {
    const std::string reason = !image ? image.error().message : understander.error().message;
    loaded.findings.error(path, {}, "S001", reason + " (./dev build makes it; TOCSIN_DATA names its folder)");
    return loaded;
  }
  const auto files = rule_files(settings.settings, rule_paths, loaded);
  LoadedRules rules = load_rules(files, names_of(settings.settings, *image));
  loaded.findings.append(rules.findings);
  for (const Rule& r : rules.rules.all())
    check_marking(settings.settings.organisation, r.notify, r.tlp, r.file, r.at, loaded.findings);
  check_rules_in_force(rules.rules, settings.options, loaded.findings);
  loaded.findings.sort();
  loaded.world.emplace(World{std::move(settings.settings), std::move(*understander), std::move(rules.rules)});
  return loaded;
}

int complain_bad_configuration(const LoadedWorld& loaded) {
  const std::string text = pretty_findings(loaded.findings, loaded.sources);
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fprintf(stderr, "tocsin: the configuration has %zu error(s); nothing was started\n", loaded.findings.errors());
  return kBadConfiguration;
}

}  // namespace tocsin
