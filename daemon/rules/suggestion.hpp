// The end of a message about an unknown word. Used by the loader and the binder.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// `; did you mean "ML"?` for the nearest candidate; the candidates themselves when they are few and none is near; ""
/// else.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);
/// Two capitals, a hyphen and one to three capitals or digits: the form of ISO 3166-2.
bool is_region_code(std::string_view word);
/// Small letters, digits and single hyphens, beginning with a letter.
bool is_kebab_case(std::string_view word);

}  // namespace tocsin
