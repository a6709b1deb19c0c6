// Sixteen bytes at a time, in the vector extension that g++ and clang share: SSE2 and NEON registers where there are
// some, plain words elsewhere. For loops over whole documents. Anybody may call.
#pragma once
#include <cstdint>
#include <cstring>

namespace tocsin {

using Sixteen = unsigned char __attribute__((vector_size(16)));

/// The sixteen bytes from `at` on, however they are aligned.
inline Sixteen sixteen_at(const void* at) {
  Sixteen bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/// Whether a comparison, or several of them joined by | and &, holds for one of the bytes.
template <class Mask>
bool any(Mask mask) {
  static_assert(sizeof mask == 16);
  std::uint64_t halves[2];
  std::memcpy(halves, &mask, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

}  // namespace tocsin
