#include "understand/image.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "understand/precedence.hpp"

namespace tocsin {

namespace {

/// The element span of one section, or a failure when it does not lie inside the file.
template <class T>
bool attach(std::span<const T>& out, const char* base, std::size_t size, SectionId id) {
  const auto* header = reinterpret_cast<const ImageHeader*>(base);
  const auto* table = reinterpret_cast<const ImageSection*>(base + sizeof(ImageHeader));
  for (std::uint32_t i = 0; i < header->sections; ++i) {
    const ImageSection& s = table[i];
    if (s.id != static_cast<std::uint32_t>(id)) continue;
    if (s.element_size != sizeof(T) || s.offset % 8 || s.offset > size || s.count > (size - s.offset) / sizeof(T))
      return false;
    out = {reinterpret_cast<const T*>(base + s.offset), static_cast<std::size_t>(s.count)};
    return true;
  }
  return false;
}

std::string header_fault(const char* base, std::size_t size) {
  if (size < sizeof(ImageHeader)) return "it is shorter than its header";
  const auto* header = reinterpret_cast<const ImageHeader*>(base);
  if (std::memcmp(header->magic, kImageMagic, sizeof kImageMagic) != 0)
    return "it is not a phrase image of this kind of machine";
  if (header->version != kImageVersion)
    return "it has format version " + std::to_string(header->version) + ", this program reads " +
           std::to_string(kImageVersion);
  if (size < sizeof(ImageHeader) + header->sections * sizeof(ImageSection)) return "its table of sections is cut short";
  return "";
}

}  // namespace

Result<Image> Image::open(const std::string& path) {
  const std::string about = "cannot read the phrase image " + path + ": ";
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return failure(about + std::strerror(errno) + "; build it with the target tocsin_image or set TOCSIN_DATA");
  struct stat info {};
  const bool known = ::fstat(fd, &info) == 0 && info.st_size > 0;
  const auto size = known ? static_cast<std::size_t>(info.st_size) : 0;
  void* map = known ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
  ::close(fd);
  if (map == MAP_FAILED) return failure(about + "it is empty or cannot be mapped");
  Image image;
  image.map_ = map;
  image.size_ = size;
  const auto* base = static_cast<const char*>(map);
  if (const auto fault = header_fault(base, size); !fault.empty()) return failure(about + fault);
  const bool whole =
      attach(image.trie, base, size, SectionId::trie) && attach(image.filter, base, size, SectionId::filter) &&
      attach(image.payloads, base, size, SectionId::payloads) && attach(image.places, base, size, SectionId::places) &&
      attach(image.regions, base, size, SectionId::regions) && attach(image.actors, base, size, SectionId::actors) &&
      attach(image.countries, base, size, SectionId::countries) &&
      attach(image.languages, base, size, SectionId::languages) &&
      attach(image.weights, base, size, SectionId::weights) && attach(image.strings, base, size, SectionId::strings) &&
      attach(image.sounds, base, size, SectionId::sounds) && attach(image.words, base, size, SectionId::words) &&
      attach(image.precedence, base, size, SectionId::precedence) && image.precedence.size() == kPrecedenceRows;
  if (!whole || image.strings.empty() || image.strings.back() != 0)
    return failure(about + "a section is missing or damaged; build it again");
  return image;
}

Image::Image(Image&& other) noexcept {
  *this = std::move(other);
}

Image& Image::operator=(Image&& other) noexcept {
  std::swap(map_, other.map_);
  std::swap(size_, other.size_);
  trie = other.trie;
  filter = other.filter;
  payloads = other.payloads;
  places = other.places;
  regions = other.regions;
  actors = other.actors;
  countries = other.countries;
  languages = other.languages;
  weights = other.weights;
  sounds = other.sounds;
  words = other.words;
  precedence = other.precedence;
  strings = other.strings;
  return *this;
}

Image::~Image() {
  if (map_) ::munmap(map_, size_);
}

std::string_view Image::string(std::uint32_t offset) const {
  return offset < strings.size() ? std::string_view(strings.data() + offset) : std::string_view();
}

const CountryRow* Image::country(std::uint16_t packed) const {
  const auto it = std::lower_bound(countries.begin(), countries.end(), packed,
                                   [](const CountryRow& r, std::uint16_t cc) { return r.country < cc; });
  return it != countries.end() && it->country == packed ? &*it : nullptr;
}

std::span<const SoundRow> Image::sounding(std::uint32_t key) const {
  const auto by_key = [](const SoundRow& a, const SoundRow& b) { return a.key < b.key; };
  const auto [first, last] = std::equal_range(sounds.begin(), sounds.end(), SoundRow{key, 0}, by_key);
  return {first, last};
}

std::uint8_t Image::language(std::string_view tag) const {
  const auto primary = tag.substr(0, tag.find_first_of("-_"));
  for (std::size_t i = 0; i < languages.size(); ++i)
    if (string(languages[i]) == primary) return static_cast<std::uint8_t>(i);
  return 255;
}

}  // namespace tocsin
