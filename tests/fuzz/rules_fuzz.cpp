// Any bytes as a rule file: no crash, nothing half loaded, every finding with a place, and every condition that is
// accepted prints to one that parses to the same tree.
#include <cstdint>
#include <cstdlib>

#include "rules/expression.hpp"
#include "rules/rule_set.hpp"

namespace {

tocsin::RuleWorld world() {
  tocsin::RuleWorld w;
  w.organisation.assets = {{"office-gao", "OFFICE-GAO", "office", "", "ML", {16.27, -0.04}}};
  w.organisation.roads = {{"gao-ansongo", "", {{16.27, -0.04}, {15.66, 0.50}}}};
  w.organisation.zones = {{"liptako-gourma", "", {{13, -2}, {17, -2}, {17, 3}}}};
  w.organisation.recipients = {{"duty-officer", "", "en", true, {}, ""}};
  w.feed_tags = {"mali"};
  return w;
}

void check_condition(std::string_view text) {
  const auto parsed = tocsin::parse_condition(text);
  if (parsed.faults.empty() && !(tocsin::parse_condition(tocsin::print(parsed.expr)).expr == parsed.expr)) std::abort();
  for (const auto& fault : parsed.faults)
    if (fault.at > text.size() || fault.message.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const tocsin::RuleWorld kWorld = world();
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  check_condition(text);
  const auto loaded = tocsin::load_rules({{"fuzz.yaml", text}}, kWorld);
  if (loaded.findings.has_errors() && !loaded.rules.all().empty()) std::abort();
  for (const auto& d : loaded.findings.all())
    if (d.at.line == 0 || d.at.column == 0 || d.code.empty()) std::abort();
  tocsin::Incident incident;
  incident.place.at = tocsin::LatLon{16, 0};
  incident.place.precision = tocsin::Precision::exact;
  incident.tellings.push_back({.feed = "a", .title = "Gunmen attack Gao", .published = 1});
  (void)loaded.rules.match(incident, {1, nullptr, {}});
  (void)loaded.rules.explain(incident, {1, nullptr, {}});
  return 0;
}
