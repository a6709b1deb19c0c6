#include "understand/locate.hpp"

#include <algorithm>

namespace tocsin {

namespace {

/// How closely a kind of place tells where something is.
double closeness(PlaceKind kind, bool district = false) {
  if (district) return 1.5;
  switch (kind) {
    case PlaceKind::country:
      return 0;
    case PlaceKind::region:
      return 1;
    case PlaceKind::quarter:
    case PlaceKind::airport:
    case PlaceKind::landmark:
      return 4;
    default:
      return 3;
  }
}

PlaceKind kind_of(const Image& image, std::uint32_t row) {
  return static_cast<PlaceKind>(image.places[row].kind);
}

constexpr double kHint = 0.25;  // the least vote that names a country: a people of many countries says nothing of one

class Locator {
 public:
  Locator(const Findings& f, const EventMention& e) : f_(f), e_(e), image_(f.reading.image) {}

  Place run(const PlaceMention** proof) {
    const PlaceMention* best = nullptr;
    double best_score = -1e9;
    for (const PlaceMention& m : f_.places.mentions) {
      if (m.row == kNoPlace || m.row >= image_.places.size()) continue;
      const double score = score_of(m);
      if (score > best_score) {
        best_score = score;
        best = &m;
      }
    }
    // A government that only speaks, or a reporter's desk, is no place when the text is about another country.
    const bool aloof = best && (best->metonym || f_.reading.tokens[best->first].dateline);
    if (aloof && share_of_votes(country_of(*best)) < 1) best = nullptr;
    if (best) best = refined(best);
    *proof = best;
    if (best) return placed(*best);
    return by_votes();
  }

 private:
  double score_of(const PlaceMention& m) const {
    const auto& tokens = f_.reading.tokens;
    const auto sentence = tokens[m.first].sentence;
    double score = closeness(kind_of(image_, m.row), image_.places[m.row].level == 2) * 1.5;
    if (m.metonym) score -= 8;
    if (tokens[m.first].dateline) score -= 5;
    const auto apart = sentence > e_.sentence ? sentence - e_.sentence : e_.sentence - sentence;
    if (apart == 0) {
      const std::size_t d = m.first >= e_.last ? m.first - e_.last : e_.first - std::min(e_.first, m.last);
      score += 8 - std::min(4.0, static_cast<double>(d) / 6);
      if (m.first > 0 && f_.reading.is(m.first - 1, Category::locative)) score += 2;
      if (told_there(m)) score -= 5;
    } else {
      score -= std::min<double>(apart, 8) * (sentence > e_.sentence ? 0.9 : 1.1);
      if (tokens[m.first].headline) score += 2;
    }
    return score + 3 * share_of_votes(country_of(m));
  }

  /// "Officials said in Caracas that", "sources in Caracas said": where it was told.
  bool told_there(const PlaceMention& m) const {
    const auto& r = f_.reading;
    if (m.first < 2 || !(r.is(m.first - 1, Function::in) || r.is(m.first - 1, Function::from))) return false;
    return r.is(m.first - 2, Category::speech) || (m.last < r.tokens.size() && r.is(m.last, Category::speech));
  }

  /// 1 for the country that the text speaks of most, less for the others.
  double share_of_votes(std::uint16_t country) const {
    for (const auto& [cc, weight] : f_.places.votes)
      if (cc == country) return weight / f_.places.votes.front().second;
    return 0;
  }

  /// A country or region alone says little: a town of it in the headline or in a sentence with an event says more.
  const PlaceMention* refined(const PlaceMention* best) const {
    if (closeness(kind_of(image_, best->row)) > 1) return best;
    const PlaceMention* town = nullptr;
    for (const PlaceMention& m : f_.places.mentions) {
      if (m.row == kNoPlace || m.metonym || f_.reading.tokens[m.first].dateline || country_of(m) != country_of(*best))
        continue;
      if (closeness(kind_of(image_, m.row)) <= closeness(kind_of(image_, best->row)) ||
          !tells_event(f_.reading.tokens[m.first].sentence))
        continue;
      if (!town) town = &m;
    }
    return town ? town : best;
  }

