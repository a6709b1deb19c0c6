#include "understand/places.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/geo.hpp"
#include "understand/place_names.hpp"
#include "understand/place_roles.hpp"
#include "understand/place_votes.hpp"

namespace tocsin {

namespace {

constexpr double kSure = 2;       // margin over the rival from which a place may speak for its neighbours
constexpr double kNearby = 150;   // km
constexpr double kBacked = 0.4;   // votes of its country that a name known by its sound alone needs
constexpr double kBare = 0.3;     // vote of a name that capitals do not tell from a person's
constexpr double kDesk = 0.6;     // vote of a dateline: where the reporter sits, mostly but not always near
constexpr double kAbroad = 0.25;  // vote of "Kenyan forces", "French minister": they act and speak abroad as well
constexpr double kDistrict = 60;  // km from the middle of a district to its villages
constexpr std::uint32_t kMetropolis = 1000000;
constexpr std::size_t kVoices = 4;  // mentions of one country after which more change nothing

LatLon position(const PlaceRow& row) {
  return {row.lat / 1e6, row.lon / 1e6};
}

class Resolver {
 public:
  explicit Resolver(const PlaceContext& context)
      : c_(context), image_(context.image), cues_(context), names_(find_place_names(context, cues_)) {}

  PlaceReading run() {
    vote();
    PlaceReading out;
    for (std::size_t i = 0; i < names_.size(); ++i) score(i);
    drop_strangers();
    for (const auto& name : names_) out.mentions.push_back(chosen(name));
    agree(out.mentions);
    settle_neighbours(out.mentions);
    for (auto& m : out.mentions) assign_role(c_, cues_, m, m.metonym);
    out.votes = final_votes(out.mentions);
    return out;
  }

 private:
  // --- votes ---

  void vote() {
    vote_names();
    std::uint32_t done = 0;
    for (const Hit& hit : c_.hits) {
      if (hit.first < done) continue;
      if (vote_demonym(hit) || vote_actor(hit)) done = hit.last();
    }
  }

  /// Only what has one country votes, else a wrong first guess confirms itself. A country outvotes its namesakes.
  void vote_names() {
    std::map<const Payload*, std::size_t> seen;
    for (const auto& name : names_) {
      if (name.heard) continue;
      const auto& first = name.candidates.front();
      const auto cc = country_of(image_, first.row);
      const bool one = std::all_of(name.candidates.begin(), name.candidates.end(),
                                   [&](const Candidate& c) { return country_of(image_, c.row) == cc; });
      if (!one && c_.tokens[name.first].dateline) vote_dateline(name);
      if (!one || ++seen[name.phrase] > kVoices) continue;
      const auto kind = kind_of(image_, first.row);
      const double weight = vote_weight(name, kind);
      votes_.country(cc, weight);
      own_[name.phrase] += weight;
      if (name.candidates.size() == 1 && kind != PlaceKind::country)
        votes_.region(image_.places[first.row].region, kind == PlaceKind::region ? 2 : 0.7);
    }
  }

  [[nodiscard]] double vote_weight(const PlaceName& name, PlaceKind kind) const {
    if (c_.tokens[name.first].dateline) return kDesk;
    if (name.aside) return 0.5;
    if (c_.tokens.caseless && !name.led && !firm(name)) return kBare;
    if (kind == PlaceKind::country) return abbreviated(name) ? 0.5 : 3;
    return kind == PlaceKind::region ? 1.5 : 1;
  }

  /// "SAN SALVADOR, 3 May (AFP) -": the one capital among the namesakes is meant.
  void vote_dateline(const PlaceName& name) {
    for (const auto& c : name.candidates)
      if (kind_of(image_, c.row) == PlaceKind::capital && c.name_kind >= 2)
        return votes_.country(country_of(image_, c.row), kDesk);
  }

  /// "US" and "UK" stand for governments and citizens all over the world.
  [[nodiscard]] bool abbreviated(const PlaceName& name) const {
    const Token& t = c_.tokens[name.first];
    return name.last == name.first + 1 && t.all_caps && t.script == Script::latin && t.end - t.begin <= 3;
  }

  bool vote_demonym(const Hit& hit) {
    double shares = 0;
    for (const Payload& p : hit.payloads) shares += p.kind == PayloadKind::demonym && mine(p);
    if (shares == 0) return false;
    const double voice = cues_.has(hit.last(), Cue::government) ? kAbroad : 1;
    for (const Payload& p : hit.payloads)
      if (p.kind == PayloadKind::demonym && mine(p)) votes_.country(static_cast<std::uint16_t>(p.id), voice / shares);
    return true;
  }

  /// A demonym of another language is mostly another word; of several languages each country counts once.
  [[nodiscard]] bool mine(const Payload& p) const { return c_.language == 255 || p.language == c_.language; }

