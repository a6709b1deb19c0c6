// The words of one item, with their way back to the code points that a reader sees. First step of understanding; every
// later step works on token numbers. The same normalisation makes the keys of the phrase image, so that a name in a
// file and a name in the news meet. Called by understand/ and by packaging/codegen/make_image.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

enum class Script : std::uint8_t { latin, arabic, cyrillic, ethiopic, other, digits };

/// What stands between a token and the one before it: the strongest mark wins, in this order.
enum class Gap : std::uint8_t {
  none,
  space,
  apostrophe,
  hyphen,
  slash,
  decimal,
  comma,
  bracket,
  quote,
  dash,
  clause,
  stop,
  paragraph
};

/// One word or number. Apostrophes are dropped inside a word ("Sana'a" is "sanaa"), elisions and the possessive s stand
/// alone ("d" "ivoire", "mali" "s"), hyphens separate, "U.S." is "us" with all_caps, "2,300" is "2300"; the Arabic
/// article is cut from words of five letters and more, also after one of its proclitics.
struct Token {
  std::uint32_t begin = 0, end = 0;   // bytes of Tokens::words: the folded word
  std::uint32_t from = 0, to = 0;     // bytes of Tokens::original
  std::uint32_t start = 0, stop = 0;  // code points of Tokens::original
  std::uint16_t sentence = 0;
  Gap gap = Gap::none;
  Script script = Script::latin;
  bool capitalised : 1 = false;  // first letter is a capital
  bool all_caps : 1 = false;     // two or more letters, no small one
  bool digits : 1 = false;       // nothing but digits
  bool headline : 1 = false;     // stands in the title
  bool dateline : 1 = false;     // "BAMAKO (Reuters) -": tells where it was written, not where it happened
  bool sentence_start : 1 = false;
  bool quoted : 1 = false;     // between quotation marks
  bool proclitic : 1 = false;  // Arabic: the word may begin with a one-letter particle (see Tokens::bare)
};

/// Tokens [first, last) of one sentence.
struct Sentence {
  std::uint32_t first = 0, last = 0;
  bool headline = false;
};

struct Tokens {
  std::string original;  // title + "\n" + text; the text alone when the title is empty
  std::string words;     // the folded words, one blank between them
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  bool caseless = false;  // written in capitals throughout (or without any): case proves nothing
  std::size_t body = 0;   // number of the first token of the text

  [[nodiscard]] std::size_t size() const { return tokens.size(); }
  [[nodiscard]] const Token& operator[](std::size_t i) const { return tokens[i]; }
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return std::string_view(words).substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
  }
  /// The word without its Arabic one-letter particle (and, so, in, to, like); equal to word() where there is none.
  [[nodiscard]] std::string_view bare(std::size_t i) const { return tokens[i].proclitic ? word(i).substr(2) : word(i); }
  /// The original text of tokens [first, last).
  [[nodiscard]] std::string_view slice(std::size_t first, std::size_t last) const {
    if (first >= last || last > tokens.size()) return {};
    return std::string_view(original).substr(tokens[first].from, tokens[last - 1].to - tokens[first].from);
  }
};

/// Any bytes are safe. At most 20,000 words are read; what follows is not looked at.
Tokens tokenise(std::string_view title, std::string_view text);

/// The folded words of a name or phrase as tokenise() would see them.
std::vector<std::string> words_of(std::string_view phrase);

}  // namespace tocsin