  bool tells_event(std::uint32_t sentence) const {
    return std::any_of(f_.events.begin(), f_.events.end(),
                       [&](const EventMention& e) { return e.sentence == sentence && e.type == e_.type; }) ||
           f_.reading.tokens.sentences[sentence].headline || sentence == e_.sentence + 1;
  }

  std::uint16_t country_of(const PlaceMention& m) const { return image_.regions[image_.places[m.row].region].country; }

  Place placed(const PlaceMention& m) const {
    Place p = place_of_row(image_, m.row);
    if (m.at_airport) stand_at_airport(p, m.row);
    p.confidence = m.margin < 1 ? 0.5 : std::min(1.0, 0.6 + m.margin / 20);
    return p;
  }

  /// "Niamey airport" is told as Niamey, with the position of its airport.
  void stand_at_airport(Place& p, std::uint32_t town) const {
    p.is_airport = true;
    const std::uint32_t airport = airport_of(image_, town);
    if (airport == kNoPlace) return;
    p.at = LatLon{image_.places[airport].lat / 1e6, image_.places[airport].lon / 1e6};
    p.precision = Precision::exact;
  }

  /// Nothing is named: the country that demonyms and actors speak for, else the only one that the feed covers.
  Place by_votes() const {
    std::uint16_t country = 0;
    if (!f_.places.votes.empty() && f_.places.votes.front().second >= kHint)
      country = f_.places.votes.front().first;
    else if (f_.home.size() == 1)
      country = f_.home.front();
    Place p;
    p.country = unpack_country(country);
    p.confidence = 0.3;
    if (const CountryRow* row = image_.country(country); row && row->place != kNoPlace) {
      p = place_of_row(image_, row->place);
      p.confidence = 0.4;
    }
    return p;
  }

  const Findings& f_;
  const EventMention& e_;
  const Image& image_;
};

}  // namespace

Place place_of_row(const Image& image, std::uint32_t number) {
  Place p;
  if (number >= image.places.size()) return p;
  const PlaceRow& row = image.places[number];
  const RegionRow& region = image.regions[row.region];
  p.kind = static_cast<PlaceKind>(row.kind);
  p.name = std::string(image.string(row.name));
  const PlaceRow* town = row.parent != kNoPlace && row.parent < image.places.size() ? &image.places[row.parent] : &row;
  const auto town_kind = static_cast<PlaceKind>(town->kind);
  p.city = std::string(image.string(town->name));
  p.country = unpack_country(region.country);
  p.region = std::string(image.string(region.code));
  p.region_name = std::string(image.string(region.name));
  p.at = LatLon{row.lat / 1e6, row.lon / 1e6};
  p.population = town->population;
  p.precision = p.kind == PlaceKind::country  ? Precision::country
                : p.kind == PlaceKind::region ? Precision::area
                : closeness(p.kind) == 4      ? Precision::exact
                                              : Precision::place;
  p.is_capital = town_kind == PlaceKind::capital;
  p.is_admin_capital = p.is_capital || town_kind == PlaceKind::admin_capital;
  const bool area = p.kind == PlaceKind::country || p.kind == PlaceKind::region;
  p.is_city = !area && (p.is_admin_capital || town_kind == PlaceKind::city || town->population >= 100000);
  p.is_airport = p.kind == PlaceKind::airport;
  return p;
}

Place locate(const Findings& findings, const EventMention& event, const PlaceMention** proof) {
  return Locator(findings, event).run(proof);
}

std::vector<Toponym> toponyms_of(const Findings& f) {
  std::vector<Toponym> out;
  const auto& tokens = f.reading.tokens;
  for (const PlaceMention& m : f.places.mentions) {
    if (m.row == kNoPlace) continue;
    const Place p = place_of_row(f.reading.image, m.row);
    out.push_back({std::string(tokens.slice(m.first, m.last)), p.at, p.country, p.kind, tokens[m.first].start,
                   tokens[m.last - 1].stop});
  }
  return out;
}

}  // namespace tocsin
