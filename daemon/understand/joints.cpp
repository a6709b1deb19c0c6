#include "understand/joints.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kApposition = 12;  // words between the groups of a list

bool small_word_of_a_list(const Sense& s) {
  switch (static_cast<Function>(s.value)) {
    case Function::of:
    case Function::from:
    case Function::det:
    case Function::a:
    case Function::conj:
      return true;
    default:
      return false;
  }
}

bool breaks_list(const Reading& r, std::size_t i) {
  for (const Sense& s : r.at(i)) {
    if (s.category == Category::casualty || s.category == Category::speech) return true;
    if (s.category == Category::event && s.has(mark::verb)) return true;
    if (s.category == Category::function && !small_word_of_a_list(s)) return true;
  }
  return r.tokens[i].gap >= Gap::clause;
}
}  // namespace

bool only_joints(const Reading& r, std::size_t from, std::size_t to) {
  if (from == to) return r.tokens[to].gap == Gap::comma;
  if (!r.is(to - 1, Function::conj) || to - from > kApposition) return false;
  for (std::size_t i = from; i + 1 < to; ++i)
    if (breaks_list(r, i)) return false;
  return true;
}

}  // namespace tocsin
