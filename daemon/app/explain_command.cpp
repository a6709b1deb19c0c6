#include "app/explain_command.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/case_row.hpp"
#include "app/console.hpp"
#include "app/explained.hpp"
#include "base/text.hpp"
#include "feeds/html_text.hpp"
#include "host/clock.hpp"
#include "wire/report_json.hpp"

namespace tocsin {

namespace {

/// Plain text, HTML or one JSON object as `understand --jsonl` takes it. The first line of a plain text of several
/// lines is its title when it is short.
Item item_of(const std::string& raw) {
  const std::string text = valid_utf8(raw);
  const auto start = trim(text);
  if (start.starts_with("{"))
    if (auto input = understand_input(start)) return std::move(input->item);
  Item item;
  const std::string plain = start.starts_with("<") ? html_to_text(text) : text;
  const auto line_end = plain.find('\n');
  constexpr std::size_t kLongestTitle = 200;
  if (line_end != std::string::npos && line_end <= kLongestTitle && !trim(plain.substr(line_end)).empty()) {
    item.title = std::string(trim(plain.substr(0, line_end)));
    item.text = std::string(trim(plain.substr(line_end + 1)));
  } else {
    item.text = std::string(trim(plain));
  }
  return item;
}

std::string score_words(double score) {
  char out[16];
  std::snprintf(out, sizeof out, "%.2f", score);
  return out;
}

std::string verdict_text(const Explained& e, const RuleVerdict& v) {
  if (fires(e, v)) return v.confirmed ? "fires" : "fires, unconfirmed";
  if (v.fires) return "would fire, but the item is no news (see above)";
  if (v.part == "unless") return "silent: unless " + v.reason.condition + " (saw " + v.reason.saw + ")";
  const bool names_part = v.reason.condition.starts_with(v.part + " ");  // "count >= 3 in 7d"
  return "silent: " + (names_part ? "" : v.part + " ") + v.reason.condition + " (saw " +
         (v.reason.saw.empty() ? "nothing" : v.reason.saw) + ")";
}

void print_json(const std::string& id, const Explained& e) {
  auto out = nlohmann::ordered_json::parse(to_json(id, e.understood));
  out["features"] = nlohmann::ordered_json::array();
  for (const Feature& f : e.understood.features)
    out["features"].push_back({{"name", f.name}, {"value", f.value}, {"weight", f.weight}});
  out["story"] = e.understood.story;
  out["rules"] = nlohmann::ordered_json::array();
  for (const RuleVerdict& v : e.verdicts)
    out["rules"].push_back({{"rule", v.rule},
                            {"fires", fires(e, v)},
                            {"confirmed", v.confirmed},
                            {"part", v.part},
                            {"condition", v.reason.condition},
                            {"saw", v.reason.saw},
                            {"why", v.why}});
  print_line(out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

std::string toll(const char* what, const Count& c) {
  if (!c.known()) return "";
  const std::string number = c.min ? std::to_string(*c.min) : std::to_string(*c.max);
  return std::string(", ") + what + " " + std::string(kQualifiers(c.qualifier)) + " " + number +
         (c.who.empty() ? "" : " " + c.who);
}

void print_report(const Report& r, bool main) {
  print_line(std::string(main ? "* " : "  ") + std::string(name(r.type)) + ", " + std::string(kModalities(r.modality)) +
             (r.fresh ? "" : ", not fresh") + ", " + (r.place.name.empty() ? "place unknown" : r.place.name) +
             (r.place.country.empty()
                  ? ""
                  : " (" + r.place.country + ", " + std::string(kPrecisions(r.place.precision)) + ")") +
             (r.event_time.from ? ", " + iso_date(*r.event_time.from) : "") + toll("killed", r.killed) +
             toll("injured", r.injured) + toll("abducted", r.abducted));
  for (const ActorRef& a : r.actors)
    print_line("    actor   " + a.id + ": " + one_line(a.name) + " (" + std::string(kActorRoles(a.role)) + ")");
  for (const TargetRef& t : r.targets)
    print_line("    target  " + std::string(name(t.target)) + ": " + one_line(t.text));
  for (const Evidence& e : r.evidence)
    print_line("    proof   " + e.field + " [" + std::to_string(e.start) + "-" + std::to_string(e.end) + "] \"" +
               one_line(e.text) + "\"");
}

void print_text(const Explained& e) {
  const Understanding& u = e.understood;
  print_line(std::string(u.relevant ? "NEWS" : "no news") + ", score " + score_words(u.score) +
             (u.language.empty() ? "" : ", language " + u.language));
  for (std::size_t i = 0; i < u.reports.size(); ++i) print_report(u.reports[i], static_cast<int>(i) == u.main);
  if (u.reports.empty()) print_line("  no event found");
  print_line("why:");
  for (const auto& line : u.story) print_line("  " + one_line(line));
  if (!e.verdicts.empty()) print_line("rules:");
  for (const RuleVerdict& v : e.verdicts) print_line("  " + v.rule + ": " + verdict_text(e, v));
  if (e.verdicts.empty()) print_line("no rule fires: there is no incident to judge");
}

}  // namespace

int explain_command(const ExplainOptions& options) {
  const auto text = read_input(options.file);
  if (!text) return complain(text.error().message);
  auto world = load_world(options.config);
  if (!world.usable()) return complain_bad_configuration(world);
  const Item item = item_of(*text);
  const Explained e = explained(*world.world, Feed{}, item, item.published.value_or(MachineClock().now()));
  if (options.as_case)
    print_line(case_row(item, e.understood));
  else if (options.json)
    print_json(item.id, e);
  else
    print_text(e);
  return kDone;
}

}  // namespace tocsin
