#include "base/lean_text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

namespace tocsin {

namespace {
using Length = std::uint32_t;
}

std::string_view LeanText::view() const {
  if (!block_) return {};
  Length length = 0;
  std::memcpy(&length, block_.get(), sizeof length);
  return {block_.get() + sizeof length, length};
}

std::unique_ptr<char[]> LeanText::copied(std::string_view text) {
  if (text.empty()) return nullptr;
  const auto length = static_cast<Length>(std::min<std::size_t>(text.size(), std::numeric_limits<Length>::max()));
  std::unique_ptr<char[]> block(new char[sizeof length + length]);
  std::memcpy(block.get(), &length, sizeof length);
  std::memcpy(block.get() + sizeof length, text.data(), length);
  return block;
}

}  // namespace tocsin
