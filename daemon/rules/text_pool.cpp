#include "rules/text_pool.hpp"

namespace tocsin {

TextId TextPool::put(std::string_view text) {
  const TextId id = end();
  std::size_t length = text.size();
  for (; length >= 0x80; length >>= 7) bytes_ += static_cast<char>(length | 0x80);
  bytes_ += static_cast<char>(length);
  bytes_ += text;
  return id;
}

std::string_view TextPool::next(TextId& id) const {
  std::size_t length = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes_[id++]);
    length |= static_cast<std::size_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  const std::string_view text(bytes_.data() + id, length);
  id += static_cast<TextId>(length);
  return text;
}

}  // namespace tocsin
