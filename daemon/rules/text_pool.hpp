// Many short texts side by side in one block: one byte of overhead each instead of thirty-two. Used by the rooms that
// keep rules packed.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin {

/// Where a text begins in its pool.
using TextId = std::uint32_t;

class TextPool {
 public:
  /// Texts that are put one after the other can be read one after the other. Up to four gigabytes in all.
  TextId put(std::string_view text);
  /// Where the next text will begin.
  [[nodiscard]] TextId end() const { return static_cast<TextId>(bytes_.size()); }
  [[nodiscard]] std::string_view at(TextId id) const { return next(id); }
  /// The text at `id`, which moves to the one behind it.
  std::string_view next(TextId& id) const;
  void shrink() { bytes_.shrink_to_fit(); }

 private:
  std::string bytes_;  // of each text its length, seven bits a byte, the lowest first, then the text
};

}  // namespace tocsin
