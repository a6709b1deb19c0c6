// The rules at scale: how long 100,000 of them take to load and what they keep in memory, and what one incident costs
// against few and many of them, and against rules that nothing selective is asked of.
// Out, tab between: RULES, SECONDS to load, BYTES of the set, NANOSECONDS of one incident against 100 rules, against
// RULES, RULES that fire on one incident on average, NANOSECONDS against 1,000 and against 10,000 rules without a
// selective term (CPU, the best of five rounds each).
// usage: bench_rules RULES
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "rules/rule_set.hpp"

namespace {

using namespace tocsin;

constexpr std::size_t kKinds = 4;  // rules of one place
constexpr std::size_t kRulesInAFile = 10'000;
constexpr std::size_t kIncidents = 4'000;

struct Town {
  std::string name, slug, country;
};

/// Towns as a gazetteer has them: no two of one name.
std::vector<Town> towns(std::size_t n) {
  static constexpr const char* kSyllables[] = {"ba", "ko",  "di",  "gao", "mé",  "na",  "ka", "ti",
                                               "sé", "gou", "ou",  "ya",  "to",  "ma",  "lé", "ri",
                                               "bo", "fa",  "nou", "wa",  "zin", "der", "do", "kou"};
  static constexpr const char* kPlain[] = {"ba", "ko", "di", "gao", "me", "na", "ka",  "ti", "se",  "gou", "ou", "ya",
                                           "to", "ma", "le", "ri",  "bo", "fa", "nou", "wa", "zin", "der", "do", "kou"};
  static constexpr const char* kCountries[] = {"ML", "NE", "BF", "TD", "NG", "MR", "SN", "CI", "GH", "TG", "BJ", "CM"};
  std::vector<Town> out;
  for (std::size_t i = 0; i < n; ++i) {
    Town town{"", "", kCountries[i % std::size(kCountries)]};
    for (std::size_t rest = i + 30'000; rest > 0; rest /= std::size(kPlain)) {
      town.name += kSyllables[rest % std::size(kPlain)];
      town.slug += kPlain[rest % std::size(kPlain)];
    }
    town.name[0] = static_cast<char>(town.name[0] - 'a' + 'A');
    out.push_back(std::move(town));
  }
  return out;
}

std::string rule_of(const Town& town, std::size_t kind) {
  static constexpr const char* kRule[] = {"attack", "abduction", "unrest", "hazard"};
  static constexpr const char* kEn[] = {"Attack", "Abduction", "Unrest", "Hazard"};
  static constexpr const char* kFr[] = {"Attaque", "Enlèvement", "Troubles", "Aléa"};
  static constexpr const char* kType[] = {"type in armed_violence", "type = kidnapping", "type in [protest, riot]",
                                          "type in hazard"};
  static constexpr const char* kSeverity[] = {"Extreme", "Severe", "Moderate", "Minor"};
  return std::string("  - rule: ") + kRule[kind] + "-" + town.slug + "\n    title: {en: " + kEn[kind] + " in " +
         town.name + ", fr: " + kFr[kind] + " à " + town.name + "}\n    when: " + kType[kind] +
         " and country = " + town.country + " and place = \"" + town.name + "\"\n    severity: " + kSeverity[kind] +
         "\n    notify: [duty-officer]\n";
}

std::vector<RuleFile> rule_files(const std::vector<Town>& all, std::size_t rules) {
  std::vector<RuleFile> files;
  for (std::size_t i = 0; i < rules; ++i) {
    if (i % kRulesInAFile == 0)
      files.push_back({"/etc/tocsin/rules/towns-" + std::to_string(i / kRulesInAFile) + ".yaml", "rules:\n", 1});
    files.back().text += rule_of(all[i / kKinds], i % kKinds);
  }
  return files;
}

/// Numbers and negations alone: every one must be judged on every incident.
RuleFile unselective(std::size_t rules) {
  RuleFile file{"/etc/tocsin/rules/figures.yaml", "rules:\n", 1};
  for (std::size_t i = 0; i < rules; ++i)
    file.text += "  - rule: figures-" + std::to_string(i) + "\n    when: killed >= " + std::to_string(i % 500 + 3) +
                 " and not country in [FR, US] and age < " + std::to_string(i % 40 + 1) + "h\n    severity: Severe\n";
  return file;
}

RuleWorld world() {
  RuleWorld w;
  w.organisation.recipients = {{"duty-officer", "Duty officer", "en", true, {}, ""}};
  return w;
}

constexpr Millis kNow = 1726567200000;

/// News of the world: half of it from towns that have rules, the great ones more often; the rest from elsewhere.
std::vector<Incident> incidents(const std::vector<Town>& all) {
  std::mt19937 random(4);
  std::vector<Incident> out(kIncidents);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double chance = static_cast<double>(random() % 1'000'000) / 1e6;
    const auto rank = static_cast<std::size_t>(std::pow(static_cast<double>(all.size()), chance));
    Town town = all[std::min(rank, all.size() - 1)];
    if (random() % 2) town = {"Elsewhere " + std::to_string(random() % 50'000), "", random() % 3 ? "IN" : "FR"};
    Incident& in = out[i];
    in.id = "i" + std::to_string(i);
    in.type = static_cast<EventType>(random() % kEventTypes.size());
    in.types = {in.type};
    in.place.name = in.place.city = town.name;
    in.place.country = town.country;
    in.place.precision = Precision::place;
    in.place.at = LatLon{12, -8};
    in.killed.min = random() % 3 ? std::optional<int>(random() % 20) : std::nullopt;
    in.event_time = {kNow - random() % 90 * kHour, kNow, TimePrecision::day};
    in.opened = in.updated = kNow - kHour;
    Telling told;
    told.feed = told.publisher = "a-feed";
    told.title = "Something happened in " + town.name;
    told.language = "en";
    told.published = kNow - kHour;
    in.tellings = {told};
  }
  return out;
}

double best_of_five(const std::function<void()>& work) {
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t start = std::clock();
    work();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

std::size_t heap() {
  const auto now = mallinfo2();
  return now.uordblks + now.hblkhd;
}

struct Cost {
  double nanoseconds = 0, fired = 0;
};

Cost cost(const RuleSet& rules, const std::vector<Incident>& news) {
  std::size_t fired = 0;
  const double seconds = best_of_five([&] {
    fired = 0;
    for (const Incident& incident : news) fired += rules.match(incident, {kNow, nullptr, {}}).size();
  });
  const auto n = static_cast<double>(news.size());
  return {seconds / n * 1e9, static_cast<double>(fired) / n};
}

RuleSet loaded(const std::vector<RuleFile>& files) {
  LoadedRules rules = load_rules(files, world());
  for (const auto& finding : rules.findings.all())
    if (finding.level == Diagnostic::Level::error) {
      std::fprintf(stderr, "%s", pretty(finding, "").c_str());
      std::exit(3);
    }
  return rules.rules;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  const auto n = static_cast<std::size_t>(std::strtoul(words[1], nullptr, 10));
  const auto places = towns((n + kKinds - 1) / kKinds + 1);
  const auto files = rule_files(places, n);
  const auto news = incidents(places);
  const std::size_t before = heap();
  const RuleSet many = loaded(files);
  const std::size_t bytes = heap() - before;
  const double load = best_of_five([&] { loaded(files); });
  const Cost few = cost(loaded(rule_files(places, 100)), news), against_many = cost(many, news);
  const std::vector<Incident> some(news.begin(), news.begin() + 100);
  const Cost thousand = cost(loaded({unselective(1'000)}), some),
             ten_thousand = cost(loaded({unselective(10'000)}), some);
  std::printf("%zu\t%.4f\t%zu\t%.0f\t%.0f\t%.3f\t%.0f\t%.0f\n", many.all().size(), load, bytes, few.nanoseconds,
              against_many.nanoseconds, against_many.fired, thousand.nanoseconds, ten_thousand.nanoseconds);
}
