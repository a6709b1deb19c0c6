#include "understand/understander.hpp"

#include <algorithm>
#include <cstdio>

#include "base/text.hpp"
#include "understand/by_point.hpp"
#include "understand/findings.hpp"
#include "understand/locate.hpp"
#include "understand/parties.hpp"
#include "understand/report.hpp"
#include "understand/score.hpp"

namespace tocsin {

namespace {

std::vector<std::uint16_t> packed(const std::vector<std::string>& countries) {
  std::vector<std::uint16_t> out;
  for (const auto& cc : countries)
    if (const auto p = pack_country(cc)) out.push_back(p);
  return out;
}

/// A group that acts in few countries speaks for them as the feed's own countries do.
void add_theatres(Findings& f) {
  for (const ActorName& a : f.reading.actors) {
    const auto countries = split(f.reading.image.string(f.reading.image.actors[a.row].countries), ',');
    if (countries.size() > 4) continue;
    for (const auto cc : countries)
      if (const auto p = pack_country(cc); p && std::find(f.home.begin(), f.home.end(), p) == f.home.end())
        f.home.push_back(p);
  }
}

Findings find_all(const Reading& reading, const Item& item, const Origin& origin) {
  Findings f{
      reading, item.published ? item.published : dateline_date(reading), packed(origin.countries), {}, {}, {}, {}, {},
      {}};
  const auto& sentences = reading.tokens.sentences;
  for (std::uint32_t i = 0; i < sentences.size(); ++i) {
    auto found = find_casualties(reading, sentences[i], i);
    f.casualties.insert(f.casualties.end(), found.begin(), found.end());
  }
  f.events = find_events(reading, f.casualties);
  f.actors = find_actors(reading, f.events, f.casualties);
  f.targets = find_targets(reading, f.events, f.casualties);
  f.times = find_times(reading, f.published);
  add_theatres(f);
  f.places = resolve_places({reading.image, reading.tokens, reading.hits, reading.masked, f.home, reading.language});
  return f;
}

/// Where the text is about, though nothing in it tells an event that the lexicon knows.
void place_without_event(Understanding& u, const Findings& f) {
  const PlaceMention* proof = nullptr;
  if (f.reading.tokens.size() > 0) u.place = locate(f, EventMention{}, &proof);
}

void take_main(Understanding& u, const Findings& f) {
  if (u.reports.empty()) return place_without_event(u, f);
  u.main = 0;
  const Report& main = u.reports.front();
  u.place = main.place;
  u.killed = main.killed;
  u.injured = main.injured;
  if (main.event_time.from) u.event_date = *main.event_time.from - ((*main.event_time.from % kDay) + kDay) % kDay;
  name_targets(u, f);
  for (const Report& r : u.reports)
    if (std::find(u.types.begin(), u.types.end(), r.type) == u.types.end()) u.types.push_back(r.type);
}

bool is_fact(const Report& r) {
  return r.modality == Modality::reported || r.modality == Modality::retrospective;
}

/// An alert in CAP says itself what it is, whatever its words are (CAP 1.2, 3.2.1): only status Actual tells of the
/// world, and a Cancel takes back what was told before.
void heed_cap(Understanding& u, const std::optional<CapFields>& cap) {
  if (!cap) return;
  const bool actual = cap->status.empty() || equal_ascii_nocase(cap->status, "actual");
  const bool answer = equal_ascii_nocase(cap->msg_type, "ack") || equal_ascii_nocase(cap->msg_type, "error");
  const bool cancel = equal_ascii_nocase(cap->msg_type, "cancel");
  for (Report& r : u.reports) {
    if (!actual || answer)
      r.modality = Modality::exercise;
    else if (cancel)
      r.modality = Modality::denied, r.says_retracted = true;
  }
}

/// Instruments and people say with a point where it happened; the points of news are those of their subjects at large
/// (GDELT gives the middle of a country for want of better), so they prove nothing.
void heed_point(Understanding& u, const Item& item, const Origin& origin, const Image& image) {
  if (item.points.size() != 1) return;
  for (Report& r : u.reports) {
    if (origin.by_people)
      place_by_point(r.place, image, item.points.front());
    else if (row(r.type).group == "hazard")
      place_by_instrument(r.place, image, item.points.front());
  }
}

/// What an office saw itself and calls severe is news, however dry its words are: "Red earthquake alert
/// (Magnitude 7.4M)". Severity and certainty: CAP 1.2, 3.2.2; GDACS gives no certainty, and tells of what happened.
bool seen_by_an_office(const std::optional<CapFields>& cap) {
  if (!cap) return false;
  const bool severe = equal_ascii_nocase(cap->severity, "severe") || equal_ascii_nocase(cap->severity, "extreme");
  return severe && (equal_ascii_nocase(cap->certainty, "observed") || cap->sender == "gdacs.org");
}

void decide(Understanding& u, const Scored& scored, const std::optional<CapFields>& cap) {
  u.score = scored.news;
  const bool fact = std::any_of(u.reports.begin(), u.reports.end(), is_fact);
  const bool main_is_news = u.main >= 0 && u.reports.front().modality == Modality::reported;
  u.mentions_incident = fact && scored.mention >= kNewsThreshold;
  const bool hazard = main_is_news && row(u.reports.front().type).group == "hazard";
  u.relevant = main_is_news && (scored.news >= kNewsThreshold || (hazard && seen_by_an_office(cap)));
}

std::string number(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.2f", value);
  return buffer;
}

/// The features that moved the score most, for and against.
std::string strongest(const std::vector<Feature>& features) {
  constexpr std::size_t kTold = 6;
  std::vector<const Feature*> weighty;
  for (const Feature& f : features)
    if (f.name != "bias" && f.value * f.weight != 0) weighty.push_back(&f);
  const auto told = weighty.begin() + static_cast<std::ptrdiff_t>(std::min(kTold, weighty.size()));
  std::partial_sort(weighty.begin(), told, weighty.end(), [](const Feature* a, const Feature* b) {
    return std::abs(a->value * a->weight) > std::abs(b->value * b->weight);
  });
  weighty.erase(told, weighty.end());
  std::string out;
  for (const Feature* f : weighty)
    out += (out.empty() ? "" : ", ") + f->name + ' ' + (f->value * f->weight > 0 ? "+" : "") +
           number(f->value * f->weight);
  return out;
}

/// "mainly bombing 2.10 (killed +0.54, verb +0.42), then attack 1.32".
std::string choice_told(const std::vector<TypeChoice>& choices) {
  std::string line;
  for (const TypeChoice& c : choices) {
    line += (line.empty() ? "mainly " : ", then ") + std::string(name(c.type)) + ' ' + number(c.precedence);
    if (&c == &choices.front()) line += " (" + strongest(c.cues) + ')';
  }
  return line;
}

void tell_story(Understanding& u, const Reading& reading) {
  u.story.push_back("language: " + (u.language.empty() ? std::string("unknown") : u.language) +
                    (reading.language_known ? "" : ", without a lexicon: only names are read"));
  for (const Report& r : u.reports) {
    std::string line = std::string(name(r.type)) + ", " + std::string(kModalities(r.modality));
    if (!r.place.name.empty()) line += ", at " + r.place.name;
    if (!r.place.country.empty()) line += " (" + r.place.country + ')';
    if (r.killed.min) line += ", killed " + std::to_string(*r.killed.min);
    u.story.push_back(std::move(line));
  }
  if (u.reports.empty()) u.story.push_back("no event is told");
  if (!u.choices.empty()) u.story.push_back(choice_told(u.choices));
  u.story.push_back("score " + number(u.score) + (u.relevant ? ": news of an incident" : ": no news of an incident") +
                    " (" + strongest(u.features) + ')');
}

}  // namespace

Result<Understander> Understander::open(const std::string& image_path) {
  auto image = Image::open(image_path);
  if (!image) return tl::unexpected<Error>(image.error());
  return Understander(std::move(*image));
}

Understanding Understander::understand(const Item& item, const Origin& origin) const {
  const Tokens tokens = tokenise(item.title, item.text);
  const Reading reading(image_, tokens, item.language.empty() ? origin.language : item.language);
  const Findings findings = find_all(reading, item, origin);
  Understanding u;
  const auto drafts = draft_reports(findings, u.choices);
  auto scored = score_item(findings, drafts);

  u.language = reading.language_tag;
  for (const Draft& d : drafts) u.reports.push_back(d.report);
  heed_cap(u, item.cap);
  heed_point(u, item, origin, image_);
  take_main(u, findings);
  if (u.main >= 0) name_actors(u, findings);
  u.toponyms = toponyms_of(findings);
  decide(u, scored, item.cap);
  u.features = std::move(scored.features);
  tell_story(u, reading);
  return u;
}

}  // namespace tocsin
