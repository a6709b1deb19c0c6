// How long other rules take over a million stored incidents, and how much memory. The history is made here: attacks,
// protests and floods of forty countries over ninety days, told by one to three publishers each, a revision for each
// telling that changes something.
// usage: bench_backtest FOLDER INCIDENTS
// Out: INCIDENTS <tab> REVISIONS <tab> SECONDS <tab> PEAK_MIB (of the backtest) <tab> ALERTS <tab> STORE_MIB
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "app/backtest.hpp"
#include "incidents/correlate.hpp"
#include "model/country.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

constexpr Millis kFrom = 1'700'000'000'000, kSpan = 90 * kDay;
constexpr EventType kTypes[] = {EventType::attack,  EventType::armed_clash, EventType::kidnapping, EventType::bombing,
                                EventType::protest, EventType::flood,       EventType::arrest,     EventType::accident};
constexpr const char* kActors[] = {"jnim", "isgs", "army", "police", "farmers", "herders"};
constexpr const char* kTown[] = {"Tessa", "Mirou", "Kabara", "Donfo", "Sarali", "Wendou", "Bagou", "Timra"};

/// Forty countries, five regions each, eight towns in each of those.
class World {
 public:
  explicit World(std::size_t incidents) : incidents_(incidents) {}

  /// All revisions of incident `n` in order.
  std::vector<Incident> incident(std::size_t n) {
    const Millis opened = kFrom + static_cast<Millis>(n) * (kSpan / static_cast<Millis>(incidents_));
    Report report = report_of();
    std::vector<Incident> revisions;
    const std::size_t tellings = 1 + (chance_() % 5 < 2) + (chance_() % 7 == 0);
    Millis now = opened;
    for (std::size_t t = 0; t < tellings; ++t, now += 40 * kMinute) {
      if (t > 0 && report.killed.min && chance_() % 2 == 0)
        *report.killed.min += 1 + static_cast<std::int64_t>(chance_() % 9);
      Correlation c = correlate(report, telling(report, n, t, now), revisions, now);
      if (c.is_new) c.incident.id += std::to_string(n);
      if (!revisions.empty() && c.is_new) continue;
      revisions.assign(1, c.incident);
      made_.push_back(std::move(c.incident));
    }
    return std::exchange(made_, {});
  }

 private:
  Report report_of() {
    Report r;
    r.type = kTypes[chance_() % std::size(kTypes)];
    r.confidence = 0.8;
    const Country& country = countries()[chance_() % 40];
    const std::size_t region = chance_() % 5, town = chance_() % 8;
    r.place.country = std::string(country.alpha2);
    r.place.region = r.place.country + "-" + std::to_string(region);
    r.place.region_name = "Region " + std::to_string(region);
    r.place.name = r.place.city = std::string(kTown[town]) + " " + std::to_string(region);
    r.place.at = LatLon{static_cast<double>(chance_() % 300) / 10, static_cast<double>(chance_() % 300) / 10 - 15};
    r.place.precision = Precision::place;
    r.place.kind = PlaceKind::town;
    r.place.is_capital = region == 0 && town == 0;
    r.place.is_city = r.place.is_admin_capital = town < 2;
    if (chance_() % 2 == 0) r.killed.min = static_cast<std::int64_t>(chance_() % 30);
    r.actors = {{kActors[chance_() % std::size(kActors)], "Group", ActorGroup::jihadist, ActorRole::perpetrator}};
    if (chance_() % 3 == 0) r.targets = {{static_cast<TargetClass>(chance_() % 20), "the post"}};
    return r;
  }

  Telling telling(const Report& report, std::size_t n, std::size_t t, Millis now) {
    Feed feed;
    feed.id = feed.publisher = "gazette-" + std::to_string((n + t * 7) % 120);
    feed.reliability = static_cast<char>('B' + (n + t) % 3);
    feed.tags = {"press"};
    Item item;
    item.id = item.link = "https://" + feed.id + ".example/news/2026/" + std::to_string(n * 3 + t);
    item.title =
        "Gunmen strike near " + report.place.name + ", number " + std::to_string(n) + " of the season, residents say";
    item.text =
        "Residents of " + report.place.name + " spoke of an hour of fire. Officials came to the place in the morning.";
    item.language = "en";
    item.published = now - 5 * kMinute;
    Telling made = telling_of(item, feed, now);
    made.type = report.type;
    made.killed = report.killed;
    return made;
  }

  std::size_t incidents_;
  std::mt19937 chance_{1};
  std::vector<Incident> made_;
};