  /// An armed side speaks for the country that it mostly acts in, which its row names first.
  bool vote_actor(const Hit& hit) {
    for (const Payload& p : hit.payloads) {
      if (p.kind != PayloadKind::actor || !c_.masked[hit.first] || p.id >= image_.actors.size()) continue;
      const auto countries = image_.string(image_.actors[p.id].countries);
      if (countries.size() >= 2)
        votes_.country(pack_country(countries.substr(0, 2)), countries.size() > 2 ? 0.5 : sent_abroad(p.id) ? 0.4 : 1);
      for (std::size_t at = 3; at + 2 <= countries.size(); at += 3)
        votes_.country(pack_country(countries.substr(at, 2)), 0.2);
      return true;
    }
    return false;
  }

  /// An army or police beside insurgents of elsewhere: these are at home, it may be their guest.
  [[nodiscard]] bool sent_abroad(std::uint32_t actor) const {
    const auto own = image_.string(image_.actors[actor].countries);
    if (static_cast<ActorGroup>(image_.actors[actor].group) != ActorGroup::state) return false;
    return std::any_of(c_.hits.begin(), c_.hits.end(), [&](const Hit& hit) {
      return c_.masked[hit.first] && std::any_of(hit.payloads.begin(), hit.payloads.end(), [&](const Payload& p) {
               if (p.kind != PayloadKind::actor || p.id >= image_.actors.size()) return false;
               const auto group = static_cast<ActorGroup>(image_.actors[p.id].group);
               const bool armed = group == ActorGroup::rebel || group == ActorGroup::jihadist;
               const auto theirs = image_.string(image_.actors[p.id].countries);
               return armed && theirs.size() >= 2 && theirs.substr(0, 2) != own;
             });
    });
  }

  // --- scores ---

