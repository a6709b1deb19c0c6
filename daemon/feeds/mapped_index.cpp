#include "feeds/mapped_index.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "feeds/mapping.hpp"
#include "feeds/urls.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLongestAddress = 2000, kMostWords = 100'000;  // from the end: what is newest stands there
constexpr std::string_view kAround = " \t\r\n\f\"'<>";               // of an address: white space, quotes, tags

/// Backtracks to the last "*" alone, so that a pattern of many costs at most the product of the lengths.
bool fits(std::string_view text, std::string_view pattern) {
  std::size_t t = 0, p = 0, star = kNone, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != kNone) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == kNone;
}

/// "https:\/\/x.example" as JSON may write it.
std::string without_escapes(std::string_view address) {
  std::string out(address);
  std::erase(out, '\\');
  return out;
}
/// The port of http said aloud would stay where the one of https belongs.
std::string over_tls(std::string address) {
  const auto host_end = std::min(address.find_first_of("/?#", 7), address.size());
  if (address.substr(0, host_end).ends_with(":80")) address.erase(host_end - 3, 3);
  return address.insert(4, "s");
}
}  // namespace

std::string index_pattern(const Mapping& mapping) {
  if (!mapping.index.empty()) return mapping.index;
  for (const MappingPreset& preset : mapping_presets())
    if (preset.name == mapping.preset) return preset.mapping().index;
  return {};
}

std::string indexed_address(std::string_view index, std::string_view pattern, std::string_view base) {
  std::size_t end = index.size();
  for (std::size_t words = 0; end > 0 && words < kMostWords; ++words) {
    const auto before = index.find_last_of(kAround, end - 1);
    const auto begin = before == kNone ? 0 : before + 1;
    const auto word = index.substr(begin, end - begin);
    if (!word.empty() && word.size() <= kLongestAddress) {
      std::string address = resolve_url(base, without_escapes(word));
      if (is_web_address(address) && fits(address, pattern)) {
        return base.starts_with("https://") && address.starts_with("http://") ? over_tls(std::move(address)) : address;
      }
    }
    end = before == kNone ? 0 : before;
  }
  return {};
}

}  // namespace tocsin
