// Who was killed, wounded, abducted, and how many: numbers joined to the words that say what befell them.
#pragma once
#include <string>
#include <vector>

#include "model/report.hpp"
#include "understand/numbers.hpp"
#include "understand/reading.hpp"

namespace tocsin {

/// One count of one kind in one sentence. Tokens [first, last) prove it.
struct Casualty {
  Harm harm{};  // kill, wound, abduct or free
  Count count;  // min unknown when the text says only that there were some
  std::optional<People> people;
  std::string name;  // of one of them, where it stands beside; empty when none does
  std::uint32_t first = 0, last = 0;
  std::uint32_t word = 0;  // the token that tells what befell them
  std::uint32_t sentence = 0;
  bool toll = false;  // a total given as such: "the death toll rose to 14"
  bool bare = false;  // from a noun without number
  bool negated = false;
  bool also = false;  // "was also killed": besides those counted before
};

/// Over one sentence, in reading order.
std::vector<Casualty> find_casualties(const Reading& reading, const Sentence& sentence, std::uint32_t number);

}  // namespace tocsin
