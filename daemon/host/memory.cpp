#include "host/memory.hpp"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tocsin {

void return_large_blocks() {
#ifdef __GLIBC__
  constexpr int kLarge = 512 << 10, kKept = 1 << 20;  // bytes; most feeds are smaller, and their pages are kept
  mallopt(M_MMAP_THRESHOLD, kLarge);
  mallopt(M_TRIM_THRESHOLD, kKept);
#endif
}

}  // namespace tocsin
