// The words of an item with their meanings: what the lexicon, the actor table and the language of the item make of the
// phrase pass. Every grammar step of understand/ reads this and nothing else.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "understand/image.hpp"
#include "understand/lexicon.hpp"
#include "understand/phrases.hpp"
#include "understand/tokens.hpp"

namespace tocsin {

/// Tokens [first, last) mean `value` of `category` in the language of the item.
struct Sense {
  std::uint32_t first = 0, last = 0;
  Category category{};
  std::uint8_t marks = 0;
  std::uint32_t value = 0;
  [[nodiscard]] bool has(std::uint8_t mark) const { return (marks & mark) != 0; }
};

/// An actor's name. Tokens [first, last).
struct ActorName {
  std::uint32_t first = 0, last = 0;
  std::uint32_t row = 0;  // of Image::actors
  bool guarded = false;   // a short name that proves little alone
};

class Reading {
 public:
  Reading(const Image& image, const Tokens& tokens, std::string_view declared_language);

  const Image& image;
  const Tokens& tokens;
  std::vector<Hit> hits;
  std::vector<Sense> senses;      // by first token; no two spans overlap, one span may have several senses
  std::vector<ActorName> actors;  // by first token
  std::vector<bool> masked;       // per token: inside an actor's name
  std::uint8_t language = 255;    // index of Image::languages, 255 unknown
  std::string language_tag;
  bool language_known = false;  // a lexicon was used

  /// The senses of the span that covers a token.
  [[nodiscard]] std::span<const Sense> at(std::size_t token) const;
  [[nodiscard]] const Sense* at(std::size_t token, Category category) const {
    return is(token, category) ? find_at(token, category) : nullptr;
  }
  [[nodiscard]] bool is(std::size_t token, Function function) const { return means(token, bit(function)); }
  [[nodiscard]] bool is(std::size_t token, Category category) const { return means(token, bit(category)); }
  /// The senses that begin in [first, last), as indexes into `senses`.
  [[nodiscard]] std::span<const Sense> between(std::size_t first, std::size_t last) const;
  [[nodiscard]] const Sense* find(std::size_t first, std::size_t last, Category category) const;
  [[nodiscard]] const Sentence& sentence_of(std::size_t token) const {
    return tokens.sentences[tokens[token].sentence];
  }
  /// The first token after the span that covers `token` (token + 1 when none does).
  [[nodiscard]] std::size_t after(std::size_t token) const;
  [[nodiscard]] std::size_t span_first(std::size_t token) const;

 private:
  // The grammar asks far more often than there is something to find: one bit a category, one a grammar word.
  static constexpr std::uint64_t bit(Category c) { return 1ULL << static_cast<unsigned>(c); }
  static constexpr std::uint64_t bit(Function f) {
    return 1ULL << (kCategories.names.size() + static_cast<unsigned>(f));
  }
  static_assert(kCategories.names.size() + kFunctions.names.size() <= 64);
  [[nodiscard]] bool means(std::size_t token, std::uint64_t bit) const {
    return token < meanings_.size() && (meanings_[token] & bit) != 0;
  }
  [[nodiscard]] const Sense* find_at(std::size_t token, Category category) const;

  void choose_language(std::string_view declared);
  void take_actors();
  void take_senses();
  [[nodiscard]] bool gate_open(const Hit& hit, const Payload& payload) const;

  std::vector<std::uint64_t> meanings_;    // per token: bits of the senses of the span over it
  std::vector<std::int32_t> covering_;     // per token: index of the first sense of the span over it, or -1
  std::vector<std::uint32_t> first_from_;  // per token: index of the first sense at or after it
};

}  // namespace tocsin
