// What is asked of an IMAP server and read from its lines. net/ only. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace tocsin {

/// "UID SEARCH UID 46:* SINCE 10-Nov-2026"; `since` 0 = without a day.
std::string search_command(std::uint32_t after, Millis since);
/// The numbers of all "* SEARCH 4 8" lines above `after`, ascending, each once: "46:*" always names the last mail too.
std::vector<std::uint32_t> search_results(std::string_view lines, std::uint32_t after);
/// Of "* OK [UIDVALIDITY 1700000000] ...".
std::optional<std::uint32_t> uid_validity(std::string_view line);

}  // namespace tocsin
