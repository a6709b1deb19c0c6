// The countries of ISO 3166-1 (and XK, user-assigned). The rows are generated: packaging/gazetteer/make_countries.py.
#pragma once
#include <span>
#include <string_view>

namespace tocsin {

struct Country {
  std::string_view alpha2, alpha3;
  std::string_view en, fr;
  std::string_view fips;  // FIPS 10-4, for sources such as GDELT; "" where none
  std::string_view zone;  // main IANA time zone
};

std::span<const Country> countries();
/// nullptr when there is none. `alpha2` in capitals.
const Country* country_by_alpha2(std::string_view alpha2);

}  // namespace tocsin
