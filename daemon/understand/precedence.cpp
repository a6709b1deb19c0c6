#include "understand/precedence.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin {

namespace {

bool tells(const Reading& r, const EventMention& e) {
  return e.strength > 1 && r.tokens[e.first].headline;
}

/// What one draft shows; `first` is for the caller, who sees them all.
class Cues {
 public:
  Cues(const Findings& f, const Draft& d) : f_(f), d_(d) {}

  std::vector<Feature> run() {
    add(Cue::amount, std::log(d_.prominence));
    add(Cue::often, std::log(static_cast<double>(d_.mentions.size())));
    add(Cue::headline, any([this](const EventMention& e) { return tells(f_.reading, e); }));
    add(Cue::verb, any([](const EventMention& e) { return e.verb; }));
    add(Cue::loose, all([](const EventMention& e) { return e.loose; }));
    add(Cue::from_harm, all([](const EventMention& e) { return e.from_harm; }));
    add(Cue::killed, beside(Harm::kill));
    add(Cue::wounded, beside(Harm::wound));
    add(Cue::abducted, beside(Harm::abduct));
    add(Cue::doer, doer());
    add(Cue::target, any([this](const EventMention& e) { return targeted(e); }));
    add(Cue::retrospective, d_.report.modality == Modality::retrospective);
    add(Cue::no_fact, d_.report.modality > Modality::retrospective);
    return std::move(cues_);
  }

 private:
  void add(Cue cue, double value) {
    if (value != 0) cues_.push_back({std::string(kCues(cue)), value, 0});
  }

  template <class Is>
  bool any(Is is) const {
    return std::any_of(d_.mentions.begin(), d_.mentions.end(), [&](std::size_t i) { return is(f_.events[i]); });
  }

  template <class Is>
  bool all(Is is) const {
    return std::all_of(d_.mentions.begin(), d_.mentions.end(), [&](std::size_t i) { return is(f_.events[i]); });
  }

  bool beside(Harm harm) const {
    return any([&](const EventMention& e) {
      return std::any_of(f_.casualties.begin(), f_.casualties.end(),
                         [&](const Casualty& c) { return c.sentence == e.sentence && c.harm == harm && !c.negated; });
    });
  }

  bool doer() const {
    return any([&](const EventMention& e) {
      return std::any_of(f_.actors.begin(), f_.actors.end(), [&](const ActorMention& a) {
        return a.sentence == e.sentence && a.actor.role == ActorRole::perpetrator && a.actor.group != ActorGroup::state;
      });
    });
  }

  bool targeted(const EventMention& e) const {
    return std::any_of(f_.targets.begin(), f_.targets.end(),
                       [&](const TargetMention& t) { return t.sentence == e.sentence; });
  }

  const Findings& f_;
  const Draft& d_;
  std::vector<Feature> cues_;
};

std::uint32_t earliest(const Findings& f, const Draft& d) {
  std::uint32_t first = ~0U;
  for (const std::size_t i : d.mentions) first = std::min(first, f.events[i].first);
  return first;
}

const PrecedenceRow& row_of(const Image& image, Cue cue) {
  return image.precedence[static_cast<std::size_t>(cue)];
}

const PrecedenceRow& row_of(const Image& image, EventType type) {
  return image.precedence[kCues.names.size() + static_cast<std::size_t>(type)];
}

/// How much of an item's length counts: 1 for about a thousand characters without a headline that tells a deed, as in
/// the transcript of a broadcast, less for shorter ones, 0 below such a headline.
double at_length(const Findings& f) {
  constexpr double kLong = 180;  // tokens
  const bool told = std::any_of(f.events.begin(), f.events.end(), [&](const auto& e) { return tells(f.reading, e); });
  return told ? 0 : std::min(1.0, static_cast<double>(f.reading.tokens.size()) / kLong);
}

void weigh(const Image& image, double length, Draft& d) {
  for (Feature& f : d.cues) f.weight = row_of(image, *kCues.find(f.name)).weight;
  const PrecedenceRow& type = row_of(image, d.report.type);
  d.cues.push_back({std::string(name(d.report.type)), 1, type.weight});
  if (length > 0) d.cues.push_back({"at_length", length, type.at_length});
  for (const Feature& f : d.cues) d.precedence += f.value * f.weight;
}

}  // namespace

void weigh_drafts(const Findings& findings, std::vector<Draft>& drafts) {
  if (drafts.size() < 2) return;
  const auto first = std::min_element(drafts.begin(), drafts.end(), [&](const Draft& a, const Draft& b) {
    return earliest(findings, a) < earliest(findings, b);
  });
  for (Draft& d : drafts) d.cues = Cues(findings, d).run();
  first->cues.push_back({std::string(kCues(Cue::first)), 1, 0});
  const double length = at_length(findings);
  std::array<double, kEventTypes.size()> best{};
  best.fill(-1e9);
  for (Draft& d : drafts) {
    weigh(findings.reading.image, length, d);
    double& most = best[static_cast<std::size_t>(d.report.type)];
    most = std::max(most, d.precedence);
  }
  for (Draft& d : drafts) d.precedence = best[static_cast<std::size_t>(d.report.type)];
}

}  // namespace tocsin
