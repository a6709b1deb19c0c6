// Hashes: a fast one for tables and fingerprints, a strong one for signatures. Anybody may call.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin {

/// FNV-1a, 64 bits: stable over versions and machines, so it may be stored. Not for adversaries.
constexpr std::uint64_t fnv1a(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325ULL) {
  for (const char c : bytes) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return seed;
}
/// Sixteen lower-case hexadecimal digits.
std::string hex64(std::uint64_t value);
/// FIPS 180-4, as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);
/// RFC 2104 with SHA-256, as 64 lower-case hexadecimal digits.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

}  // namespace tocsin
