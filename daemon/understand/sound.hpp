// How a name sounds, whatever its spelling: "Qaryunus" and "Garyounis", "Shashamane" and "Shashamene" are one. Names in
// scripts and languages without a settled Latin spelling reach the news in many. Called by place_names.cpp for words
// that nobody knows and by packaging/codegen for the names of the gazetteer. Pure.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace tocsin {

/// Keys of the sounds that the folded Latin words (divided by blanks) may stand for; the leading Arabic article does
/// not count. None for other scripts and for names of fewer than three consonants, which too many others resemble.
std::vector<std::uint32_t> sounds_of(std::string_view words);

}  // namespace tocsin
