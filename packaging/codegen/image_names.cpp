// Reads rules/places/places.tsv, rules/places/demonyms.tsv, rules/actors/actors.tsv and the weights table.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>

#include "image_builder.hpp"
#include "model/event_type.hpp"
#include "understand/opening.hpp"
#include "understand/precedence.hpp"
#include "understand/sound.hpp"
#include "understand/tokens.hpp"

namespace tocsin::codegen {

namespace {

/// Rows by the name that other rows refer to them with.
using Known = std::map<std::string, std::uint32_t>;

std::uint32_t row_of(const Known& known, const std::string& id) {
  const auto it = known.find(id);
  return it == known.end() ? kNoPlace : it->second;
}

class PlaceReader {
 public:
  explicit PlaceReader(ImageBuilder& out) : out_(out) {}

  int read(const std::vector<TableRow>& rows) {
    for (const auto& row : rows)
      if (row.cells.size() == 11) known_[row.cells[0]] = next_++;
    int faults = 0;
    for (const auto& row : rows)
      faults += row.cells.size() == 11
                    ? place(row)
                    : fault(row, "a place row has 11 cells, not " + std::to_string(row.cells.size()));
    return faults;
  }

 private:
  int place(const TableRow& row) {
    const auto& c = row.cells;
    const bool district = c[1] == "district";
    const auto kind = district ? PlaceKind::region : kPlaceKinds.find(c[1]);
    const auto cc = pack_country(c[2]);
    if (!kind) return fault(row, "unknown kind of place \"" + c[1] + "\"");
    if (!cc) return fault(row, "\"" + c[2] + "\" is no ISO 3166-1 code");
    const auto number = static_cast<std::uint32_t>(out_.places.size());
    PlaceRow p{};
    p.lat = static_cast<std::int32_t>(std::lround(std::atof(c[4].c_str()) * 1e6));
    p.lon = static_cast<std::int32_t>(std::lround(std::atof(c[5].c_str()) * 1e6));
    p.population = static_cast<std::uint32_t>(std::atol(c[6].c_str()));
    p.parent = row_of(known_, c[7]);
    p.name = out_.string(c[8]);
    p.region = region(cc, c[3]);
    p.kind = static_cast<std::uint8_t>(*kind);
    p.level = *kind == PlaceKind::region ? static_cast<std::uint8_t>(1 + district) : std::uint8_t{0};
    out_.places.push_back(p);
    if (*kind == PlaceKind::region && !district) name_region(p.region, c[3], p.name, number);
    if (*kind == PlaceKind::country) country(cc).place = number;
    if (*kind == PlaceKind::capital && country(cc).capital == kNoPlace) country(cc).capital = number;
    return names(row, number);
  }

  int names(const TableRow& row, std::uint32_t number) {
    int faults = 0;
    for (const auto& entry : split_text(row.cells[9], '|')) {
      if (entry.empty()) continue;
      const auto colon = entry.find(':');
      if (colon == std::string::npos || entry[0] < '1' || entry[0] > '3') {
        faults += fault(row, "a name reads K:name with K from 1 to 3, not \"" + entry + "\"");
        continue;
      }
      const bool word = entry.find('w') < colon;
      add(entry.substr(colon + 1), static_cast<std::uint8_t>(entry[0] - '0'), word, number);
    }
    for (const auto& code : split_text(row.cells[10], '|'))
      if (!code.empty()) add(code, 0, false, number);
    return faults;
  }

  void add(const std::string& name, std::uint8_t kind, bool word, std::uint32_t number) {
    out_.phrase(name, {PayloadKind::place, 0, 255, kind, static_cast<std::uint8_t>(word), {}, number});
    const auto of = static_cast<PlaceKind>(out_.places[number].kind);
    if (kind >= 2 && !word && of != PlaceKind::country && of != PlaceKind::airport) hear(name, number);
  }

  void hear(const std::string& name, std::uint32_t number) {
    std::string words;
    for (const auto& word : words_of(name)) words += (words.empty() ? "" : " ") + word;
    for (const auto key : sounds_of(words)) out_.sounds.push_back({key, number});
  }

  std::uint16_t region(std::uint16_t cc, const std::string& code) {
    const auto key = unpack_country(cc) + '/' + code;
    const auto [it, fresh] = regions_.try_emplace(key, static_cast<std::uint16_t>(out_.regions.size()));
    if (fresh) out_.regions.push_back({cc, 0, out_.string(code), 0, kNoPlace});
    return it->second;
  }

