#include "image_builder.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "understand/phrases.hpp"
#include "understand/tokens.hpp"

namespace tocsin::codegen {

namespace {

/// Sections in the order in which they are added, each aligned to 8 bytes.
class Sections {
 public:
  template <class T>
  void add(SectionId id, const std::vector<T>& rows) {
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
    table_.push_back({static_cast<std::uint32_t>(id), sizeof(T), bytes_.size(), rows.size()});
    const auto* from = reinterpret_cast<const char*>(rows.data());
    bytes_.append(from, rows.size() * sizeof(T));
  }

  std::string write(const std::string& path) {
    ImageHeader header{};
    std::memcpy(header.magic, kImageMagic, sizeof kImageMagic);
    header.version = kImageVersion;
    header.sections = static_cast<std::uint32_t>(table_.size());
    const std::size_t start = (sizeof header + table_.size() * sizeof(ImageSection) + 7) / 8 * 8;
    for (auto& s : table_) s.offset += start;
    std::string head(start, 0);
    std::memcpy(head.data(), &header, sizeof header);
    std::memcpy(head.data() + sizeof header, table_.data(), table_.size() * sizeof(ImageSection));
    std::ofstream file(path, std::ios::binary);
    file << head << bytes_;
    file.flush();
    return file ? "" : "cannot write " + path;
  }

 private:
  std::vector<ImageSection> table_;
  std::string bytes_;
};

/// Open addressing with linear probing, at most seven eighths full.
class Trie {
 public:
  explicit Trie(std::size_t steps) {
    std::size_t size = 1024;
    while (size * 7 < steps * 8) size *= 2;
    rows.assign(size, {0, -1, 0});
    filter.assign(std::max<std::size_t>(256, size / 8), 0);
  }

  TrieStep& at(std::uint64_t key) {
    const std::size_t mask = rows.size() - 1;
    std::size_t i = key & mask;
    while (rows[i].key != 0 && rows[i].key != key) i = (i + 1) & mask;
    rows[i].key = key;
    return rows[i];
  }

  void add(const std::vector<std::string>& words, std::int32_t payload) {
    std::uint64_t key = kPhraseSeed;
    TrieStep* step = nullptr;
    for (const auto& word : words) {
      if (step) step->longer = 1;
      key = phrase_key(key, hash_word(word));
      if (!step) filter[(key >> 8) % filter.size()] |= 1ULL << (key & 63);
      step = &at(key);
    }
    step->payload = payload;
  }

  std::vector<TrieStep> rows;
  std::vector<std::uint64_t> filter;
};

bool same(const Payload& a, const Payload& b) {
  return a.kind == b.kind && a.language == b.language && a.a == b.a && a.b == b.b && a.id == b.id;
}

}  // namespace

ImageBuilder::ImageBuilder() {
  strings_.push_back(0);
}

std::uint32_t ImageBuilder::string(const std::string& text) {
  if (text.empty()) return 0;
  const auto [it, fresh] = string_at_.try_emplace(text, static_cast<std::uint32_t>(strings_.size()));
  if (fresh) strings_.append(text).push_back(0);
  return it->second;
}

std::uint8_t ImageBuilder::language(const std::string& tag) {
  const auto it = std::find(languages_.begin(), languages_.end(), tag);
  if (it == languages_.end()) languages_.push_back(tag);
  return static_cast<std::uint8_t>(std::find(languages_.begin(), languages_.end(), tag) - languages_.begin());
}

bool ImageBuilder::phrase(const std::string& text, Payload meaning) {
  const auto words = words_of(text);
  if (words.empty()) return false;
  auto& meanings = phrases_[words];
  if (std::none_of(meanings.begin(), meanings.end(), [&](const Payload& p) { return same(p, meaning); }))
    meanings.push_back(meaning);
  return true;
}

std::string ImageBuilder::write(const std::string& path) {
  std::size_t steps = 0;
  for (const auto& [words, meanings] : phrases_) steps += words.size();
  Trie trie(steps);
  std::vector<Payload> payloads;
  for (auto& [words, meanings] : phrases_) {
    trie.add(words, static_cast<std::int32_t>(payloads.size()));
    meanings.back().last = 1;
    payloads.insert(payloads.end(), meanings.begin(), meanings.end());
  }
  std::vector<std::uint32_t> languages;
  for (const auto& tag : languages_) languages.push_back(string(tag));
  std::sort(countries.begin(), countries.end(),
            [](const CountryRow& a, const CountryRow& b) { return a.country < b.country; });
  std::sort(weights.begin(), weights.end(), [this](const WeightRow& a, const WeightRow& b) {
    return std::strcmp(strings_.data() + a.name, strings_.data() + b.name) < 0;
  });
  const auto order = [](const SoundRow& r) { return std::pair(r.key, r.place); };
  std::sort(sounds.begin(), sounds.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  sounds.erase(std::unique(sounds.begin(), sounds.end(), [&](auto& a, auto& b) { return order(a) == order(b); }),
               sounds.end());
  std::sort(words.begin(), words.end(), [](const WordRow& a, const WordRow& b) { return a.key < b.key; });
  Sections sections;
  sections.add(SectionId::trie, trie.rows);
  sections.add(SectionId::filter, trie.filter);
  sections.add(SectionId::payloads, payloads);
  sections.add(SectionId::places, places);
  sections.add(SectionId::regions, regions);
  sections.add(SectionId::actors, actors);
  sections.add(SectionId::countries, countries);
  sections.add(SectionId::languages, languages);
  sections.add(SectionId::weights, weights);
  sections.add(SectionId::words, words);
  sections.add(SectionId::precedence, precedence);
  sections.add(SectionId::strings, std::vector<char>(strings_.begin(), strings_.end()));
  sections.add(SectionId::sounds, sounds);
  return sections.write(path);
}

std::vector<std::string> split_text(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  for (auto& p : parts) {
    const auto first = p.find_first_not_of(" \r");
    p = first == std::string::npos ? "" : p.substr(first, p.find_last_not_of(" \r") - first + 1);
  }
  return parts;
}

std::vector<TableRow> read_table(const std::string& path) {
  std::vector<TableRow> rows;
  std::ifstream file(path, std::ios::binary);
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#' || line == "\r") continue;
    rows.push_back({path, number, split_text(line, '\t')});
  }
  return rows;
}

int fault(const TableRow& row, const std::string& message) {
  std::fprintf(stderr, "%s:%zu:1: error: %s\n", row.file.c_str(), row.line, message.c_str());
  return 1;
}

}  // namespace tocsin::codegen
