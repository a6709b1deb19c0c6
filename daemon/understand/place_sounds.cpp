#include "understand/place_sounds.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "understand/sound.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kHeard = 4;  // words of a name that is looked up by its sound

class Listener {
 public:
  Listener(const PlaceContext& context, const PlaceCues& cues, std::vector<PlaceName>& names)
      : c_(context), t_(context.tokens), cues_(cues), out_(names) {}

  /// Words that nobody knows, where only a place can stand: what place sounds like them?
  void run() {
    if (t_.caseless || c_.image.sounds.empty()) return;
    std::vector<bool> known(t_.size() + 1, false);
    for (const auto& name : out_) std::fill(known.begin() + name.first, known.begin() + name.last, true);
    const auto named = out_.size();
    std::uint32_t after_place = 0;  // where the last run that stood as a place ends
    for (std::uint32_t i = 0; i < t_.size(); ++i) {
      if (known[i] || !nameless(i)) continue;
      const std::uint32_t first = i > 0 && !known[i - 1] && may_lead(i) ? i - 1 : i;
      while (i + 1 < t_.size() && !known[i + 1] && goes_on(i + 1)) ++i;
      const bool led = stands_as_place(first, i + 1) || (t_[first].gap == Gap::comma && first > 0 &&
                                                         (known[first - 1] || ends_place(first, after_place)));
      if (led) after_place = i + 1;
      if (i + 1 - first > kHeard || (!led && follows_person(first))) continue;
      if (!hear(first, i + 1, led) && first + 1 < i + 1 && cues_.has(first, Cue::direction))
        hear(first + 1, i + 1, led);
    }
    if (out_.size() > named)
      std::stable_sort(out_.begin(), out_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }

 private:
  bool nameless(std::size_t i) const {
    return t_[i].script == Script::latin && t_[i].capitalised && !t_[i].digits && !cues_.weak_case(i) &&
           !cues_.has(i, Cue::known) && !cues_.has(i, Cue::demonym) && !c_.masked[i];
  }
  /// "In Senou, ..." and "in Senou town, ...": a place ended right before.
  bool ends_place(std::uint32_t now, std::uint32_t after_place) const {
    return now == after_place || (now == after_place + 1 && after_place > 0 &&
                                  (cues_.has(now - 1, Cue::settlement) || cues_.has(now - 1, Cue::region)));
  }
  bool goes_on(std::size_t i) const { return nameless(i) && t_[i].gap <= Gap::hyphen && !t_[i].sentence_start; }
  /// "West Welega": the direction belongs to the name.
  bool may_lead(std::size_t i) const {
    return cues_.joined(i) && t_[i - 1].capitalised && cues_.has(i - 1, Cue::direction) && !c_.masked[i - 1];
  }

  bool follows_person(std::uint32_t first) const {
    return t_[first].sentence_start ||
           (cues_.joined(first) && (cues_.has(first - 1, Cue::title) || cues_.has(first - 1, Cue::given)));
  }

  bool hear(std::uint32_t first, std::uint32_t last, bool led) {
    if (last == first + 1 && cues_.has(first, Cue::given)) return false;
    PlaceName name{first, last};
    const auto words = std::string_view(t_.words).substr(t_[first].begin, t_[last - 1].end - t_[first].begin);
    for (const auto key : sounds_of(words))
      for (const SoundRow& row : c_.image.sounding(key)) add_heard(name, words, row.place);
    if (name.candidates.empty() || (!led && !name.spelled_alike)) return false;
    name.heard = true;
    name.led = led;
    out_.push_back(std::move(name));
    return true;
  }

  /// What differs in more than a third of its letters sounds alike by chance.
  void add_heard(PlaceName& name, std::string_view words, std::uint32_t row) const {
    std::string spelling;
    for (const auto& word : words_of(c_.image.string(c_.image.places[row].name)))
      spelling += (spelling.empty() ? "" : " ") + word;
    const auto apart = edit_distance(words, spelling);
    if (apart > std::max<std::size_t>(2, words.size() / 3)) return;
    if (std::any_of(name.candidates.begin(), name.candidates.end(), [&](const auto& c) { return c.row == row; }))
      return;
    name.spelled_alike = name.spelled_alike || apart <= words.size() / 6;
    name.candidates.push_back({row, 1});
  }

  bool stands_as_place(std::size_t first, std::size_t last) const {
    return cues_.before(first, Cue::locates) || cues_.beside(first, last, Cue::settlement) ||
           cues_.beside(first, last, Cue::region);
  }

  const PlaceContext& c_;
  const Tokens& t_;
  const PlaceCues& cues_;
  std::vector<PlaceName>& out_;
};

}  // namespace

void hear_place_names(const PlaceContext& context, const PlaceCues& cues, std::vector<PlaceName>& names) {
  Listener(context, cues, names).run();
}

}  // namespace tocsin