/// Fifty rules with the selectivity of an organisation's: of countries, kinds of event, places, targets, figures,
/// words, distances, and five that count.
std::string fifty_rules(const std::string& severity) {
  std::string text = "rules:\n";
  const auto rule = [&](std::size_t n, const std::string& when, const std::string& more = "") {
    text += "  - {rule: r" + std::to_string(n) + ", when: '" + when + "', severity: " + severity + more + "}\n";
  };
  const auto country = [](std::size_t n) { return std::string(countries()[n % 40].alpha2); };
  std::size_t n = 0;
  for (; n < 12; ++n) rule(n, "type in armed_violence and place is capital and country = " + country(n));
  for (; n < 20; ++n) rule(n, "type = kidnapping and country in [" + country(n) + ", " + country(n + 9) + "]");
  for (; n < 28; ++n)
    rule(n, "type in armed_violence and killed >= " + std::to_string(20 + n % 9) + " and country = " + country(n));
  for (; n < 33; ++n)
    rule(n, "target has " + std::string(name(static_cast<TargetClass>(n % 12))) + " and country = " + country(n));
  for (; n < 38; ++n) rule(n, "actor has jnim and region = \"" + country(n) + "-1\" and killed >= 5");
  for (; n < 42; ++n) rule(n, "within 25km of office-" + std::to_string(n % 4) + " and type in armed_violence");
  for (; n < 45; ++n) rule(n, "title contains \"number " + std::to_string(n) + "00\" and type in armed_violence");
  std::string ours;  // it works in ten of the forty
  for (std::size_t c = 0; c < 10; ++c) ours += (c == 0 ? "country in [" : ", ") + country(c);
  ours += "]";
  rule(n++, "type in armed_violence and killed >= 1 and " + ours, ", count: '>= 90 in 7d by region'");
  rule(n++, "type in armed_violence and " + ours, ", spike: '3x of 28d by region'");
  rule(n++, "type = protest and " + ours, ", spike: '4x of 14d by country'");
  rule(n++, "type = kidnapping and " + ours, ", count: '>= 12 in 7d by place'");
  rule(n++, "type in armed_violence and " + ours, ", new: 'actor in 30d by place'");
  return text;
}

RuleWorld names() {
  RuleWorld world;
  auto& o = world.organisation;
  for (std::size_t n = 0; n < 4; ++n)
    o.assets.push_back({"office-" + std::to_string(n), "", "office", "", "ML", {5.0 * static_cast<double>(n), 3}});
  o.channels = {{"mail", "mail", {}, {}}, {"phone", "exec", {{"price", "0.07 EUR"}}, {"/bin/true"}}};
  o.recipients = {{"duty-officer", "", "en", true, {"mail", "phone"}, ""}, {"director", "", "fr", false, {"mail"}, ""}};
  for (const char* id : kActors) world.actors.emplace(id, ActorGroup::jihadist);
  return world;
}

RuleSet rules(const std::string& severity) {
  LoadedRules loaded = load_rules({{"rules.yaml", fifty_rules(severity)}}, names());
  for (const Diagnostic& d : loaded.findings.all())
    if (d.level == Diagnostic::Level::error) std::fprintf(stderr, "%s\n", d.message.c_str());
  if (loaded.findings.has_errors()) std::exit(1);
  return loaded.rules;
}

void make_history(const std::string& path, std::size_t incidents) {
  auto store = open_sqlite(path);
  if (!store) std::exit(1);
  World world(incidents);
  Commit change;
  for (std::size_t n = 0; n < incidents; ++n) {
    for (Incident& revision : world.incident(n)) change.incidents.push_back(std::move(revision));
    if (change.incidents.size() < 5000 && n + 1 < incidents) continue;
    if (!(*store)->commit(change)) std::exit(1);
    change.incidents.clear();
  }
}

void measure(const std::string& path) {
  const auto store = open_sqlite_reader(path);
  if (!store) std::exit(1);
  const RuleSet tried = rules("Severe"), in_force = rules("Moderate");
  const Organisation organisation = names().organisation;
  Backtest backtest(tried, in_force, organisation, 0);
  const auto begun = std::chrono::steady_clock::now();
  const auto result = backtest.run(**store);
  if (!result) std::exit(1);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  rusage use{};
  ::getrusage(RUSAGE_SELF, &use);
  std::printf("%zu\t%zu\t%.2f\t%ld\t%zu\t%ju\n", result->incidents, result->revisions, took.count(),
              use.ru_maxrss / 1024, result->tried.alerts, std::filesystem::file_size(path) >> 20);
}

}  // namespace
}  // namespace tocsin

int main(int count, char** words) {
  if (count != 3) return 2;
  const std::string path = std::string(words[1]) + "/backtest.sqlite";
  // The history is made in a process of its own, so that the peak is the backtest's.
  if (!std::filesystem::exists(path)) {
    const pid_t maker = ::fork();
    if (maker == 0) {
      tocsin::make_history(path, std::strtoul(words[2], nullptr, 10));
      return 0;
    }
    int status = 0;
    ::waitpid(maker, &status, 0);
    if (status != 0) return 1;
  }
  tocsin::measure(path);
}
