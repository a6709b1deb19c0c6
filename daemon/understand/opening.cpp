#include "understand/opening.hpp"

#include <algorithm>
#include <array>

#include "understand/phrases.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kOpening = 45;  // tokens
constexpr double kMost = 1.0;         // log odds; packaging/weights/fit.py knows it too

/// Calls `visit` with each word that counts and the one before it (empty for the first).
template <class Visit>
void each_word(const Tokens& tokens, Visit visit) {
  std::string_view before;
  for (std::size_t i = 0; i < std::min(tokens.size(), kOpening); ++i) {
    const auto word = tokens.word(i);
    if (tokens[i].script == Script::digits || tokens[i].digits || word.size() < 2) continue;
    visit(before, word);
    before = word;
  }
}
}  // namespace

std::vector<std::string> opening_words(const Tokens& tokens) {
  std::vector<std::string> words;
  each_word(tokens, [&](std::string_view before, std::string_view word) {
    words.emplace_back(word);
    if (!before.empty()) words.push_back(std::string(before) + ' ' + std::string(word));
  });
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::uint64_t wording_key(std::string_view words) {
  const auto blank = words.find(' ');
  const auto first = phrase_key(kPhraseSeed, hash_word(words.substr(0, blank)));
  return blank == std::string_view::npos ? first : phrase_key(first, hash_word(words.substr(blank + 1)));
}

Wording weigh_wording(const Image& image, const Tokens& tokens) {
  std::array<std::uint64_t, 2 * kOpening> keys;
  auto end = keys.begin();
  std::uint64_t first = 0;
  each_word(tokens, [&](std::string_view before, std::string_view word) {
    const auto hash = hash_word(word);
    if (!before.empty()) *end++ = phrase_key(first, hash);
    *end++ = first = phrase_key(kPhraseSeed, hash);
  });
  std::sort(keys.begin(), end);
  Wording sum;
  for (auto key = keys.begin(), last = std::unique(keys.begin(), end); key != last; ++key) {
    const auto row = std::lower_bound(image.words.begin(), image.words.end(), *key,
                                      [](const WordRow& r, std::uint64_t wanted) { return r.key < wanted; });
    if (row == image.words.end() || row->key != *key) continue;
    sum.news += row->news;
    sum.mention += row->mention;
  }
  return {std::clamp(sum.news, -kMost, kMost), std::clamp(sum.mention, -kMost, kMost)};
}

}  // namespace tocsin
