#include "understand/place_names.hpp"

#include <algorithm>

#include "understand/place_sounds.hpp"

namespace tocsin {

namespace {

constexpr std::uint32_t kBigTown = 200000;  // people: known enough to need no proof that it is meant
constexpr std::uint32_t kTown = 15000;

bool has_case(Script script) {
  return script == Script::latin || script == Script::cyrillic;
}

class Finder {
 public:
  Finder(const PlaceContext& context, const PlaceCues& cues) : c_(context), t_(context.tokens), cues_(cues) {}

  std::vector<PlaceName> run() {
    for (std::size_t i = 0; i < c_.hits.size();) {
      std::size_t end = i + 1;
      while (end < c_.hits.size() && c_.hits[end].first == c_.hits[i].first) ++end;
      take_first_named(c_.hits.subspan(i, end - i));
      i = end;
    }
    // Who was once introduced as a person is one throughout.
    std::erase_if(out_, [&](const PlaceName& name) {
      return std::find(persons_.begin(), persons_.end(), name.phrase) != persons_.end();
    });
    hear_place_names(c_, cues_, out_);
    return std::move(out_);
  }

 private:
  /// The longest of the phrases that begin at one word; where a word may be read with and without its particle, the
  /// word as written (which stands later among the hits) goes before.
  void take_first_named(std::span<const Hit> hits) {
    if (hits.front().first < done_) return;
    if (hits.size() == 1) {
      take(hits.front());
      return;
    }
    std::vector<const Hit*> order;
    for (const Hit& hit : hits) order.insert(order.begin(), &hit);
    std::stable_sort(order.begin(), order.end(), [](const Hit* a, const Hit* b) { return a->count > b->count; });
    for (const Hit* hit : order)
      if (take(*hit)) return;
  }

  bool take(const Hit& hit) {
    if (crosses_comma(hit) || masked(hit)) return false;
    PlaceName name{hit.first, hit.last(), hit.payloads.data()};
    gather(hit, name);
    if (name.candidates.empty() || !capitals_agree(hit) || !gates(hit, name)) return false;
    name.known = any(name, &Finder::is_big);
    // "From the Zarate Wilka forces": an article before a town's name makes it a part of another.
    const bool part = t_.caseless && !name.known && hit.first > 0 && cues_.has(hit.first - 1, Cue::skipped);
    name.led = (cues_.before(hit.first, Cue::leads) && !part) || t_[hit.first].proclitic;
    done_ = hit.last();
    out_.push_back(std::move(name));
    return true;
  }

  bool crosses_comma(const Hit& hit) const {
    for (auto i = hit.first + 1; i < hit.last(); ++i)
      if (t_[i].gap >= Gap::comma) return true;
    return false;
  }

  bool masked(const Hit& hit) const {
    for (auto i = hit.first; i < hit.last(); ++i)
      if (c_.masked[i] || cues_.hidden(i)) return true;
    return false;
  }

  void gather(const Hit& hit, PlaceName& name) {
    for (const Payload& p : hit.payloads) {
      if (p.kind != PayloadKind::place || p.id >= c_.image.places.size()) continue;
      const auto kind = kind_of(c_.image, p.id);
      if (p.a == 0 && !code_is_meant(hit)) continue;
      if (kind == PlaceKind::airport && p.a != 0 && !airport_is_meant(hit)) continue;
      add(name, {p.id, p.a, p.b != 0});
    }
    drop_adjectives(hit, name);
    word_ = std::all_of(name.candidates.begin(), name.candidates.end(), [](const Candidate& c) { return c.word; });
    // "Sirte" is a word to somebody, but also a town; "Plateau" is a region and little else.
    const bool settled = std::any_of(name.candidates.begin(), name.candidates.end(),
                                     [&](const Candidate& c) { return kind_of(c_.image, c.row) > PlaceKind::region; });
    if (settled)
      for (auto& c : name.candidates) c.word = false;
    const auto best = std::max_element(name.candidates.begin(), name.candidates.end(),
                                       [](const auto& a, const auto& b) { return a.name_kind < b.name_kind; });
    if (best != name.candidates.end() && best->name_kind >= 2)
      std::erase_if(name.candidates, [](const Candidate& c) { return c.name_kind == 1; });
  }

