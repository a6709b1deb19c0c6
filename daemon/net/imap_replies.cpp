#include "net/imap_replies.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace tocsin {

namespace {
std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return value;
}
}  // namespace

std::string search_command(std::uint32_t after, Millis since) {
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::string command = "UID SEARCH UID " + std::to_string(after + std::uint64_t{1}) + ":*";
  if (since == 0) return command;
  const Civil day = civil(since);
  return command + " SINCE " + std::to_string(day.day) + "-" + kMonths[static_cast<std::size_t>(day.month - 1)] + "-" +
         std::to_string(day.year);
}

std::vector<std::uint32_t> search_results(std::string_view lines, std::uint32_t after) {
  constexpr std::string_view kBeginning = "* search";
  std::vector<std::uint32_t> uids;
  for (const auto line : split(lines, '\n')) {
    if (lower_ascii(line.substr(0, kBeginning.size())) != kBeginning) continue;
    for (const auto word : split(trim(line.substr(kBeginning.size())), ' '))
      if (const auto uid = number(word); uid && *uid > after) uids.push_back(*uid);
  }
  std::sort(uids.begin(), uids.end());
  uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
  return uids;
}

std::optional<std::uint32_t> uid_validity(std::string_view line) {
  constexpr std::string_view kKey = "[uidvalidity ";
  if (!line.starts_with("* ")) return std::nullopt;
  const auto at = lower_ascii(line).find(kKey);
  return at == std::string::npos ? std::nullopt : number(line.substr(at + kKey.size()));
}

}  // namespace tocsin
