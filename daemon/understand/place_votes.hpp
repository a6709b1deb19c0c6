// What the names, adjectives and actors of one text say about the country and the region it is about. For places.cpp
// only.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace tocsin {

/// Weights by country and by region row.
class Votes {
 public:
  void country(std::uint16_t cc, double weight) { countries_[cc] += weight; }
  void region(std::uint16_t row, double weight) { regions_[row] += weight; }

  /// 0..6: how much the text speaks of a country, against the one that it speaks of most.
  [[nodiscard]] double of_country(std::uint16_t cc) const {
    const auto it = countries_.find(cc);
    if (it == countries_.end()) return 0;
    return std::min(6.0, 2 * it->second) * (0.4 + 0.6 * it->second / most());
  }
  [[nodiscard]] double plain(std::uint16_t cc) const {
    const auto it = countries_.find(cc);
    return it == countries_.end() ? 0 : it->second;
  }
  [[nodiscard]] double of_region(std::uint16_t row) const {
    const auto it = regions_.find(row);
    return it == regions_.end() ? 0 : std::min(3.0, it->second);
  }
  [[nodiscard]] std::vector<std::pair<std::uint16_t, double>> ranked() const {
    std::vector<std::pair<std::uint16_t, double>> out(countries_.begin(), countries_.end());
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return out;
  }

 private:
  [[nodiscard]] double most() const {
    double most = 0;
    for (const auto& [cc, weight] : countries_) most = std::max(most, weight);
    return most;
  }
  std::map<std::uint16_t, double> countries_;
  std::map<std::uint16_t, double> regions_;
};

}  // namespace tocsin
