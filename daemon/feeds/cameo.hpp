// CAMEO event codes in words ("CAMEO Conflict and Mediation Event Observations codebook", 1.1b3; used by GDELT). For
// the mapped sources in feeds/.
#pragma once
#include <string>
#include <string_view>

namespace tocsin {

/// A noun phrase for the code, else for its base (three digits), else for its root (two digits); "event 999" when even
/// that is unknown. A lost leading zero ("43" for "043") is not guessed.
std::string cameo_words(std::string_view code);

}  // namespace tocsin
