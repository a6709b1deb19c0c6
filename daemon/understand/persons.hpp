// Names of persons beside the words that tell what befell them. Called by the counting of casualties.
#pragma once
#include <string>
#include <vector>

#include "understand/reading.hpp"

namespace tocsin {

/// The name that begins at token `i` of the sentence, titles and nouns for people stepped over; empty when none does.
/// A name has two words at least; in a text all in capitals one of them must be a known first name.
std::string name_from(const Reading& reading, const Sentence& sentence, std::size_t i);

/// The name that ends before token `word`, "was" and "has been" stepped over; empty when none does.
std::string name_before(const Reading& reading, const Sentence& sentence, std::size_t word);

/// The names behind token `i` that are known by a first name: "the political leader Hector Paz, the judge Ana Paz and
/// Luis Paz". What a person is called before the name is stepped over; a preposition, a verb or a new clause ends it.
std::vector<std::string> names_behind(const Reading& reading, const Sentence& sentence, std::size_t i);

}  // namespace tocsin
