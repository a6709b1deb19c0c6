#include "understand/persons.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kMostWords = 5;

/// A first name, or a capital on a word that means nothing else.
bool of_a_name(const Reading& r, std::size_t i) {
  const Token& t = r.tokens[i];
  if (t.digits || r.masked[i]) return false;
  return r.is(i, Category::given_name) || (r.at(i).empty() && t.capitalised);
}

bool joined(const Reading& r, std::size_t i) {
  return r.tokens[i].gap < Gap::comma;
}

std::string name_of(const Reading& r, std::size_t first, std::size_t last) {
  bool known = !r.tokens.caseless;
  for (std::size_t i = first; i < last; ++i) known = known || r.is(i, Category::given_name);
  return known && last >= first + 2 ? std::string(r.tokens.slice(first, last)) : std::string();
}

/// What may stand between a deed and the name of whom it befell: "the former leader", "and of the attorney".
bool introduces(const Reading& r, std::size_t i) {
  for (const Function f : {Function::det, Function::a, Function::conj, Function::of, Function::with})
    if (r.is(i, f)) return true;
  return !r.is(i, Category::function) && !r.is(i, Category::event) && !r.is(i, Category::casualty) &&
         !r.is(i, Category::speech) && !r.is(i, Category::weekday) && !r.is(i, Category::day) && !r.tokens[i].digits;
}

}  // namespace

std::string name_from(const Reading& r, const Sentence& s, std::size_t i) {
  while (i < s.last && (r.is(i, Category::title) || r.is(i, Category::people))) ++i;
  std::size_t end = i;
  while (end < s.last && end < i + kMostWords && of_a_name(r, end) && (end == i || joined(r, end))) ++end;
  return name_of(r, i, end);
}

std::string name_before(const Reading& r, const Sentence& s, std::size_t word) {
  std::size_t end = word;
  while (end > s.first && (r.is(end - 1, Function::be) || r.is(end - 1, Function::have))) --end;
  std::size_t i = end;
  while (i > s.first && end - i < kMostWords && of_a_name(r, i - 1) && (i == end || joined(r, i))) --i;
  return name_of(r, i, end);
}

std::vector<std::string> names_behind(const Reading& r, const Sentence& s, std::size_t i) {
  constexpr std::size_t kMostBetween = 6, kMostNames = 6;
  std::vector<std::string> names;
  for (std::size_t between = 0; i < s.last && between <= kMostBetween && names.size() < kMostNames;) {
    if (r.tokens[i].gap >= Gap::clause || !introduces(r, i)) break;
    auto name = r.is(i, Category::given_name) ? name_from(r, s, i) : std::string();
    if (name.empty()) {
      ++i, ++between;
      continue;
    }
    names.push_back(std::move(name));
    between = 0;
    do ++i;
    while (i < s.last && of_a_name(r, i));
  }
  return names;
}

}  // namespace tocsin
