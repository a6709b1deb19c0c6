#include "app/explain_words.hpp"

#include <nlohmann/json.hpp>

#include "app/console.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {

std::string toll(const char* what, const Count& c) {
  if (!c.known()) return "";
  const std::string number = c.min ? std::to_string(*c.min) : std::to_string(*c.max);
  return std::string(", ") + what + " " + std::string(kQualifiers(c.qualifier)) + " " + number +
         (c.who.empty() ? "" : " " + c.who);
}

}  // namespace

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

std::string verdict_words(const RuleVerdict& v, bool is_news) {
  if (v.fires && is_news) return v.confirmed ? "fires" : "fires, unconfirmed";
  if (v.fires) return "would fire, but the item is no news (see above)";
  if (v.part == "unless") return "silent: unless " + v.reason.condition + " (saw " + v.reason.saw + ")";
  const bool names_part = v.reason.condition.starts_with(v.part + " ");  // "count >= 3 in 7d"
  return "silent: " + (names_part ? "" : v.part + " ") + v.reason.condition + " (saw " +
         (v.reason.saw.empty() ? "nothing" : v.reason.saw) + ")";
}

std::string verdicts_json(const std::vector<RuleVerdict>& verdicts, bool is_news) {
  auto rules = nlohmann::ordered_json::array();
  for (const RuleVerdict& v : verdicts)
    rules.push_back({{"rule", v.rule},
                     {"fires", v.fires && is_news},
                     {"confirmed", v.confirmed},
                     {"part", v.part},
                     {"condition", v.reason.condition},
                     {"saw", v.reason.saw},
                     {"why", v.why}});
  return rules.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace tocsin
