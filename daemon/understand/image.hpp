// The phrase image: lexicons, actors, places and demonyms as one flat file that is mapped, never parsed. Written by
// packaging/codegen/make_image.cpp on the build machine; read by understand/. All numbers are in the byte order of the
// machine (a build for the other order makes its own image; the magic tells them apart).
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tocsin {

/// Two capital letters of ISO 3166-1 alpha-2 in one number; 0 is none.
constexpr std::uint16_t pack_country(std::string_view alpha2) {
  return alpha2.size() == 2 ? static_cast<std::uint16_t>(static_cast<unsigned char>(alpha2[0]) << 8 |
                                                         static_cast<unsigned char>(alpha2[1]))
                            : 0;
}
inline std::string unpack_country(std::uint16_t cc) {
  return cc ? std::string{static_cast<char>(cc >> 8), static_cast<char>(cc & 0xFF)} : std::string();
}

enum class PayloadKind : std::uint8_t { lexicon, actor, place, demonym };

/// What a phrase means; several stand in a row, the last one marked.
///   lexicon: `a` Category, `b` marks (lexicon.hpp), `id` value, `language` index of Image::languages
///   actor:   `a` 1 = needs its exact capitals or a conflict word nearby, `id` row of Image::actors
///   place:   `a` name kind (3 primary, 2 language-tagged, 1 untagged alternate, 0 IATA/ICAO code), `b` 1 = equals a
///            dictionary word, `id` row of Image::places
///   demonym: `id` packed country, `language`
struct Payload {
  PayloadKind kind;
  std::uint8_t last;  // 1 on the last payload of a phrase
  std::uint8_t language;
  std::uint8_t a, b, spare[3];
  std::uint32_t id;
};
static_assert(sizeof(Payload) == 12);

/// A step of the word trie: the hash of the words so far.
struct TrieStep {
  std::uint64_t key;     // 0 = free slot
  std::int32_t payload;  // row of Image::payloads, -1 = no phrase ends here
  std::uint32_t longer;  // 1 = some phrase goes on
};

inline constexpr std::uint32_t kNoPlace = 0xFFFFFFFF;

struct PlaceRow {
  std::int32_t lat, lon;     // millionths of a degree
  std::uint32_t population;  // 0 unknown
  std::uint32_t name;        // offset into Image::strings
  std::uint32_t parent;      // row of the city that a quarter or airport belongs to, else kNoPlace
  std::uint16_t region;      // row of Image::regions
  std::uint8_t kind;         // PlaceKind
  std::uint8_t level;        // of a region: 1 = the first below the country, 2 = a district of one
};
static_assert(sizeof(PlaceRow) == 24);

/// A first-level region, or the whole of a country (then `code` is an empty string).
struct RegionRow {
  std::uint16_t country, spare;
  std::uint32_t code, name;  // offsets into Image::strings: ISO 3166-2 or "", primary name
  std::uint32_t place;       // its own row of Image::places, or kNoPlace
};

struct ActorRow {
  std::uint32_t id, name, countries;  // offsets into Image::strings; countries comma separated
  std::uint32_t parent;               // row of Image::actors, or kNoPlace
  std::uint8_t group;                 // ActorGroup
  std::uint8_t spare[3];
};

struct CountryRow {
  std::uint16_t country, spare;
  std::uint32_t place, capital;  // rows of Image::places, or kNoPlace
};

/// A place by the sound of one of its names (sound.hpp).
struct SoundRow {
  std::uint32_t key, place;
};

/// What a feature adds to the two scores (log odds): is it news of an incident, does it tell of one at all.
struct WeightRow {
  std::uint32_t name;  // offset into Image::strings
  float news, mention;
};

/// What a word or a pair of words in the opening adds to the two scores (opening.hpp).
struct WordRow {
  std::uint64_t key;
  float news, mention;
};

/// What a cue or a type adds to a draft's precedence (precedence.hpp), and what more in a long text.
struct PrecedenceRow {
  float weight, at_length;
};

/// A read-only view of a mapped image; cheap to move, unmaps at the end. Safe to share between threads.
class Image {
 public:
  /// Fails with the path and the reason when the file is missing, cut short, or of another version.
  static Result<Image> open(const std::string& path);
  Image(Image&& other) noexcept;
  Image& operator=(Image&& other) noexcept;
  ~Image();

  std::span<const TrieStep> trie;         // size is a power of two
  std::span<const std::uint64_t> filter;  // size is a power of two
  std::span<const Payload> payloads;
  std::span<const PlaceRow> places;
  std::span<const RegionRow> regions;
  std::span<const ActorRow> actors;
  std::span<const CountryRow> countries;     // sorted by country
  std::span<const std::uint32_t> languages;  // offsets into strings: "en", "fr", ...
  std::span<const WeightRow> weights;        // sorted by name
  std::span<const SoundRow> sounds;          // sorted by key
  std::span<const WordRow> words;            // sorted by key
  std::span<const PrecedenceRow> precedence;
  std::span<const char> strings;

  /// The zero-terminated string at an offset; "" when the offset is outside.
  [[nodiscard]] std::string_view string(std::uint32_t offset) const;
  [[nodiscard]] const CountryRow* country(std::uint16_t packed) const;
  /// The rows of `sounds` with a key.
  [[nodiscard]] std::span<const SoundRow> sounding(std::uint32_t key) const;
  /// Index into `languages`; 255 when there is no lexicon for it.
  [[nodiscard]] std::uint8_t language(std::string_view tag) const;

 private:
  Image() = default;
  void* map_ = nullptr;
  std::size_t size_ = 0;
};

/// The layout of the file: a header, a table of sections, the sections (each aligned to 8 bytes).
struct ImageHeader {
  char magic[8];
  std::uint32_t version, sections;
};
struct ImageSection {
  std::uint32_t id, element_size;
  std::uint64_t offset, count;
};
enum class SectionId : std::uint32_t {
  trie,
  filter,
  payloads,
  places,
  regions,
  actors,
  countries,
  languages,
  weights,
  strings,
  sounds,
  words,
  precedence
};
inline constexpr std::uint32_t kImageVersion = 4;
inline constexpr char kImageMagic[8] = {'T', 'O', 'C', 'S', 'I', 'N', '\n', 0};

}  // namespace tocsin
