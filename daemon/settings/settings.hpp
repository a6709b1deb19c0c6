// The configuration of one Tocsin: tocsin.yaml with everything that it names, read and checked in one run. Only app/
// calls this. What each key means stands in its row (settings/rows.hpp) and in docs/configuration.md.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/time.hpp"
#include "model/feed.hpp"
#include "model/inbound.hpp"
#include "model/organisation.hpp"

namespace tocsin {

/// A rule file. Names of a higher layer replace those of a lower one: 0 the shipped rules, 1 the admin's.
struct RulePath {
  std::string path;
  int layer = 0;
};

struct Settings {
  std::string store;                     // the SQLite file
  std::string log = "info";              // debug | info | warning | error
  std::string contact;                   // who answers for the polling: an address in the User-Agent
  Millis keep = 90 * kDay;               // history is forgotten after this
  Millis blind_after = kHour;            // all feeds of a country failing for so long
  Millis poll_interval = 5 * kMinute;    // of feeds that say nothing else
  Millis poll_timeout = kMinute;         // for one whole fetch
  std::int64_t poll_max_size = 8 << 20;  // bytes of one document, unpacked
  std::int64_t polls_at_once = 16;
  std::int64_t poll_budget = 0;  // bytes on the wire in a UTC day, 0 = no bound
  std::string poll_proxy;        // of feeds on the Internet that name none
  bool shipped_rules = true;
  std::vector<std::string> shipped_feeds;                 // files of the data folder's config/feeds, without .yaml
  std::vector<std::string> feeds_off;                     // ids of feeds that are read from files and not wanted
  std::vector<std::string> feeds_on;                      // ids of feeds that are wanted although not enabled
  std::vector<RulePath> rules;                            // files, in the order of loading
  std::vector<std::string> rule_places;                   // files and folders as the configuration names them
  std::map<std::string, std::vector<std::string>> lists;  // they replace lists of rule files
  std::vector<Feed> feeds;
  std::vector<Feed> idle_feeds;  // known, but switched off: for lists of what there is
  Inbound inbound;               // reports of people
  Organisation organisation;
};

struct LoadedSettings {
  Settings settings;  // what could be read; to be used only when the findings hold no error
  Diagnostics findings;
  std::map<std::string, std::string> sources;                      // file -> text, for pretty()
  std::map<std::string, Places> channel_places, recipient_places;  // by name, for channels/registry.hpp to check
  std::map<std::string, Places>
      mapping_places;  // of a feed's mapping, by the feed's name, for feeds/mapping.hpp to check
  Places options;      // the keys of the configuration file itself
};

/// Reads `path`, "" for the shipped one of `data_dir`, and all files that it names. What is not given has its default:
/// the shipped rules and feeds, one recipient on duty at the terminal, the store under $STATE_DIRECTORY, else beside a
/// checkout, else in /var/lib/tocsin. Secrets are read from their files; relative ones are looked for beside the file
/// that names them, then under $CREDENTIALS_DIRECTORY.
LoadedSettings load_settings(const std::string& path, const std::string& data_dir);

/// Beside the configuration: feed files in it are read although no line names them. `tocsin feeds add` writes there.
inline constexpr std::string_view kFeedsFolder = "feeds.d";

/// The *.yaml files of a folder, sorted, or the file itself. Empty when there is nothing.
std::vector<std::string> yaml_files(const std::string& path);

}  // namespace tocsin
