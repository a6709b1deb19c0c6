#include "understand/place_roles.hpp"

#include <algorithm>

#include "understand/place_names.hpp"

namespace tocsin {

namespace {

class Role {
 public:
  Role(const PlaceContext& context, const PlaceCues& cues, const PlaceMention& m)
      : t_(context.tokens), image_(context.image), cues_(cues), m_(m), kind_(kind_of(image_, m.row)) {}

  /// "Niamey airport", "aéroport international de Niamey", "the airport in Niamey".
  [[nodiscard]] bool at_airport() const {
    if (kind_ <= PlaceKind::region || kind_ == PlaceKind::airport) return false;
    if (joined_after() && cues_.has(m_.last, Cue::airport)) return true;
    if (joined_after() && cues_.joined(m_.last + 1) && cues_.has(m_.last + 1, Cue::airport) && t_[m_.last].capitalised)
      return true;
    if (m_.first == 0 || t_[m_.first].sentence_start) return false;
    std::size_t i = m_.first - 1;
    if (cues_.has(i, Cue::airport)) return t_[m_.first].gap <= Gap::hyphen;
    return i > 0 && cues_.has(i, Cue::leads) && cues_.has(i - 1, Cue::airport);
  }

  [[nodiscard]] bool metonym() const {
    if (kind_ == PlaceKind::landmark) return !located();
    if (kind_ != PlaceKind::country && kind_ != PlaceKind::capital && kind_ != PlaceKind::region) return false;
    if (compound_adjective() || (abbreviated() && !located())) return true;
    if (at_airport() || near_settlement()) return false;
    if (owns_government()) return true;
    if (located()) return false;
    if (kind_ == PlaceKind::region) return false;
    return speaks() || spoken_of() || in_relations();
  }

 private:
  [[nodiscard]] bool located() const { return cues_.before(m_.first, Cue::locates) || t_[m_.first].proclitic; }
  [[nodiscard]] bool joined_after() const { return cues_.joined(m_.last); }
  [[nodiscard]] bool same_sentence(std::size_t token) const {
    return token < t_.size() && t_[token].sentence == t_[m_.first].sentence;
  }

  [[nodiscard]] bool near_settlement() const {
    if (cues_.before(m_.first, Cue::settlement)) return true;
    if (m_.first >= 2 && cues_.has(m_.first - 1, Cue::leads) && cues_.has(m_.first - 2, Cue::settlement)) return true;
    return joined_after() && cues_.has(m_.last, Cue::settlement) && !cues_.has(m_.last, Cue::government);
  }

  /// "US" and "UK" are said of governments, armies and citizens; "in the US" is the place.
  [[nodiscard]] bool abbreviated() const {
    const Token& t = t_[m_.first];
    return kind_ == PlaceKind::country && m_.last == m_.first + 1 && t.all_caps && t.script == Script::latin &&
           t.end - t.begin <= 3;
  }

  /// "Saudi-led", "Iran-backed", "Israel-Hamas".
  [[nodiscard]] bool compound_adjective() const {
    return m_.last < t_.size() && t_[m_.last].gap == Gap::hyphen && !t_[m_.last].sentence_start &&
           (!t_[m_.last].capitalised || kind_ == PlaceKind::country);
  }

  /// "Mali's junta", "Niger army", "the government of Chad".
  [[nodiscard]] bool owns_government() const {
    std::size_t i = m_.last;
    if (i < t_.size() && t_.word(i) == "s" && t_[i].gap == Gap::apostrophe) ++i;
    const bool adjacent = i < t_.size() && same_sentence(i) && t_[i].gap <= Gap::apostrophe;
    if (adjacent && cues_.has(i, Cue::government) && !(located() && i == m_.last)) return true;
    if (adjacent && i > m_.last && same_sentence(i + 1) && cues_.has(i + 1, Cue::government)) return true;
    if (m_.first < 2 || t_[m_.first].sentence_start) return false;
    std::size_t of = m_.first - 1;
    if (cues_.has(of, Cue::skipped) && of > 0) --of;
    return of > 0 && cues_.has(of, Cue::leads) && !cues_.has(of, Cue::locates) && cues_.has(of - 1, Cue::government);
  }

  /// A word of speech within two tokens, or after "and Kigali".
  [[nodiscard]] bool speaks() const {
    for (std::size_t i = m_.last; i < m_.last + 2 && same_sentence(i) && t_[i].gap <= Gap::apostrophe; ++i)
      if (cues_.has(i, Cue::speech)) return true;
    return false;
  }

  /// "accuses Paris", "urged Rwanda".
  [[nodiscard]] bool spoken_of() const {
    return m_.first > 0 && !t_[m_.first].sentence_start && t_[m_.first].gap == Gap::space &&
           cues_.has(m_.first - 1, Cue::speech);
  }

  [[nodiscard]] bool in_relations() const {
    if (!cues_.before(m_.first, Cue::partner)) return false;
    const auto& s = t_.sentences[t_[m_.first].sentence];
    return cues_.among(s.first, s.last, Cue::relations);
  }

  const Tokens& t_;
  const Image& image_;
  const PlaceCues& cues_;
  const PlaceMention& m_;
  PlaceKind kind_;
};

}  // namespace

void assign_role(const PlaceContext& context, const PlaceCues& cues, PlaceMention& mention, bool aside) {
  const Role role(context, cues, mention);
  mention.at_airport = role.at_airport();
  mention.metonym = !mention.at_airport && (aside || role.metonym());
}

}  // namespace tocsin