  /// "US" and "U.S." are one name; as a word it needs the proof of a word.
  static void add(PlaceName& name, const Candidate& fresh) {
    for (auto& c : name.candidates) {
      if (c.row != fresh.row) continue;
      c.word = c.word || fresh.word;
      c.name_kind = std::max(c.name_kind, fresh.name_kind);
      return;
    }
    name.candidates.push_back(fresh);
  }

  /// "Somali" is a region of Ethiopia and mostly the people of Somalia.
  void drop_adjectives(const Hit& hit, PlaceName& name) const {
    if (!cues_.has(hit.first, Cue::demonym) || hit.count > 1 || beside(hit, Cue::region)) return;
    std::erase_if(name.candidates, [&](const Candidate& c) { return kind_of(c_.image, c.row) == PlaceKind::region; });
  }

  /// IATA and ICAO codes collide with every other abbreviation: only near an airport word.
  bool code_is_meant(const Hit& hit) const {
    return t_[hit.first].all_caps && !cues_.weak_case(hit.first) && near_airport_word(hit);
  }

  bool near_airport_word(const Hit& hit) const {
    return cues_.among(hit.first >= 3 ? hit.first - 3 : 0, hit.last() + 3, Cue::airport);
  }

  /// An airport's name without the word "airport" is mostly a person's or a town's.
  bool airport_is_meant(const Hit& hit) const {
    return near_airport_word(hit) || (hit.count == 1 && cues_.before(hit.first, Cue::locates));
  }

  bool capitals_agree(const Hit& hit) const {
    const Token& first = t_[hit.first];
    const Token& last = t_[hit.last() - 1];
    if (!has_case(first.script) || t_.caseless) return true;
    if (!first.capitalised && !first.digits) return false;
    return last.capitalised || last.digits || hit.count > 2;
  }

  bool any(const PlaceName& name, bool (Finder::*test)(const Candidate&) const) const {
    return std::any_of(name.candidates.begin(), name.candidates.end(),
                       [&](const Candidate& c) { return (this->*test)(c); });
  }
  bool is_top(const Candidate& c) const {
    const auto kind = kind_of(c_.image, c.row);
    const bool seat = kind == PlaceKind::capital || kind == PlaceKind::landmark;
    const bool country =
        kind == PlaceKind::country && (c.name_kind == 3 || c_.image.places[c.row].population >= kNation);
    return c.name_kind >= 2 && (country || (seat && c.name_kind == 3));
  }
  bool is_big(const Candidate& c) const {
    const auto kind = kind_of(c_.image, c.row);
    const bool region = kind == PlaceKind::region && !c.word && !is_district(c_.image, c.row);
    return c.name_kind >= 2 &&
           (is_top(c) || kind == PlaceKind::capital || region || c_.image.places[c.row].population >= kBigTown);
  }
  bool is_town(const Candidate& c) const {
    return c.name_kind >= 2 && (is_big(c) || c_.image.places[c.row].population >= kTown ||
                                kind_of(c_.image, c.row) == PlaceKind::admin_capital || c.name_kind == 3);
  }

  bool gates(const Hit& hit, PlaceName& name) {
    if (c_.language == 255 && !any(name, &Finder::is_big)) return false;
    if (hit.count == 1 && cues_.has(hit.first, Cue::direction) && !names_a_region(hit)) return false;
    if (!has_case(t_[hit.first].script)) return hit.count > 1 || caseless_gate(hit, name);
    if (hit.count == 1 && !word_gate(hit, name)) return false;
    return person_gate(hit, name);
  }

  /// "Central province", "région de l'Est"; not "West Hararge district".
  bool names_a_region(const Hit& hit) const {
    const auto next = hit.last();
    if (cues_.has(next, Cue::region)) return true;
    return beside(hit, Cue::region) && !(cues_.joined(next) && t_[next].capitalised);
  }

  bool beside(const Hit& hit, Cue cue) const { return cues_.beside(hit.first, hit.last(), cue); }

