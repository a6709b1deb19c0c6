// The sections of the configuration that hold named things: feeds, recipients, channels, assets, roads, zones, lists.
// For settings.cpp only.
#pragma once
#include "settings/documents.hpp"
#include "settings/settings.hpp"

namespace tocsin {

/// Each reads the entries of its section into `out.settings`; findings go to `out.findings`.
void read_feeds(const std::vector<Entry>& entries, LoadedSettings& out);
void read_recipients(const std::vector<Entry>& entries, LoadedSettings& out);
void read_channels(const std::vector<Entry>& entries, LoadedSettings& out);
void read_assets(const std::vector<Entry>& entries, LoadedSettings& out);
void read_roads(const std::vector<Entry>& entries, LoadedSettings& out);
void read_zones(const std::vector<Entry>& entries, LoadedSettings& out);
void read_lists(std::string_view file, const YamlNode& value, LoadedSettings& out);

/// What no single section can tell: channels that nobody has, recipients without a way, nobody on duty, one address
/// twice.
void check_together(LoadedSettings& out, std::string_view file);

}  // namespace tocsin
