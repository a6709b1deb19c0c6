#include "understand/sound.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "understand/phrases.hpp"

namespace tocsin {

namespace {

constexpr int kConsonants = 3;  // fewer sound like too many other names

/// What one or two letters stand for; the longer come first. 'S' is sh and ch, 'a' is any vowel.
constexpr std::array<std::pair<std::string_view, char>, 30> kLetters{
    {{"sch", 'S'}, {"tch", 'S'}, {"kh", 'h'}, {"gh", 'g'}, {"dh", 't'}, {"th", 't'}, {"sh", 'S'}, {"ch", 'S'},
     {"ph", 'f'},  {"dj", 'j'},  {"ck", 'k'}, {"qu", 'k'}, {"a", 'a'},  {"e", 'a'},  {"i", 'a'},  {"o", 'a'},
     {"u", 'a'},   {"y", 'a'},   {"d", 't'},  {"q", 'k'},  {"c", 'k'},  {"x", 'h'},  {"z", 's'},  {"mb", 'b'},
     {"nb", 'b'},  {"mp", 'p'},  {"np", 'p'}, {"v", 'v'},  {"w", 'w'},  {"h", 'h'}}};

bool vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

bool article(std::string_view word) {
  constexpr std::array<std::string_view, 12> kArticles{"al", "el", "an", "as", "ash", "ar",
                                                       "ad", "at", "az", "es", "ed",  "er"};
  return std::find(kArticles.begin(), kArticles.end(), word) != kArticles.end();
}

/// The letters alone, without a leading article.
std::string letters_of(std::string_view words) {
  const auto blank = words.find(' ');
  if (blank != std::string_view::npos && article(words.substr(0, blank))) words.remove_prefix(blank + 1);
  std::string out;
  for (const char c : words) {
    if (c == ' ') continue;
    if (c < 'a' || c > 'z') return {};
    out += c;
  }
  return out;
}

/// "Ouahigouya" begins as "Wahiguya" does.
std::pair<std::size_t, char> next_sound(std::string_view rest) {
  if (rest.size() > 2 && rest.starts_with("ou") && vowel(rest[2])) return {2, 'w'};
  for (const auto& [spelling, sound] : kLetters)
    if (rest.starts_with(spelling)) return {spelling.size(), sound};
  return {1, rest.front()};
}

/// Every run of vowels is one, every double consonant single, a vowel or h at the end is silent.
std::string sound_of(std::string_view letters) {
  std::string out;
  int consonants = 0;
  while (!letters.empty()) {
    const auto [length, sound] = next_sound(letters);
    letters.remove_prefix(length);
    if (!out.empty() && out.back() == sound) continue;
    out += sound;
    consonants += sound != 'a';
  }
  while (!out.empty() && (out.back() == 'a' || out.back() == 'h' || out.back() == 'w')) {
    consonants -= out.back() != 'a';
    out.pop_back();
  }
  return consonants >= kConsonants ? out : std::string();
}

void add(std::vector<std::uint32_t>& keys, const std::string& sound) {
  if (sound.empty()) return;
  const auto key = static_cast<std::uint32_t>(hash_word(sound));
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

std::string with(std::string letters, char from, std::string_view to) {
  for (auto at = letters.find(from); at != std::string::npos; at = letters.find(from, at + to.size()))
    letters.replace(at, 1, to);
  return letters;
}

}  // namespace

std::vector<std::uint32_t> sounds_of(std::string_view words) {
  std::vector<std::uint32_t> keys;
  const std::string letters = letters_of(words);
  add(keys, sound_of(letters));
  // The Arabic qaf is written q or g; the Somali c is a catch of the breath that others leave out.
  if (letters.find('q') != std::string::npos) add(keys, sound_of(with(letters, 'q', "g")));
  if (letters.find('c') != std::string::npos && letters.find("ch") == std::string::npos)
    add(keys, sound_of(with(letters, 'c', "")));
  return keys;
}

}  // namespace tocsin
