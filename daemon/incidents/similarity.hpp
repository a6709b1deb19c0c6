// How alike two texts are, from small sketches that can be stored. For corroboration: ten reprints of one wire are one
// origin. Pure; correlation and the pipeline call it.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace tocsin {

/// A min-hash sketch (16 values) of the pairs of neighbouring folded words of title and the first 80 words of text.
/// Source: A. Broder, "On the resemblance and containment of documents", 1997.
std::vector<std::uint32_t> word_sketch(std::string_view title, std::string_view text);
/// Estimated Jaccard resemblance, 0..1; 0 when either sketch is empty.
double resemblance(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);
/// Hash of the folded words alone: the same words with other spacing, case or markup give the same print.
std::uint64_t word_print(std::string_view title, std::string_view text);

/// The agency whose words these are, from markers such as "(AFP)", "Reuters -" or "avec AFP"; "" when there are none.
std::string_view wire_marker(std::string_view title, std::string_view text);

}  // namespace tocsin
