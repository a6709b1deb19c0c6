#include "understand/phrases.hpp"

#include <algorithm>
#include <cstring>

namespace tocsin {

namespace {
constexpr std::size_t kLongestPhrase = 9;  // words
constexpr std::size_t kSoon = 4;           // words ahead for which the image is fetched: it lies all over the memory

const TrieStep* find(const Image& image, std::uint64_t key) {
  const std::size_t mask = image.trie.size() - 1;
  for (std::size_t i = key & mask;; i = (i + 1) & mask) {
    const TrieStep& step = image.trie[i];
    if (step.key == key) return &step;
    if (step.key == 0) return nullptr;
  }
}

const std::uint64_t& filter_word(const Image& image, std::uint64_t key) {
  return image.filter[(key >> 8) & (image.filter.size() - 1)];
}

bool may_begin(const Image& image, std::uint64_t key) {
  return filter_word(image, key) >> (key & 63) & 1;
}

std::span<const Payload> payloads_at(const Image& image, std::int32_t row) {
  std::size_t end = static_cast<std::size_t>(row);
  while (!image.payloads[end].last) ++end;
  return image.payloads.subspan(static_cast<std::size_t>(row), end + 1 - static_cast<std::size_t>(row));
}

class Walk {
 public:
  Walk(const Image& image, const Tokens& tokens, std::vector<Hit>& out) : image_(image), tokens_(tokens), out_(out) {
    words_.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) words_.push_back(hash_word(tokens.word(i)));
  }

  void run() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      fetch(i);
      from(i);
    }
  }

 private:
  /// First the filter, then the steps of the words that it lets through.
  void fetch(std::size_t now) const {
    if (now + 2 * kSoon < words_.size())
      __builtin_prefetch(&filter_word(image_, phrase_key(kPhraseSeed, words_[now + 2 * kSoon])));
    if (now + kSoon >= words_.size()) return;
    const auto key = phrase_key(kPhraseSeed, words_[now + kSoon]);
    if (may_begin(image_, key)) __builtin_prefetch(&image_.trie[key & (image_.trie.size() - 1)]);
  }

  void from(std::size_t first) {
    first_ = first;
    start_ = out_.size();
    begin(words_[first]);
    if (tokens_[first].proclitic) begin(hash_word(tokens_.bare(first)));
    if (out_.size() > start_ + 1) std::reverse(out_.begin() + static_cast<std::ptrdiff_t>(start_), out_.end());
  }

  void begin(std::uint64_t word) {
    const std::uint64_t key = phrase_key(kPhraseSeed, word);
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
    if (const auto* step = find(image_, phrase_key(before, words_[at]))) return step;
    return tokens_[at].proclitic ? find(image_, phrase_key(before, hash_word(tokens_.bare(at)))) : nullptr;
  }

  const Image& image_;
  const Tokens& tokens_;
  std::vector<Hit>& out_;
  std::vector<std::uint64_t> words_;  // their hashes
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
  Walk(image, tokens, out).run();
}

}  // namespace tocsin
