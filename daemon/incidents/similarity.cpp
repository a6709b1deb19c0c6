#include "incidents/similarity.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "base/fold.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kSketchSize = 16;
constexpr std::size_t kWordsRead = 80;

bool separates(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 && !(byte >= '0' && byte <= '9') && !(byte >= 'a' && byte <= 'z');
}

std::vector<std::string> words_of(std::string_view title, std::string_view text, std::size_t limit) {
  const std::string folded = fold(title) + "\n" + fold(text);
  std::vector<std::string> words;
  std::string word;
  for (const char c : folded + " ") {
    if (!separates(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
      if (words.size() == limit) break;
    }
  }
  return words;
}

/// splitmix64's finaliser: cheap independent hash functions from one hash and a seed.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}
}  // namespace

std::vector<std::uint32_t> word_sketch(std::string_view title, std::string_view text) {
  const auto words = words_of(title, text, kWordsRead);
  if (words.size() < 2) return {};
  std::vector<std::uint32_t> sketch(kSketchSize, std::numeric_limits<std::uint32_t>::max());
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::uint64_t pair = fnv1a(words[i], fnv1a(words[i - 1]) + 1);
    for (std::size_t k = 0; k < kSketchSize; ++k)
      sketch[k] = std::min(sketch[k], static_cast<std::uint32_t>(mixed(pair + k * 0x9e3779b97f4a7c15ULL) >> 32));
  }
  return sketch;
}

double resemblance(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.size() != kSketchSize || b.size() != kSketchSize) return 0;
  std::size_t equal = 0;
  for (std::size_t k = 0; k < kSketchSize; ++k) equal += a[k] == b[k];
  return static_cast<double>(equal) / kSketchSize;
}

std::uint64_t word_print(std::string_view title, std::string_view text) {
  std::uint64_t print = fnv1a("");
  for (const auto& word : words_of(title, text, std::numeric_limits<std::size_t>::max()))
    print = fnv1a(word, print) + 1;
  return print;
}

namespace {
struct Wire {
  std::string_view marker, agency;
};
// How agencies sign what others reprint. Folded; a marker counts only with the brackets or dashes that make it a
// signature.
constexpr std::array<Wire, 20> kWires{{
    {"(afp)", "afp"},
    {"avec afp", "afp"},
    {"with afp", "afp"},
    {"afp -", "afp"},
    {"© afp", "afp"},
    {"(reuters)", "reuters"},
    {"avec reuters", "reuters"},
    {"reuters -", "reuters"},
    {"(ap)", "ap"},
    {"associated press", "ap"},
    {"avec ap)", "ap"},
    {"(dpa)", "dpa"},
    {"(efe)", "efe"},
    {"(xinhua)", "xinhua"},
    {"(apa)", "apa"},
    {"(apanews)", "apa"},
    {"(ansa)", "ansa"},
    {"(lusa)", "lusa"},
    {"(anadolu", "anadolu"},
    {"(panapress)", "panapress"},
}};
}  // namespace

std::string_view wire_marker(std::string_view title, std::string_view text) {
  const std::string folded = fold(title) + "\n" + fold(text.substr(0, 4000));
  std::size_t first = std::string::npos;
  std::string_view agency;
  for (const Wire& wire : kWires) {
    const auto at = folded.find(wire.marker);
    if (at < first) {
      first = at;
      agency = wire.agency;
    }
  }
  return agency;
}

}  // namespace tocsin
