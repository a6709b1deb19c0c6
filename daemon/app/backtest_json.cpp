#include <nlohmann/json.hpp>

#include "app/backtest_command.hpp"
#include "channels/registry.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

Json rules_json(const Sums& sums) {
  Json list = Json::array();
  for (const auto& [rule, sum] : sums.rules)
    list.push_back({{"rule", rule}, {"alerts", sum.alerts}, {"updates", sum.updates}, {"cancels", sum.cancels}});
  return list;
}

Json channels_json(const Sums& sums, const Organisation& organisation) {
  Json list = Json::array();
  for (const auto& [name, sum] : sums.channels) {
    const Channel* channel = find_channel(organisation, name);
    const auto price = channel ? price_of(*channel) : std::nullopt;
    list.push_back({{"channel", name},
                    {"messages", sum.messages},
                    {"parts", sum.parts},
                    {"cost", price ? Json(price->amount * static_cast<double>(sum.parts)) : Json()},
                    {"currency", price ? Json(price->currency) : Json()}});
  }
  return list;
}

Json sums_json(const Sums& sums, const Organisation& organisation) {
  Json nights = Json::object();
  for (const Recipient& who : organisation.recipients) {
    const auto woken = sums.nights.find(who.id);
    nights[who.id] = woken == sums.nights.end() ? 0 : woken->second.size();
  }
  return {{"alerts", sums.alerts},
          {"updates", sums.updates},
          {"cancels", sums.cancels},
          {"rules", rules_json(sums)},
          {"channels", channels_json(sums, organisation)},
          {"hours", sums.hours},
          {"nights_woken", std::move(nights)}};
}

Json sample_json(const Sample& sample) {
  Json list = Json::array();
  for (const Difference& d : sample.all())
    list.push_back({{"incident", d.incident},
                    {"rule", d.rule},
                    {"severity", kSeverities(d.severity)},
                    {"sent", rfc3339(d.sent)},
                    {"headline", d.headline}});
  return {{"incidents", sample.count()}, {"sample", std::move(list)}};
}

}  // namespace

std::string to_json(const BacktestResult& r, const Organisation& organisation) {
  const auto time = [&](Millis at) { return r.revisions > 0 ? Json(rfc3339(at)) : Json(); };
  const Json out{{"since", time(r.since)},
                 {"until", time(r.until)},
                 {"incidents", r.incidents},
                 {"revisions", r.revisions},
                 {"tried", sums_json(r.tried, organisation)},
                 {"in_force", sums_json(r.in_force, organisation)},
                 {"diff", {{"both", r.both}, {"new", sample_json(r.gained)}, {"lost", sample_json(r.lost)}}}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tocsin
