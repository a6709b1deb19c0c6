#include <algorithm>

#include "app/backtest_command.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

std::string right(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}
std::string left(const std::string& text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text + " ";
}
std::string row(const std::string& label, const std::string& tried, const std::string& in_force) {
  return "  " + left(label, 36) + right(tried, 14) + right(in_force, 14) + "\n";
}
std::string row(const std::string& label, std::size_t tried, std::size_t in_force) {
  return row(label, std::to_string(tried), std::to_string(in_force));
}

template <class Map>
std::set<std::string> names_of(const Map& a, const Map& b) {
  std::set<std::string> names;
  for (const Map* map : {&a, &b})
    for (const auto& entry : *map) names.insert(entry.first);
  return names;
}
template <class Map>
typename Map::mapped_type at(const Map& map, const std::string& name) {
  const auto it = map.find(name);
  return it == map.end() ? typename Map::mapped_type{} : it->second;
}

/// A rule that only one of the two sets has stands with a dash in the other's column.
std::string rules(const Sums& tried, const Sums& in_force) {
  std::string out = "by rule (new alerts + updates)\n";
  const auto words = [](const Sums& sums, const std::string& rule) -> std::string {
    const auto it = sums.rules.find(rule);
    if (it == sums.rules.end()) return "-";
    const RuleSum& sum = it->second;
    return std::to_string(sum.alerts) + " + " + std::to_string(sum.updates);
  };
  for (const auto& name : names_of(tried.rules, in_force.rules))
    out += row(name, words(tried, name), words(in_force, name));
  return out;
}

std::string channels(const Sums& tried, const Sums& in_force, const Organisation& organisation) {
  std::string out = "by channel (messages)\n";
  for (const auto& name : names_of(tried.channels, in_force.channels)) {
    const ChannelSum a = at(tried.channels, name), b = at(in_force.channels, name);
    out += row(name, a.messages, b.messages);
    const Channel* channel = find_channel(organisation, name);
    const std::string cost = cost_words(a, channel);
    out += cost.empty() ? row("  message parts; cost unknown", a.parts, b.parts)
                        : row("  cost", cost, cost_words(b, channel));
  }
  return out;
}

std::string hours(const Sums& tried, const Sums& in_force) {
  std::string out = "by hour of day, local time of the country (alerts, updates and cancels)\n";
  for (std::size_t hour = 0; hour < 24; ++hour)
    if (tried.hours[hour] + in_force.hours[hour] > 0)
      out += row((hour < 10 ? "0" : "") + std::to_string(hour) + " h", tried.hours[hour], in_force.hours[hour]);
  return out;
}

std::string nights(const Sums& tried, const Sums& in_force) {
  std::string out = "nights woken (22 to 6 h, local time of the country)\n";
  for (const auto& who : names_of(tried.nights, in_force.nights))
    out += row(who, at(tried.nights, who).size(), at(in_force.nights, who).size());
  return out;
}

std::string sample(const char* title, const Sample& sample) {
  std::string out = std::string(title) + ": " + std::to_string(sample.count()) + " incidents\n";
  for (const Difference& d : sample.all())
    out += "  " + rfc3339(d.sent).substr(0, 16) + "Z " + std::string(kSeverities(d.severity)) + " " + d.rule + ": " +
           one_line(in_language(d.headline, "en")) + "\n";
  if (sample.count() > sample.all().size())
    out += "  and " + std::to_string(sample.count() - sample.all().size()) + " more\n";
  return out;
}

}  // namespace

std::string in_words(const BacktestResult& r, const Organisation& organisation) {
  if (r.revisions == 0) return "The history holds no incident of this time.\n";
  std::string out = std::to_string(r.incidents) + " incidents (" + std::to_string(r.revisions) + " revisions), " +
                    iso_date(r.since) + " to " + iso_date(r.until) + "\n\n";
  out += row("", "these rules", "in force");
  out += row("new alerts", r.tried.alerts, r.in_force.alerts);
  out += row("updates", r.tried.updates, r.in_force.updates);
  out += row("cancels", r.tried.cancels, r.in_force.cancels);
  out += "\n" + rules(r.tried, r.in_force);
  out += "\n" + channels(r.tried, r.in_force, organisation);
  out += "\n" + hours(r.tried, r.in_force);
  out += "\n" + nights(r.tried, r.in_force);
  out += "\ntold by both: " + std::to_string(r.both) + " incidents\n";
  return out + sample("new", r.gained) + sample("lost", r.lost);
}

}  // namespace tocsin