  void score(std::size_t i) {
    auto& name = names_[i];
    for (auto& c : name.candidates) {
      const double tied = containment(i, c);
      if (tied >= 4 && !name.heard) tied_.insert(name.phrase);
      c.score = prior(name, c) + tied - (shadows_its_seat(name, c) ? 3 : 0);
    }
    std::stable_sort(name.candidates.begin(), name.candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  }

  /// A bare "Mopti" is the town, not the region of the same name around it.
  [[nodiscard]] bool shadows_its_seat(const PlaceName& name, const Candidate& c) const {
    if (kind_of(image_, c.row) != PlaceKind::region || beside(name, Cue::region)) return false;
    return std::any_of(name.candidates.begin(), name.candidates.end(), [&](const Candidate& o) {
      return kind_of(image_, o.row) > PlaceKind::region && image_.places[o.row].region == image_.places[c.row].region;
    });
  }

  /// A small town in a country that nothing else speaks of, in a text that speaks of another: most often a person or a
  /// village of the same name that the gazetteer lacks. What only sounds like a town needs its country named beside it.
  void drop_strangers() {
    const auto ranked = votes_.ranked();
    const double about = c_.tokens.caseless ? kDesk : 3;
    std::erase_if(names_, [&](const PlaceName& name) {
      if (name.heard) return !believed(name, ranked.empty());
      if (firm(name) || tied_.contains(name.phrase)) return false;
      const auto other = std::find_if(ranked.begin(), ranked.end(), [&](auto& v) { return v.first != country(name); });
      if (other == ranked.end() || other->second < about) return false;
      const auto own = own_.find(name.phrase);
      const bool backed = votes_.plain(country(name)) > (own == own_.end() ? 0 : own->second);
      return !backed && (!name.led || name.candidates.size() > 1);
    });
  }

  [[nodiscard]] bool believed(const PlaceName& heard, bool alone) const {
    if (alone) return heard.led && heard.spelled_alike && one_country(heard);
    return votes_.plain(country(heard)) >= (heard.led ? kBacked : 2 * kBacked);
  }

  [[nodiscard]] std::uint16_t country(const PlaceName& name) const {
    return country_of(image_, name.candidates.front().row);
  }
  [[nodiscard]] bool one_country(const PlaceName& name) const {
    return std::all_of(name.candidates.begin(), name.candidates.end(),
                       [&](const Candidate& c) { return country_of(image_, c.row) == country(name); });
  }

  /// Nobody takes it for something else: a big town; where capitals prove nothing, a country or a capital whose name no
  /// other place has.
  [[nodiscard]] bool firm(const PlaceName& name) const {
    const auto& best = name.candidates.front();
    const auto& row = image_.places[best.row];
    const auto kind = static_cast<PlaceKind>(row.kind);
    if (kind == PlaceKind::country) return best.name_kind == 3 || row.population >= kNation;
    if (!c_.tokens.caseless) return name.known;
    return kind == PlaceKind::capital && best.name_kind == 3 &&
           (name.led || row.population >= kMetropolis || one_country(name));
  }

  [[nodiscard]] double prior(const PlaceName& name, const Candidate& c) const {
    const PlaceRow& row = image_.places[c.row];
    const auto cc = country_of(image_, c.row);
    double score = std::log10(row.population + 10.0) + (c.name_kind == 3 ? 1.5 : c.name_kind == 2 ? 1 : 0);
    score += class_weight(name, static_cast<PlaceKind>(row.kind), is_district(image_, c.row));
    // A small territory under a foreign name yields to the towns of that name.
    if (static_cast<PlaceKind>(row.kind) == PlaceKind::country && c.name_kind < 3 && row.population < kNation)
      score -= 5;
    score += votes_.of_country(cc);
    if (static_cast<PlaceKind>(row.kind) != PlaceKind::country) score += votes_.of_region(row.region);
    if (std::find(c_.home.begin(), c_.home.end(), cc) != c_.home.end()) score += 2;
    return score;
  }

  [[nodiscard]] double class_weight(const PlaceName& name, PlaceKind kind, bool district) const {
    switch (kind) {
      case PlaceKind::country:
        return beside(name, Cue::region) ? 3 : 8;
      case PlaceKind::capital:
        return 3;
      case PlaceKind::admin_capital:
        return 1;
      case PlaceKind::region:
        return beside(name, Cue::region) ? 9 : district ? 0 : 1.5;
      case PlaceKind::airport:
        return near_airport(name) ? 6 : -1;
      case PlaceKind::landmark:
        return 3;
      default:
        return 0;
    }
  }

  [[nodiscard]] bool beside(const PlaceName& name, Cue cue) const {
    return cues_.has(name.last, cue) || (name.first > 0 && cues_.has(name.first - 1, cue)) ||
           (name.first > 1 && cues_.has(name.first - 1, Cue::leads) && cues_.has(name.first - 2, cue));
  }

  [[nodiscard]] bool near_airport(const PlaceName& name) const {
    return cues_.among(name.first >= 3 ? name.first - 3 : 0, name.last + 3, Cue::airport);
  }

  /// "X, Y" and "X in Y": Y is the country or the region of X. "Y's X" likewise. Both gain: X proves which Y is meant.
  [[nodiscard]] double containment(std::size_t i, const Candidate& c) const {
    const auto& name = names_[i];
    double bonus = 0;
    if (i + 1 < names_.size() && inside(c.row, names_[i + 1])) bonus = std::max(bonus, tie(name, names_[i + 1]));
    if (i > 0 && inside(c.row, names_[i - 1])) bonus = std::max(bonus, possessive(names_[i - 1], name));
    if (i > 0 && around(c.row, names_[i - 1])) bonus = std::max(bonus, tie(names_[i - 1], name));
    return bonus;
  }

  [[nodiscard]] bool inside(std::uint32_t inner, const PlaceName& outer) const {
    return std::any_of(outer.candidates.begin(), outer.candidates.end(),
                       [&](const Candidate& o) { return holds(o.row, inner); });
  }
  [[nodiscard]] bool around(std::uint32_t outer, const PlaceName& inner) const {
    return std::any_of(inner.candidates.begin(), inner.candidates.end(),
                       [&](const Candidate& c) { return c.name_kind >= 2 && holds(outer, c.row); });
  }

  [[nodiscard]] bool holds(std::uint32_t outer, std::uint32_t inner) const {
    if (outer == inner || country_of(image_, outer) != country_of(image_, inner)) return false;
    const auto outer_kind = kind_of(image_, outer), inner_kind = kind_of(image_, inner);
    if (outer_kind == PlaceKind::country) return inner_kind != PlaceKind::country;
    if (is_district(image_, outer))
      return inner_kind > PlaceKind::region &&
             distance_km(position(image_.places[outer]), position(image_.places[inner])) < kDistrict;
    if (outer_kind == PlaceKind::region)
      return (is_district(image_, inner) || inner_kind > PlaceKind::region) &&
             image_.places[outer].region == image_.places[inner].region;
    return image_.places[inner].parent == outer;
  }

  [[nodiscard]] double tie(const PlaceName& inner, const PlaceName& outer) const {
    const auto& t = c_.tokens;
    if (outer.first >= t.size() || t[inner.first].sentence != t[outer.first].sentence) return 0;
    const auto between = outer.first - inner.last;
    const auto gap = t[inner.last].gap;
    if (between == 0) return gap == Gap::comma || gap == Gap::bracket ? 8 : gap == Gap::space ? 3 : 0;
    if (between > 5) return 0;
    bool led = false;
    for (auto k = inner.last; k < outer.first; ++k) led = led || cues_.has(k, Cue::leads) || cues_.has(k, Cue::region);
    return led || gap == Gap::comma ? 4 : 1;
  }

  [[nodiscard]] double possessive(const PlaceName& outer, const PlaceName& inner) const {
    const auto between = inner.first - outer.last;
    if (between == 0) return c_.tokens[inner.first].gap == Gap::comma ? 5 : 2;
    return between <= 3 && c_.tokens.word(outer.last) == "s" ? 4 : 0;
  }

  [[nodiscard]] PlaceMention chosen(const PlaceName& name) const {
    PlaceMention m{name.first, name.last, name.candidates.front().row};
    m.metonym = name.aside;
    if (name.heard) m.margin = 1;
    for (const auto& c : name.candidates) {
      if (same_spot(c.row, m.row)) continue;
      m.rival = c.row;
      m.margin = std::min(m.margin, name.candidates.front().score - c.score);
      break;
    }
    return m;
  }

  /// Quick to tell: no more than `reach` millionths of a degree of latitude lie between (a degree is 111 km).
  [[nodiscard]] bool level_with(std::uint32_t a, std::uint32_t b, std::int32_t reach) const {
    return std::abs(image_.places[a].lat - image_.places[b].lat) < reach;
  }

  /// A town and the region around it are no rivals.
  [[nodiscard]] bool same_spot(std::uint32_t a, std::uint32_t b) const {
    return country_of(image_, a) == country_of(image_, b) && level_with(a, b, 1000000) &&
           distance_km(position(image_.places[a]), position(image_.places[b])) < 100;
  }

  /// One sense a text: the best founded reading of a name holds for all its mentions.
  void agree(std::vector<PlaceMention>& mentions) const {
    std::map<const Payload*, std::size_t> best;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      if (names_[i].heard) continue;
      const auto [it, fresh] = best.try_emplace(names_[i].phrase, i);
      if (!fresh && names_[i].candidates.front().score > names_[it->second].candidates.front().score) it->second = i;
    }
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      if (names_[i].heard) continue;
      const auto& from = mentions[best[names_[i].phrase]];
      mentions[i].row = from.row;
      mentions[i].rival = from.rival;
      mentions[i].margin = from.margin;
    }
  }

