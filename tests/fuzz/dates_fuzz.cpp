// Any bytes as a date: none, or a moment that reads back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "feeds/dates.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto at = tocsin::parse_date({reinterpret_cast<const char*>(data), size});
  constexpr tocsin::Millis kYear10000 = 253402300800000, kYear0 = -62167219200000;
  if (at && *at >= kYear0 && *at < kYear10000 && tocsin::parse_date(tocsin::rfc3339(*at)) != at) std::abort();
  return 0;
}
