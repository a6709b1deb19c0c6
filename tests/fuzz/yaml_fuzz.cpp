// Any bytes as a YAML file: no crash, and every character of every scalar leads back to where it was written.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "settings/yaml_places.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  tocsin::Diagnostics findings;
  const auto tree = tocsin::parse_yaml("fuzz.yaml", text, findings);
  const auto& all = findings.all();
  const bool decorated =
      std::any_of(all.begin(), all.end(), [](const auto& d) { return d.code == "Y005" || d.code == "Y006"; });
  if (!decorated && size < 4096 && !wrong_place(tree, text).empty()) std::abort();
  for (const auto& finding : all) (void)tocsin::pretty(finding, text);
  return 0;
}