  /// Arabic and other scripts without capitals.
  bool caseless_gate(const Hit& hit, const PlaceName& name) const {
    if (any(name, &Finder::is_top)) return true;
    const Token& t = t_[hit.first];
    const bool cut = t.proclitic && !whole_word(hit);
    if (cut && t.end - t.begin < 10) return false;  // a particle and three letters are any word
    const bool led = cut || cues_.before(hit.first, Cue::leads) || beside(hit, Cue::settlement) ||
                     beside(hit, Cue::region) || near_airport_word(hit);
    if (word_) return led && any(name, &Finder::is_town) && !cues_.has(hit.first, Cue::known);
    return led || any(name, &Finder::is_town);
  }

  /// The phrase was found by the word as written, not by the word without its particle.
  bool whole_word(const Hit& hit) const {
    const auto key = phrase_key(kPhraseSeed, hash_word(t_.word(hit.first)));
    const auto& trie = c_.image.trie;
    for (std::size_t i = key & (trie.size() - 1); trie[i].key != 0; i = (i + 1) & (trie.size() - 1))
      if (trie[i].key == key)
        return trie[i].payload >= 0 &&
               &c_.image.payloads[static_cast<std::size_t>(trie[i].payload)] == hit.payloads.data();
    return false;
  }

  bool proven(const Hit& hit) const {
    return cues_.before(hit.first, Cue::locates) || beside(hit, Cue::settlement) || beside(hit, Cue::region) ||
           near_airport_word(hit) || precedes_container(hit);
  }

  /// "Split, Croatia": what follows the comma is a country or a region.
  bool precedes_container(const Hit& hit) const {
    const auto next = hit.last();
    if (next >= t_.size() || (t_[next].gap != Gap::comma && t_[next].gap != Gap::bracket)) return false;
    return names_place(next, [&](const Payload& p) { return kind_of(c_.image, p.id) <= PlaceKind::region; });
  }

  /// Some place name that begins at the token passes the test.
  template <class Test>
  bool names_place(std::size_t token, Test test) const {
    const auto from =
        std::partition_point(c_.hits.begin(), c_.hits.end(), [&](const Hit& h) { return h.first < token; });
    for (auto h = from; h != c_.hits.end() && h->first == token; ++h)
      if (std::any_of(h->payloads.begin(), h->payloads.end(),
                      [&](const Payload& p) { return p.kind == PayloadKind::place && p.a >= 2 && test(p); }))
        return true;
    return false;
  }

  /// Names that are words, and names so short that many things are called so.
  bool word_gate(const Hit& hit, const PlaceName& name) const {
    const Token& t = t_[hit.first];
    const bool short_name = t.end - t.begin <= 3;
    if (short_name && word_) return abbreviation_gate(hit, name);
    if (cues_.weak_case(hit.first)) return weak_gate(hit, name);
    if (short_name && t.sentence_start) return proven(hit) || any(name, &Finder::is_top);
    if (!word_ || any(name, &Finder::is_top)) return true;
    if (cues_.has(hit.first, Cue::known)) return precedes_container(hit);
    return proven(hit) || (any(name, &Finder::is_big) && !t.sentence_start);
  }

  /// "US", "UK": capitals or full stops make the difference to "us".
  bool abbreviation_gate(const Hit& hit, const PlaceName& name) const {
    const bool dotted = t_.slice(hit.first, hit.last()).find('.') != std::string_view::npos;
    const bool top = any(name, &Finder::is_top);
    if (t_.caseless) return top && dotted;
    if (cues_.weak_case(hit.first))
      return top && (dotted || (t_[hit.first].all_caps && cues_.before(hit.first, Cue::locates)));
    return (t_[hit.first].all_caps && top) || (!top && proven(hit));
  }

  /// Where capitals prove nothing, a name must be known by itself or stand where only a place can stand.
  bool weak_gate(const Hit& hit, const PlaceName& name) const {
    const bool known_word = cues_.has(hit.first, Cue::known);
    if (any(name, &Finder::is_top)) return !(word_ && known_word) || proven(hit);
    if (known_word || (t_.caseless && word_))
      return precedes_container(hit) || (!known_word && beside(hit, Cue::region));
    const bool doubtful = word_ || cues_.has(hit.first, Cue::given);
    if (!doubtful && (!t_.caseless || any(name, &Finder::is_big))) return true;
    return proven(hit);
  }

