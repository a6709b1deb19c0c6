#include "channels/briefing.hpp"

#include <algorithm>
#include <cstdio>

#include "base/text.hpp"
#include "base/zone.hpp"
#include "model/unplaced.hpp"

namespace tocsin {

namespace {

constexpr std::size_t kLongestText = 300;
constexpr std::size_t kLongestLink = 500;
constexpr std::size_t kMostSources = 8;
constexpr std::size_t kMostReasons = 12;

std::string shown(std::string_view feed_words, std::size_t most = kLongestText) {
  return shortened(one_line(feed_words), most);
}

template <class Names, class E>
std::string in_words(const Names& names, E value) {
  return std::string(names.at(static_cast<std::size_t>(value)));
}

std::string decimal(double value, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

/// Only web addresses are shown, whole or not at all.
std::string link_text(const std::string& link) {
  const std::string clean = one_line(link);
  const bool web = clean.starts_with("https://") || clean.starts_with("http://");
  return web && clean == link && clean.size() <= kLongestLink && clean.find(' ') == std::string::npos ? clean : "";
}

class Writer {
 public:
  Writer(const Alert& alert, const Recipient& recipient)
      : alert_(alert), recipient_(recipient), words_(wording(recipient.language)) {}

  Briefing write() {
    out_.summary = shown(in_language(alert_.headline, std::string(words_.code)), 400);
    warnings();
    action();
    if (alert_.incident) facts(*alert_.incident);
    if (alert_.system) notice(*alert_.system);
    our_places();
    if (alert_.incident) confidence(*alert_.incident);
    listed(words_.changed, alert_.changed);
    if (alert_.incident) sources(*alert_.incident);
    rules();
    about();
    return std::move(out_);
  }

 private:
  void section(std::string_view title) { out_.sections.push_back({std::string(title), {}}); }
  void line(std::string_view label, std::string text) {
    out_.sections.back().lines.push_back({std::string(label), std::move(text)});
  }
  void drop_empty() {
    if (out_.sections.back().lines.empty()) out_.sections.pop_back();
  }

  void warnings() {
    if (alert_.status == AlertStatus::Exercise) out_.warnings.emplace_back(words_.exercise_sentence);
    if (alert_.status == AlertStatus::Test) out_.warnings.emplace_back(words_.test_sentence);
    if (alert_.msg_type == MsgType::Cancel)
      out_.warnings.emplace_back(alert_.system ? words_.all_clear_sentence : words_.cancel_sentence);
    if (alert_.unconfirmed && alert_.msg_type != MsgType::Cancel)
      out_.warnings.emplace_back(words_.unconfirmed_sentence);
    if (is_unplaced(alert_) && alert_.msg_type != MsgType::Cancel) out_.warnings.emplace_back(words_.unplaced_sentence);
  }

  void action() {
    const std::string text = in_language(alert_.action, std::string(words_.code));
    if (text.empty() || alert_.msg_type == MsgType::Cancel) return;
    section(words_.what_to_do);
    line("", shown(text, 1000));
  }

  void facts(const Incident& incident) {
    section(words_.facts);
    const auto& type = row(incident.type);
    line(words_.type, std::string(type.*words_.event_type) +
                          (type.acled.empty() ? "" : " (ACLED: " + std::string(type.acled) + ")"));
    line(words_.time, time_text(incident.event_time, country_by_alpha2(incident.place.country)));
    line(words_.place, place_text(incident.place));
    line(words_.actors, actors_text(incident.actors));
    line(words_.targets, targets_text(incident.targets));
    toll(words_.killed, incident.killed, incident.tellings, &Telling::killed);
    toll(words_.injured, incident.injured, incident.tellings, &Telling::injured);
    toll(words_.abducted, incident.abducted, incident.tellings, &Telling::abducted);
    line(words_.status, in_words(words_.incident_status, incident.status));
  }

  void notice(const SystemNotice& notice) {
    section(words_.facts);
    if (!notice.countries.empty()) line(words_.countries, shown(join(country_names(notice.countries), ", "), 1000));
    if (notice.since) line(words_.since, rfc3339(*notice.since / kMinute * kMinute));
    if (!notice.feeds.empty()) line(words_.silent_feeds, shown(join(notice.feeds, ", ")));
    drop_empty();
  }

  [[nodiscard]] std::vector<std::string> country_names(const std::vector<std::string>& codes) const {
    std::vector<std::string> names;
    for (const auto& code : codes) {
      const Country* country = country_by_alpha2(code);
      names.push_back(country ? std::string(country->*words_.country) : code);
    }
    return names;
  }

  /// With the wall clock of the country where it differs: "2024-09-17 05:00 UTC, 06:00 there".
  std::string time_text(const EventTime& time, const Country* country) const {
    if (!time.from) return std::string(words_.unknown);
    const bool has_clock = time.precision == TimePrecision::minute || time.precision == TimePrecision::hour;
    const std::string full = rfc3339(*time.from);
    if (!has_clock) return iso_date(*time.from);
    const Millis there = country ? local_time(*time.from, country->zone) : *time.from;
    const std::string local =
        there == *time.from ? "" : ", " + rfc3339(there).substr(11, 5) + " " + std::string(words_.there);
    return full.substr(0, 10) + " " + full.substr(11, 5) + " UTC" + local;
  }

  std::string place_text(const Place& place) const {
    std::vector<std::string> parts;
    const auto add = [&](const std::string& part) {
      if (!part.empty() && std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
    };
    add(shown(place.name));
    add(shown(place.city));
    add(shown(place.region_name));
    const Country* country = country_by_alpha2(place.country);
    if (country) add(std::string(country->*words_.country));
    if (parts.empty()) return std::string(words_.unknown);
    std::string text = join(parts, ", ");
    if (place.at) text += " (" + decimal(place.at->lat, 3) + ", " + decimal(place.at->lon, 3) + ")";
    return text + ", " + in_words(words_.precision, place.precision);
  }

  std::string actors_text(const std::vector<ActorRef>& actors) const {
    std::vector<std::string> parts;
    for (const auto& a : actors) parts.push_back(shown(a.name, 80) + " (" + in_words(words_.actor_role, a.role) + ")");
    return parts.empty() ? std::string(words_.unknown) : shown(join(parts, ", "));
  }

  std::string targets_text(const std::vector<TargetRef>& targets) const {
    std::vector<std::string> parts;
    for (const auto& t : targets) {
      std::string name(row(t.target).*words_.target);
      if (std::find(parts.begin(), parts.end(), name) == parts.end()) parts.push_back(std::move(name));
    }
    return parts.empty() ? std::string(words_.unknown) : join(parts, ", ");
  }

  /// The toll, and who says what: the last count of each publisher.
  void toll(std::string_view label, const Toll& toll, const std::vector<Telling>& tellings, Count Telling::*count) {
    const bool is_killed = count == &Telling::killed;
    if (!toll.min && !toll.best && !toll.max && !is_killed) return;
    std::map<std::string, std::string> by_publisher;
    for (const auto& t : tellings) {
      const Count& c = t.*count;
      if (c.known()) by_publisher[shown(t.publisher, 60)] = std::to_string(c.min ? *c.min : *c.max);
    }
    std::vector<std::string> parts;
    for (const auto& [publisher, number] : by_publisher) parts.push_back(publisher + " " + number);
    line(label, toll_in_words(toll, words_) + (parts.size() > 1 ? "; " + shown(join(parts, ", "), 200) : ""));
  }

  void our_places() {
    if (!alert_.nearest_asset) return;
    section(words_.our_places);
    line("", decimal(alert_.nearest_asset->km, alert_.nearest_asset->km < 10 ? 1 : 0) + " " +
                 std::string(words_.km_from) + " " + shown(alert_.nearest_asset->code));
  }

  void confidence(const Incident& incident) {
    section(words_.confidence);
    if (alert_.grade.size() == 2) line(words_.grade, grade_text(alert_.grade));
    line(words_.publishers, std::to_string(incident.publishers));
    line(words_.told_as, in_words(words_.modality, incident.modality));
    if (incident.contested) line("", std::string(words_.contested));
    std::vector<std::string> gaps;
    if (!incident.killed.min && !incident.killed.best) gaps.push_back(lower_first(words_.killed));
    if (incident.actors.empty()) gaps.push_back(lower_first(words_.actors));
    if (!incident.event_time.from) gaps.push_back(lower_first(words_.time));
    if (!gaps.empty()) line(words_.not_known, join(gaps, ", "));
  }

  static std::string lower_first(std::string_view word) {
    return word.empty() ? "" : lower_ascii(word.substr(0, 1)) + std::string(word.substr(1));
  }

  /// "B2: usually reliable source; probably true". Anything else than a letter and a digit is shown as it is.
  [[nodiscard]] std::string grade_text(const std::string& grade) const {
    const int letter = grade[0] - 'A', digit = grade[1] - '1';
    if (letter < 0 || letter > 5 || digit < 0 || digit > 5) return shown(grade);
    return grade + ": " + in_words(words_.reliability, letter) + "; " + in_words(words_.credibility, digit);
  }

  void sources(const Incident& incident) {
    section(words_.sources);
    const auto& all = incident.tellings;
    const std::size_t shown_count = std::min(all.size(), kMostSources);
    for (std::size_t i = all.size() - shown_count; i < all.size(); ++i) {
      const auto& t = all[i];
      const std::string when = t.published ? ", " + rfc3339(t.published / kMinute * kMinute) : "";
      line(shown(t.publisher.empty() ? t.feed : t.publisher, 60) + " (" + one_line(std::string(1, t.reliability)) +
               when + ")",
           shown(t.title, 200));
      if (const auto link = link_text(t.link); !link.empty()) line("", link);
    }
    if (all.size() > shown_count)
      line("", std::to_string(all.size() - shown_count) + " " + std::string(words_.more_sources));
    drop_empty();
  }

  void listed(std::string_view title, const std::vector<std::string>& texts) {
    section(title);
    for (const auto& text : texts)
      if (out_.sections.back().lines.size() < kMostReasons) line("", shown(text));
    drop_empty();
  }

  void rules() {
    if (alert_.rules.empty() && alert_.why.empty()) return;
    std::vector<std::string> reasons{shown(join(alert_.rules, ", "))};
    reasons.insert(reasons.end(), alert_.why.begin(), alert_.why.end());
    listed(words_.rules, reasons);
  }

  void about() {
    section(words_.about);
    line(words_.code_label, shown(alert_.code) + ", " + std::string(words_.version) + " " +
                                std::to_string(alert_.version) + ", " + rfc3339(alert_.sent));
    std::vector<std::string> others;
    for (const auto& r : alert_.recipients)
      if (r != recipient_.id) others.push_back(shown(r, 60));
    if (!others.empty()) line(words_.told, shown(join(others, ", ")));
    if (alert_.incident) line("", std::string(words_.footer));
  }

  const Alert& alert_;
  const Recipient& recipient_;
  const Wording& words_;
  Briefing out_;
};

constexpr std::size_t kWidestLabel = 24;

std::string line_text(const BriefingLine& line, std::size_t widest) {
  if (line.label.empty()) return "  " + line.text + "\n";
  const std::size_t used = count_code_points(line.label);
  return "  " + line.label + ":" + std::string(used < widest ? widest - used : 0, ' ') + " " + line.text + "\n";
}

void mark(std::string& out, std::string_view word) {
  out += "[" + std::string(word) + "] ";
}

}  // namespace

Briefing briefing(const Alert& alert, const Recipient& recipient) {
  return Writer(alert, recipient).write();
}

std::string plain_text(const Briefing& briefing, std::size_t most_bytes) {
  static constexpr std::string_view kCut = "...\n";
  std::string out = briefing.summary.empty() ? "" : briefing.summary + "\n";
  for (const auto& warning : briefing.warnings) out += warning + "\n";
  for (const auto& section : briefing.sections) {
    std::size_t widest = 0;
    for (const auto& l : section.lines) widest = std::max(widest, std::min(count_code_points(l.label), kWidestLabel));
    std::string text = "\n" + section.title + "\n";
    for (const auto& l : section.lines) text += line_text(l, widest);
    if (out.size() + text.size() + kCut.size() > most_bytes) return out + std::string(kCut);
    out += text;
  }
  return out;
}

std::string subject(const Alert& alert, const Wording& words) {
  std::string out;
  if (alert.status == AlertStatus::Exercise) mark(out, words.exercise);
  if (alert.status == AlertStatus::Test) mark(out, words.test);
  if (alert.status == AlertStatus::System) mark(out, words.system);
  if (alert.msg_type == MsgType::Cancel) mark(out, alert.system ? words.all_clear : words.cancel);
  if (alert.severity != Severity::Unknown) mark(out, in_words(words.severity, alert.severity));
  if (alert.unconfirmed && alert.msg_type != MsgType::Cancel) mark(out, words.unconfirmed);
  if (is_unplaced(alert) && alert.msg_type != MsgType::Cancel) mark(out, words.unplaced);
  if (alert.msg_type == MsgType::Update) mark(out, words.update);
  if (alert.incident && !alert.incident->place.country.empty()) out += shown(alert.incident->place.country, 2) + ": ";
  out += shown(in_language(alert.headline, std::string(words.code)), 160);
  if (alert.nearest_asset)
    out += " - " + decimal(alert.nearest_asset->km, 0) + " " + std::string(words.km_from) + " " +
           shown(alert.nearest_asset->code, 40);
  return out + " [" + shown(alert.code, 8) + " v" + std::to_string(alert.version) + "]";
}

std::string toll_in_words(const Toll& toll, const Wording& words) {
  const auto number = toll.best ? toll.best : toll.min ? toll.min : toll.max;
  if (!number) return std::string(words.unknown);
  std::string out = in_words(words.qualifier, toll.qualifier) + std::to_string(*number);
  std::vector<std::string> span;
  if (toll.min && toll.min != number) span.push_back(std::string(words.minimum) + " " + std::to_string(*toll.min));
  if (toll.max && toll.max != number) span.push_back(std::string(words.maximum) + " " + std::to_string(*toll.max));
  return span.empty() ? out : out + " (" + join(span, ", ") + ")";
}

}  // namespace tocsin