  void name_region(std::uint16_t at, const std::string& code, std::uint32_t name, std::uint32_t place) {
    if (code.empty() || out_.regions[at].place != kNoPlace) return;
    out_.regions[at].name = name;
    out_.regions[at].place = place;
  }

  CountryRow& country(std::uint16_t cc) {
    const auto it = std::find_if(out_.countries.begin(), out_.countries.end(),
                                 [cc](const CountryRow& r) { return r.country == cc; });
    if (it != out_.countries.end()) return *it;
    return out_.countries.emplace_back(CountryRow{cc, 0, kNoPlace, kNoPlace});
  }

  ImageBuilder& out_;
  Known known_;
  std::uint32_t next_ = 0;
  std::map<std::string, std::uint16_t> regions_;
};

}  // namespace

int read_places(const std::string& file, ImageBuilder& out) {
  return PlaceReader(out).read(read_table(file));
}

int read_actors(const std::string& file, ImageBuilder& out) {
  const auto rows = read_table(file);
  Known known;
  for (const auto& row : rows) known.try_emplace(row.cells[0], static_cast<std::uint32_t>(known.size()));
  int faults = 0;
  for (const auto& row : rows) {
    if (row.cells.size() != 7) {
      faults += fault(row, "an actor row has 7 cells, not " + std::to_string(row.cells.size()));
      continue;
    }
    const auto& c = row.cells;
    const auto group = kActorGroups.find(c[1]);
    if (!group) faults += fault(row, "unknown actor group \"" + c[1] + "\"");
    const auto number = static_cast<std::uint32_t>(out.actors.size());
    const std::string shown = c[5].substr(0, c[5].find('!'));
    out.actors.push_back({out.string(c[0]),
                          out.string(shown),
                          out.string(c[3]),
                          row_of(known, c[4]),
                          static_cast<std::uint8_t>(group.value_or(ActorGroup::unknown)),
                          {}});
    auto names = split_text(c[6], '|');
    names.push_back(c[5]);
    for (auto name : names) {
      const bool guarded = !name.empty() && name.back() == '!';
      if (guarded) name.pop_back();
      if (!name.empty())
        out.phrase(name, {PayloadKind::actor, 0, 255, static_cast<std::uint8_t>(guarded), 0, {}, number});
    }
  }
  return faults;
}

int read_demonyms(const std::string& file, ImageBuilder& out) {
  int faults = 0;
  for (const auto& row : read_table(file)) {
    if (row.cells.size() != 3 || !pack_country(row.cells[0])) {
      faults += fault(row, "a demonym row has a country code, a language and forms");
      continue;
    }
    for (const auto& form : split_text(row.cells[2], '|'))
      if (!form.empty())
        out.phrase(form, {PayloadKind::demonym, 0, out.language(row.cells[1]), 0, 0, {}, pack_country(row.cells[0])});
  }
  return faults;
}

int read_weights(const std::string& file, ImageBuilder& out) {
  for (const auto& row : read_table(file)) {
    if (row.cells.size() != 3) return fault(row, "a weight row has a feature's name and two numbers");
    out.weights.push_back({out.string(row.cells[0]), std::strtof(row.cells[1].c_str(), nullptr),
                           std::strtof(row.cells[2].c_str(), nullptr)});
  }
  return 0;
}

int read_words(const std::string& file, ImageBuilder& out) {
  for (const auto& row : read_table(file)) {
    if (row.cells.size() != 3) return fault(row, "a row has a word or two, and two numbers");
    out.words.push_back({wording_key(row.cells[0]), std::strtof(row.cells[1].c_str(), nullptr),
                         std::strtof(row.cells[2].c_str(), nullptr)});
  }
  return 0;
}

/// Cues and types that the table leaves out weigh nothing.
int read_precedence(const std::string& file, ImageBuilder& out) {
  int faults = 0;
  out.precedence.assign(kPrecedenceRows, {0, 0});
  for (const auto& row : read_table(file)) {
    const auto cue = row.cells.size() == 3 ? kCues.find(row.cells[0]) : std::nullopt;
    const auto type = row.cells.size() == 3 ? event_type(row.cells[0]) : std::nullopt;
    if (!cue && !type) {
      faults += fault(row, "a row has a cue or an event type, and two numbers");
      continue;
    }
    const auto at = cue ? static_cast<std::size_t>(*cue) : kCues.names.size() + static_cast<std::size_t>(*type);
    out.precedence[at] = {std::strtof(row.cells[1].c_str(), nullptr), std::strtof(row.cells[2].c_str(), nullptr)};
  }
  return faults;
}

}  // namespace tocsin::codegen
