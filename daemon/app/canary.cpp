#include "app/canary.hpp"

#include <algorithm>

#include "app/pipeline.hpp"
#include "base/mail_date.hpp"
#include "channels/registry.hpp"
#include "feeds/freshness.hpp"
#include "feeds/parse.hpp"
#include "rules/rule_set.hpp"

namespace tocsin {

namespace {
constexpr const char* kRule = R"(
rules:
  - rule: canary
    when: type in armed_violence and place is capital
    severity: Minor
)";

std::string document(Millis now) {
  return "<rss version=\"2.0\"><channel><title>Canary</title><language>en</language><item><guid>canary</guid>"
         "<title>Gunmen attack police station in Mali's capital, seven killed</title><description>Gunmen attacked a "
         "police station in Bamako before dawn, killing seven people, residents said.</description><pubDate>" +
         mail_date(now - kMinute) + "</pubDate></item></channel></rss>";
}

Result<RuleSet> rules_for(const Organisation& organisation) {
  RuleWorld names;
  names.organisation = organisation;
  LoadedRules loaded = load_rules({{"canary", kRule}}, names);
  if (loaded.findings.has_errors()) return failure("rules: " + loaded.findings.all().front().message);
  return loaded.rules;
}

Result<std::vector<Arrival>> arrivals(Millis now) {
  ParsedFeed parsed = parse_feed(document(now), {});
  if (parsed.items.size() != 1) return failure("reading: the item of its document was not found");
  std::vector<Arrival> out;
  for (FreshItem& fresh : keep_new(identify(std::move(parsed.items)), {}, {}, now).items)
    out.push_back({std::move(fresh.item), fresh.may_alert});
  return out;
}

/// A message that cannot be made would never be sent.
Result<void> render_all(const Commit& change, const Organisation& organisation) {
  for (const Delivery& delivery : change.deliveries) {
    const auto recipient = std::find_if(organisation.recipients.begin(), organisation.recipients.end(),
                                        [&](const Recipient& r) { return r.id == delivery.recipient; });
    const auto channel = std::find_if(organisation.channels.begin(), organisation.channels.end(),
                                      [&](const Channel& c) { return c.name == delivery.channel; });
    if (recipient == organisation.recipients.end() || channel == organisation.channels.end())
      return failure("outbox: a message to " + delivery.recipient + " by " + delivery.channel + ", which is not there");
    const auto message = render(change.alerts.front(), *recipient, *channel, delivery.key);
    if (!message) return failure("channel " + channel->name + ": " + message.error().message);
  }
  return {};
}
}  // namespace

Result<void> send_canary(const Understander& understander, const Organisation& organisation, Millis now) {
  const auto rules = rules_for(organisation);
  if (!rules) return tl::unexpected(rules.error());
  const auto news = arrivals(now);
  if (!news) return tl::unexpected(news.error());
  Feed feed;
  feed.id = feed.publisher = "canary";
  feed.language = "en";
  Pipeline pipeline(understander, *rules, organisation);
  const Commit change = pipeline.take(feed, *news, now);
  if (change.items.empty() || !change.items.front().relevant)
    return failure("understanding: it was not taken for news");
  if (change.incidents.empty()) return failure("understanding: it made no incident");
  if (change.alerts.empty()) return failure("rules: no alert came of it");
  if (change.deliveries.empty()) return failure("outbox: nobody on duty would be told");
  return render_all(change, organisation);
}

}  // namespace tocsin
