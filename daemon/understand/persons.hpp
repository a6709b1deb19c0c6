// Names of persons beside the words that tell what befell them. Called by the counting of casualties.
#pragma once
#include <string>

#include "understand/reading.hpp"

namespace tocsin {

/// The name that begins at token `i` of the sentence, titles and nouns for people stepped over; empty when none does.
/// A name has two words at least; in a text all in capitals one of them must be a known first name.
std::string name_from(const Reading& reading, const Sentence& sentence, std::size_t i);

/// The name that ends before token `word`, "was" and "has been" stepped over; empty when none does.
std::string name_before(const Reading& reading, const Sentence& sentence, std::size_t word);

}  // namespace tocsin
