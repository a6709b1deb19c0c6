#include "understand/phrases.hpp"

#include <algorithm>
#include <cstring>

namespace tocsin {

namespace {
constexpr std::size_t kLongestPhrase = 9;  // words

const TrieStep* find(const Image& image, std::uint64_t key) {
  const std::size_t mask = image.trie.size() - 1;
  for (std::size_t i = key & mask;; i = (i + 1) & mask) {
    const TrieStep& step = image.trie[i];
    if (step.key == key) return &step;
    if (step.key == 0) return nullptr;
  }
}

bool may_begin(const Image& image, std::uint64_t key) {
  return image.filter[(key >> 8) % image.filter.size()] >> (key & 63) & 1;
}

std::span<const Payload> payloads_at(const Image& image, std::int32_t row) {
  std::size_t end = static_cast<std::size_t>(row);
  while (!image.payloads[end].last) ++end;
  return image.payloads.subspan(static_cast<std::size_t>(row), end + 1 - static_cast<std::size_t>(row));
}

class Walk {
 public:
  Walk(const Image& image, const Tokens& tokens, std::vector<Hit>& out) : image_(image), tokens_(tokens), out_(out) {}

  void from(std::size_t first) {
    first_ = first;
    start_ = out_.size();
    begin(tokens_.word(first));
    if (tokens_[first].proclitic) begin(tokens_.bare(first));
    std::reverse(out_.begin() + static_cast<std::ptrdiff_t>(start_), out_.end());
  }

 private:
  void begin(std::string_view word) {
    const std::uint64_t key = phrase_key(kPhraseSeed, hash_word(word));
    if (!may_begin(image_, key)) return;
    const TrieStep* step = find(image_, key);
    std::size_t at = first_;
    while (step) {
      if (step->payload >= 0)
        out_.push_back({static_cast<std::uint32_t>(first_), static_cast<std::uint32_t>(at + 1 - first_),
                        payloads_at(image_, step->payload)});
      ++at;
      if (!step->longer || at >= tokens_.size() || at - first_ >= kLongestPhrase || tokens_[at].gap > Gap::comma)
        return;
      step = next(step->key, at);
    }
  }

  const TrieStep* next(std::uint64_t before, std::size_t at) const {
    if (const auto* step = find(image_, phrase_key(before, hash_word(tokens_.word(at))))) return step;
    return tokens_[at].proclitic ? find(image_, phrase_key(before, hash_word(tokens_.bare(at)))) : nullptr;
  }

  const Image& image_;
  const Tokens& tokens_;
  std::vector<Hit>& out_;
  std::size_t first_ = 0, start_ = 0;
};
}  // namespace

std::uint64_t hash_word(std::string_view word) {
  const char* p = word.data();
  std::size_t n = word.size();
  std::uint64_t h = n * 0xff51afd7ed558ccdULL;
  for (; n >= 8; p += 8, n -= 8) {
    std::uint64_t v;
    std::memcpy(&v, p, 8);
    h = mix_hash(h, v);
  }
  std::uint64_t v = 0;
  std::memcpy(&v, p, n);
  return mix_hash(h, v);
}

void find_phrases(const Image& image, const Tokens& tokens, std::vector<Hit>& out) {
  out.clear();
  if (image.trie.empty() || image.filter.empty()) return;
  Walk walk(image, tokens, out);
  for (std::size_t i = 0; i < tokens.size(); ++i) walk.from(i);
}

}  // namespace tocsin
