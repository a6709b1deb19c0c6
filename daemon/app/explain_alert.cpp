#include "app/explain_alert.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/console.hpp"
#include "app/explain_words.hpp"
#include "base/text.hpp"
#include "store/sqlite_store.hpp"
#include "wire/alert_json.hpp"
#include "wire/report_json.hpp"

namespace tocsin {

namespace {

using Json = nlohmann::ordered_json;

/// One item of the chain, understood anew with the present files.
struct Link {
  StoredItem stored;
  Understanding understood;
};

struct Chain {
  std::vector<Alert> versions;  // oldest first
  std::vector<Link> links;      // in the order in which they came
  std::vector<RuleVerdict> verdicts;
  std::vector<std::pair<int, Delivery>> deliveries;  // with the version that they carry
};

constexpr std::size_t kMostItems = 100'000;
constexpr Millis kBeforeTheFirst = 15 * kDay;  // an incident stays open for two weeks

std::string upper(std::string code) {
  for (char& c : code)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return code;
}

/// The versions of the newest alert of this code; an older one may have had it before.
Result<std::vector<Alert>> versions_of(Store& store, const std::string& code) {
  auto alerts = store.alerts({.code = upper(code), .limit = 1000});
  if (!alerts) return tl::unexpected(alerts.error());
  if (alerts->empty()) return failure("there is no alert \"" + one_line(code) + "\" in the history");
  const auto same = [&](const Alert& a) {
    const auto& newest = alerts->front();
    return a.incident.has_value() == newest.incident.has_value() &&
           (!a.incident || a.incident->id == newest.incident->id);
  };
  alerts->erase(std::find_if_not(alerts->begin(), alerts->end(), same), alerts->end());
  std::reverse(alerts->begin(), alerts->end());
  return alerts;
}

bool tells(const Incident& incident, const StoredItem& item) {
  return item.incident == incident.id ||
         std::any_of(incident.tellings.begin(), incident.tellings.end(),
                     [&](const auto& t) { return t.feed == item.feed && t.item_id == item.item.id; });
}

Result<std::vector<Link>> links_of(Store& store, const World& world, const Incident& incident) {
  auto items = store.items({.since = incident.opened - kBeforeTheFirst, .limit = kMostItems});
  if (!items) return tl::unexpected(items.error());
  std::vector<Link> links;
  for (StoredItem& item : *items)
    if (tells(incident, item)) {
      auto understood = world.understander.understand(item.item, origin_of(feed_of(world, item.feed)));
      links.push_back({std::move(item), std::move(understood)});
    }
  std::reverse(links.begin(), links.end());
  return links;
}

std::vector<RuleVerdict> verdicts_of(const World& world, const Alert& alert, const std::vector<Link>& links) {
  std::vector<std::string> texts;
  for (const Link& link : links) texts.push_back(link.stored.item.title + "\n" + link.stored.item.text);
  MatchContext context;
  context.now = alert.sent;
  context.texts.assign(texts.begin(), texts.end());
  return world.rules.explain(*alert.incident, context);
}

Result<Chain> chain_of(Store& store, const World& world, const std::string& code) {
  auto versions = versions_of(store, code);
  if (!versions) return tl::unexpected(versions.error());
  Chain chain{std::move(*versions), {}, {}, {}};
  for (const Alert& alert : chain.versions) {
    auto deliveries = store.deliveries(alert.key);
    if (!deliveries) return tl::unexpected(deliveries.error());
    for (Delivery& d : *deliveries) chain.deliveries.emplace_back(alert.version, std::move(d));
  }
  const Alert& last = chain.versions.back();
  if (!last.incident) return chain;
  auto links = links_of(store, world, *last.incident);
  if (!links) return tl::unexpected(links.error());
  chain.links = std::move(*links);
  chain.verdicts = verdicts_of(world, last, chain.links);
  return chain;
}

void print_items(const Chain& chain) {
  print_line("items:");
  for (const Link& link : chain.links) {
    const StoredItem& i = link.stored;
    print_line("  " + rfc3339(i.received) + " " + i.feed + " (" + i.publisher + "): " + one_line(i.item.title));
    for (std::size_t r = 0; r < link.understood.reports.size(); ++r)
      print_report(link.understood.reports[r], static_cast<int>(r) == link.understood.main);
  }
  if (chain.links.empty()) print_line("  none of them is in the history any more");
}

std::string toll_words(const char* what, const Toll& toll) {
  const auto number = toll.best ? toll.best : toll.min;
  return number ? std::string(", ") + what + " " + std::to_string(*number) : "";
}

void print_incident(const Incident& i) {
  print_line("incident " + i.id + ", revision " + std::to_string(i.revision) + ":");
  print_line("  " + std::string(name(i.type)) + ", " +
             (i.place.name.empty() ? "place unknown" : one_line(i.place.name)) +
             (i.place.country.empty() ? "" : " (" + i.place.country + ")") + toll_words("killed", i.killed) +
             toll_words("injured", i.injured) + toll_words("abducted", i.abducted) + ", " +
             std::to_string(i.publishers) + " publishers, grade " + i.reliability + std::to_string(i.credibility));
  for (const std::string& step : i.story) print_line("  " + one_line(step));
}

void print_versions(const Chain& chain) {
  print_line("messages:");
  for (const Alert& a : chain.versions) {
    print_line("  v" + std::to_string(a.version) + " " + std::string(kMsgTypes(a.msg_type)) + " " + rfc3339(a.sent) +
               " by " + join(a.rules, ", ") + (a.unconfirmed ? ", unconfirmed" : "") +
               (a.changed.empty() ? "" : ": " + join(a.changed, "; ")));
    for (const auto& [version, d] : chain.deliveries)
      if (version == a.version)
        print_line("    " + d.recipient + " over " + d.channel + ": " + std::string(kDeliveryStates(d.state)) +
                   (d.last_error.empty() ? "" : ", " + one_line(d.last_error)));
  }
}

void print_chain(const Chain& chain) {
  const Alert& last = chain.versions.back();
  print_line("alert " + last.code + ": " + one_line(in_language(last.headline, "en")));
  print_items(chain);
  if (last.incident) print_incident(*last.incident);
  print_line("rules, as told:");
  for (const std::string& line : last.why) print_line("  " + one_line(line));
  if (!chain.verdicts.empty()) print_line("rules, as they stand now, at the time of the last message:");
  for (const RuleVerdict& v : chain.verdicts) print_line("  " + v.rule + ": " + verdict_words(v, true));
  print_versions(chain);
}

Json delivery_object(int version, const Delivery& d) {
  return {{"version", version},     {"recipient", d.recipient},
          {"channel", d.channel},   {"state", kDeliveryStates(d.state)},
          {"attempts", d.attempts}, {"error", d.last_error}};
}

void print_chain_json(const Chain& chain) {
  const Alert& last = chain.versions.back();
  Json out{{"code", last.code}, {"items", Json::array()}};
  for (const Link& link : chain.links)
    out["items"].push_back({{"feed", link.stored.feed},
                            {"publisher", link.stored.publisher},
                            {"received", rfc3339(link.stored.received)},
                            {"title", link.stored.item.title},
                            {"link", link.stored.item.link},
                            {"understood", Json::parse(to_json(link.stored.item.id, link.understood))}});
  out["incident"] = last.incident ? Json::parse(to_json(*last.incident)) : Json();
  out["rules"] = Json::parse(verdicts_json(chain.verdicts, true));
  out["alerts"] = Json::array();
  for (const Alert& a : chain.versions) out["alerts"].push_back(Json::parse(to_json(a)));
  out["deliveries"] = Json::array();
  for (const auto& [version, d] : chain.deliveries) out["deliveries"].push_back(delivery_object(version, d));
  print_line(out.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

Feed feed_of(const World& world, const std::string& id) {
  for (const auto* feeds : {&world.settings.feeds, &world.settings.idle_feeds})
    for (const Feed& feed : *feeds)
      if (feed.id == id) return feed;
  Feed feed;
  feed.id = id;
  return feed;
}

int explain_alert(const World& world, const ExplainOptions& options) {
  const auto store = open_sqlite_reader(world.settings.store);
  if (!store) return complain(store.error().message);
  const auto chain = chain_of(**store, world, options.alert);
  if (!chain) return complain(chain.error().message);
  if (options.json)
    print_chain_json(*chain);
  else
    print_chain(*chain);
  return kDone;
}

}  // namespace tocsin
