#include "model/country.hpp"

#include <algorithm>
#include <iterator>

namespace tocsin {

namespace {
// Sorted by alpha2. Names: Unicode CLDR (Unicode License V3); codes: ISO 3166-1; zones: tz database (public domain).
constexpr Country kCountries[] = {
#include "model/countries.inc"
};
}  // namespace

std::span<const Country> countries() {
  return kCountries;
}

const Country* country_by_alpha2(std::string_view alpha2) {
  const auto* it = std::lower_bound(std::begin(kCountries), std::end(kCountries), alpha2,
                                    [](const Country& c, std::string_view key) { return c.alpha2 < key; });
  return it != std::end(kCountries) && it->alpha2 == alpha2 ? it : nullptr;
}

}  // namespace tocsin