  bool taken(std::size_t token) const { return !out_.empty() && token < done_ && token >= out_.back().first; }

  /// A capitalised word that nobody knows, written right beside the name: together they name something else.
  bool stranger(std::size_t token) const {
    const Token& t = t_[token];
    return t.capitalised && !t.digits && !cues_.has(token, Cue::known) && !cues_.has(token, Cue::demonym) &&
           !c_.masked[token] && !taken(token);
  }

  bool place_begins(std::size_t token) const {
    return names_place(token, [](const Payload&) { return true; });
  }

  /// Persons, clubs and other things that bear a place's name.
  bool person_gate(const Hit& hit, PlaceName& name) {
    const auto next = hit.last();
    const bool after = cues_.joined(next) && t_[next].capitalised;
    const bool before =
        hit.first > 0 && cues_.joined(hit.first) && t_[hit.first - 1].capitalised && !taken(hit.first - 1);
    const bool top = any(name, &Finder::is_top), big = any(name, &Finder::is_big);
    const bool titled = before && cues_.has(hit.first - 1, Cue::title) && !top;
    if ((before && cues_.has(hit.first - 1, Cue::given) && !cues_.has(hit.first - 1, Cue::leads)) || titled) {
      if (!big) persons_.push_back(name.phrase);
      return false;
    }
    if (after && cues_.has(next, Cue::club)) return false;
    const bool named = hit.count == 1 && cues_.has(hit.first, Cue::given);
    if (named && !big && !proven(hit)) return false;
    if (named && after && !cues_.has(next, Cue::known) && !cues_.has(next, Cue::demonym) && !c_.masked[next])
      return false;
    if (t_.caseless && !top && !populous(name) && among_strangers(hit)) return proven(hit);
    if (cues_.weak_case(hit.first)) return true;
    const bool follows = after && stranger(next) && !place_begins(next);
    const bool precedes = before && stranger(hit.first - 1) && !t_[hit.first - 1].sentence_start;
    name.aside = follows || precedes || hyphenated_stranger(hit);
    return big || !name.aside;
  }

  bool populous(const PlaceName& name) const {
    return std::any_of(name.candidates.begin(), name.candidates.end(), [&](const Candidate& c) {
      return c.name_kind == 3 && c_.image.places[c.row].population >= kBigTown;
    });
  }

  /// In a text all in capitals: a word that nobody knows stands right beside the name, as in "NAPOLEON DUARTE".
  bool among_strangers(const Hit& hit) const {
    const auto unknown = [&](std::size_t i) {
      return !t_[i].digits && !cues_.has(i, Cue::known) && !cues_.has(i, Cue::demonym) && !c_.masked[i] && !taken(i);
    };
    const bool before = cues_.joined(hit.first) && unknown(hit.first - 1);
    return before || (cues_.joined(hit.last()) && unknown(hit.last()) && !place_begins(hit.last()));
  }

  bool hyphenated_stranger(const Hit& hit) const {
    const auto next = hit.last();
    const bool right = next < t_.size() && t_[next].gap == Gap::hyphen && stranger(next) && !place_begins(next);
    const bool left = hit.first > 0 && t_[hit.first].gap == Gap::hyphen && stranger(hit.first - 1);
    return left || right;
  }

  const PlaceContext& c_;
  const Tokens& t_;
  const PlaceCues& cues_;
  std::vector<PlaceName> out_;
  std::vector<const Payload*> persons_;  // names of small places that follow a first name or a title
  std::uint32_t done_ = 0;
  bool word_ = false;  // of the name being gathered: every meaning equals a dictionary word
};

}  // namespace

PlaceKind kind_of(const Image& image, std::uint32_t row) {
  return static_cast<PlaceKind>(image.places[row].kind);
}

std::uint16_t country_of(const Image& image, std::uint32_t row) {
  return image.regions[image.places[row].region].country;
}

bool is_district(const Image& image, std::uint32_t row) {
  return image.places[row].level == 2;
}

std::vector<PlaceName> find_place_names(const PlaceContext& context, const PlaceCues& cues) {
  return Finder(context, cues).run();
}

}  // namespace tocsin
