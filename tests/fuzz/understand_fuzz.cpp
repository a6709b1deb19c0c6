// Any bytes as title and text: no crash, offsets inside the text. The image is found through TOCSIN_DATA.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.hpp"
#include "understand/understander.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  static const auto understander = [] {
    const char* folder = std::getenv("TOCSIN_DATA");
    return Understander::open(std::string(folder ? folder : ".") + "/tocsin.image");
  }();
  if (!understander || size < 2) return 0;
  constexpr const char* kLanguages[] = {"en", "fr", "ar", "es", "pt", "sw", "ha", "so", ""};
  const std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t cut = size > 2 ? data[1] % (bytes.size() + 1) : 0;
  Item item;
  item.language = kLanguages[data[0] % 9];
  item.title = bytes.substr(0, cut);
  item.text = bytes.substr(cut);
  item.published = 1726531200000 + static_cast<Millis>(data[0]) * kDay;
  const auto u = understander->understand(item, {});
  const std::size_t most = count_code_points(item.title) + 1 + count_code_points(item.text);
  for (const Report& r : u.reports)
    for (const Evidence& e : r.evidence)
      if (e.start > e.end || e.end > most) std::abort();
  return 0;
}
