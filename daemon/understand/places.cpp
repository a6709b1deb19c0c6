#include "understand/places.hpp"

#include <algorithm>
#include <map>

#include "understand/lexicon.hpp"

namespace tocsin {

namespace {

double prior(const PlaceRow& p, std::uint8_t name_kind) {
  constexpr double kClass[] = {8, 3, 3, 1.5, 1, 0, 0, -1, 0};
  double people = 0;
  for (auto n = p.population + 10; n > 1; n /= 10) ++people;
  return people + kClass[p.kind] + (name_kind == 3 ? 1.5 : name_kind == 2 ? 1 : 0);
}

}  // namespace

PlaceReading resolve_places(const PlaceContext& c) {
  PlaceReading out;
  std::map<std::uint16_t, double> votes;
  std::uint32_t done = 0;
  for (const Hit& hit : c.hits) {
    for (const Payload& p : hit.payloads)
      if (p.kind == PayloadKind::demonym && (c.tokens.caseless || c.tokens[hit.first].capitalised || c.tokens[hit.first].script != Script::latin)) votes[static_cast<std::uint16_t>(p.id)] += 1;
    if (hit.first < done || c.masked[hit.first]) continue;
    const Token& first = c.tokens[hit.first];
    if (first.script == Script::latin && !c.tokens.caseless && !first.capitalised) continue;
    PlaceMention best;
    double best_score = -1;
    for (const Payload& p : hit.payloads) {
      if (p.kind != PayloadKind::place || p.a == 0 || p.a == 1) continue;
      const PlaceRow& row = c.image.places[p.id];
      if (p.b && row.population < 200000 && row.kind > 2) continue;
      if (prior(row, p.a) > best_score) {
        best_score = prior(row, p.a);
        best.row = p.id;
      }
    }
    if (best.row == kNoPlace) continue;
    best.first = hit.first;
    best.last = hit.last();
    votes[c.image.regions[c.image.places[best.row].region].country] += c.tokens[hit.first].dateline ? 0.5 : 2;
    out.mentions.push_back(best);
    done = hit.last();
  }
  out.votes.assign(votes.begin(), votes.end());
  std::stable_sort(out.votes.begin(), out.votes.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

}  // namespace tocsin
