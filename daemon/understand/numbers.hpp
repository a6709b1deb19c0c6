// Quantities in the text: digits, number words of any language of the lexicon, ranges, "at least", "dozens".
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "model/report.hpp"
#include "understand/reading.hpp"

namespace tocsin {

/// Tokens [first, last) say how many, of whom, with what reserve. `first` includes the qualifier.
struct Quantity {
  std::uint32_t first = 0, last = 0;
  std::int64_t min = 0;
  std::optional<std::int64_t> max;  // only where the text gives one
  Qualifier qualifier = Qualifier::exact;
  std::optional<People> people;  // what is counted, when the words say so
  std::uint32_t people_first = 0, people_last = 0;
  bool other = false;       // "12 others", "three more"
  bool part = false;        // "including three children": part of a number given before
  bool article = false;     // "a soldier": one, said by an article or by a bare noun
  bool bare = false;        // "soldiers": more than one, nobody says how many
  bool indefinite = false;  // "dozens", "several"
};

/// All quantities that may count people, in reading order, over tokens [first, last).
std::vector<Quantity> find_quantities(const Reading& reading, std::size_t first, std::size_t last);

/// The value of a plain number at `token`, and the token after it; nullopt when there is none.
struct Number {
  std::int64_t value = 0;
  std::size_t last = 0;
  bool indefinite = false;
};
std::optional<Number> number_at(const Reading& reading, std::size_t token, std::size_t limit);

}  // namespace tocsin
