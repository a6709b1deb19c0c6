// Any bytes as what a server says about its document, a line each: headers and addresses. Spans are never negative, and
// an address that was made absolute stays as it is.
#include <cstdlib>

#include "base/text.hpp"
#include "feeds/schedule.hpp"
#include "feeds/urls.hpp"

namespace {
void check_address(std::string_view base, std::string_view reference) {
  const std::string absolute = tocsin::resolve_url(base, reference);
  if (tocsin::is_web_address(absolute) && tocsin::resolve_url("https://x.example/", absolute) != absolute) std::abort();
  const std::string host = tocsin::host_of(absolute);
  if (host != tocsin::lower_ascii(host)) std::abort();
  (void)tocsin::canonical_link(reference);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  constexpr tocsin::Millis kNow = 1726549800000;
  const auto lines = tocsin::split({reinterpret_cast<const char*>(bytes), size}, '\n');
  tocsin::Headers headers;
  for (const auto line : lines) {
    if (const auto colon = line.find(':'); colon != std::string_view::npos)
      headers.emplace(tocsin::lower_ascii(line.substr(0, colon)), tocsin::trim(line.substr(colon + 1)));
    check_address(lines.front(), line);
  }
  if (const auto wait = tocsin::retry_after(headers, kNow); wait && *wait < 0) std::abort();
  if (const auto fresh = tocsin::cache_lifetime(headers, kNow); fresh && *fresh < 0) std::abort();
  return 0;
}
