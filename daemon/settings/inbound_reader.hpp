// The section `inbound:`: the doors for reports of people, and who may use them. For settings.cpp only.
#pragma once
#include <string_view>

#include "base/result.hpp"
#include "settings/documents.hpp"
#include "settings/settings.hpp"

namespace tocsin {

/// Reads the section into `out.settings.inbound`. `senders` are the entries of its key of that name; the feeds must
/// have been read before, since a sender may not be called like one.
void read_inbound(std::string_view file, const YamlNode& inbound, const std::vector<Entry>& senders,
                  LoadedSettings& out);

/// "127.0.0.1:8470", "[::1]:8470", "unix:/run/tocsin/reports.sock". Names are refused: what they mean may change.
Result<ListenAddress> parse_listen(std::string_view text);

}  // namespace tocsin
