// The wording of an item's opening as evidence. The grammar says what was told; the plain words around it say in which
// kind of text it stands ("pleaded guilty", "claimed responsibility", "fourth quarter"). Called by the score, and by
// packaging/codegen, so that the trainer counts just what the program reads.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "understand/image.hpp"
#include "understand/tokens.hpp"

namespace tocsin {

/// The different words (no numbers, two letters and more) of the first 45 tokens, headline included, and the pairs of
/// neighbours among them ("opened fire"); a number between two words does not part them. In no certain order.
std::vector<std::string> opening_words(const Tokens& tokens);

/// The key of a word or of a pair in Image::words.
std::uint64_t wording_key(std::string_view words);

/// What the opening adds to the two scores (log odds, each between -1 and 1: plain words never outvote what the
/// grammar found).
struct Wording {
  double news = 0, mention = 0;
};
Wording weigh_wording(const Image& image, const Tokens& tokens);

}  // namespace tocsin
