#include "channels/words.hpp"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {
constexpr std::array kWordings{&kEnglish, &kFrench};
}

const Wording& wording(std::string_view language) {
  const auto it =
      std::find_if(kWordings.begin(), kWordings.end(), [&](const auto* w) { return language.starts_with(w->code); });
  return it == kWordings.end() ? kEnglish : **it;
}

}  // namespace tocsin
