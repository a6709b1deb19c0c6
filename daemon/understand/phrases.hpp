// The one pass over the words: every phrase of the image that occurs, in any layer (lexicon, actors, places, demonyms).
// Cost per word is one hash and one probe of a small filter, however many phrases there are.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "understand/image.hpp"
#include "understand/tokens.hpp"

namespace tocsin {

/// Tokens [first, first + count) are a phrase with these meanings.
struct Hit {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::span<const Payload> payloads;
  [[nodiscard]] std::uint32_t last() const { return first + count; }
};

/// All phrases, by first token, the longest first. A phrase never crosses a stop, a bracket, a dash or a paragraph; it
/// crosses a comma only if `Payload` readers allow it (they look at Token::gap).
void find_phrases(const Image& image, const Tokens& tokens, std::vector<Hit>& out);

/// Word and phrase hashes; the image writer and the reader share them.
std::uint64_t hash_word(std::string_view word);
constexpr std::uint64_t kPhraseSeed = 0x1234567;
constexpr std::uint64_t mix_hash(std::uint64_t h, std::uint64_t x) {
  h ^= x;
  h *= 0x9E3779B97F4A7C15ULL;
  return h ^ (h >> 29);
}
/// The trie key after one more word; never 0.
constexpr std::uint64_t phrase_key(std::uint64_t before, std::uint64_t word) {
  const std::uint64_t h = mix_hash(before, word);
  return h ? h : 1;
}

}  // namespace tocsin