  /// A close call goes to the candidate that lies near a place that is sure.
  void settle_neighbours(std::vector<PlaceMention>& mentions) const {
    std::vector<LatLon> sure;
    for (const auto& m : mentions)
      if (m.margin >= kSure && kind_of(image_, m.row) > PlaceKind::region && sure.size() < 16)
        sure.push_back(position(image_.places[m.row]));
    if (sure.empty()) return;
    const auto has_neighbour = [&](std::uint32_t row) {
      return kind_of(image_, row) > PlaceKind::region && std::any_of(sure.begin(), sure.end(), [&](LatLon at) {
               return distance_km(at, position(image_.places[row])) < kNearby;
             });
    };
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      auto& m = mentions[i];
      if (m.margin >= kSure || names_[i].candidates.size() < 2 || has_neighbour(m.row)) continue;
      const double floor = names_[i].candidates.front().score - kSure;
      for (const auto& c : names_[i].candidates) {
        if (c.score < floor) break;
        if (!has_neighbour(c.row)) continue;
        m.rival = m.row;
        m.row = c.row;
        break;
      }
    }
  }

  [[nodiscard]] std::vector<std::pair<std::uint16_t, double>> final_votes(
      const std::vector<PlaceMention>& mentions) const {
    Votes all = votes_;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      const auto& m = mentions[i];
      const bool chosen = m.rival != kNoPlace && country_of(image_, m.rival) != country_of(image_, m.row);
      if (chosen || names_[i].heard) all.country(country_of(image_, m.row), 0.5);
    }
    return all.ranked();
  }

  const PlaceContext& c_;
  const Image& image_;
  PlaceCues cues_;
  std::vector<PlaceName> names_;
  Votes votes_;
  std::map<const Payload*, double> own_;  // what a name has voted for its own country
  std::set<const Payload*> tied_;         // names that a container beside them proves
};

}  // namespace

PlaceReading resolve_places(const PlaceContext& context) {
  return context.tokens.size() == 0 ? PlaceReading{} : Resolver(context).run();
}

std::uint32_t airport_of(const Image& image, std::uint32_t city) {
  // Rows of one country stand together, its airports largest first.
  for (std::uint32_t row = 0; row < image.places.size(); ++row)
    if (image.places[row].parent == city && kind_of(image, row) == PlaceKind::airport) return row;
  return kNoPlace;
}

}  // namespace tocsin
