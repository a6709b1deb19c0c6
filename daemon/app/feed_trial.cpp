#include "app/feed_trial.hpp"

#include <algorithm>

#include "app/header.hpp"
#include "app/intake.hpp"
#include "base/text.hpp"
#include "feeds/mapping.hpp"
#include "feeds/norms.hpp"
#include "feeds/parse.hpp"

namespace tocsin {

namespace {

Millis newest_date(const std::vector<Item>& items, Millis now) {
  Millis newest = 0;
  for (const Item& item : items)
    if (item.published && *item.published <= now) newest = std::max(newest, *item.published);
  return newest;
}

struct Memory {
  FeedPast past{true, 0, 0};
  std::vector<KnownItem> known;
};

Memory memory_of(Store* store, const Feed& feed, const std::vector<Identified>& items) {
  Memory memory;
  if (!store || feed.id.empty()) return memory;
  const auto state = store->feed_state(feed.id);
  if (!state || !*state || (*state)->documents == 0) return memory;
  memory.past = {false, (*state)->last_success, clock_error((*state)->norm)};
  if (auto seen = known_items(*store, feed.id, items)) memory.known = std::move(*seen);
  return memory;
}

TriedItem tried(const World& world, const Feed& feed, Item item, std::string fate, std::string why, Millis now) {
  if (item.language.empty()) item.language = feed.language;
  TriedItem out{std::move(item), std::move(fate), std::move(why), {}, {}, {}};
  out.told = explained(world, feed, out.item, now);
  for (const RuleVerdict& v : out.told.verdicts)
    if (fires(out.told, v)) {
      out.rules.push_back(v.rule);
      if (!v.confirmed) out.unconfirmed.push_back(v.rule);
    }
  return out;
}

void judge_items(Trial& trial, const World& world, const Feed& feed, std::vector<Item> items, Store* store) {
  auto identified = identify(std::move(items));
  const Memory memory = memory_of(store, feed, identified);
  Freshness fresh = keep_new(identified, memory.past, memory.known, trial.now);
  trial.notes = std::move(fresh.notes);
  for (FreshItem& f : fresh.items) {
    std::erase_if(identified,
                  [&](const Identified& i) { return i.item.id == f.item.id && i.print == print_of(f.item); });
    const char* fate = !f.may_alert ? "old" : f.novelty == Novelty::edited ? "edited" : "new";
    trial.items.push_back(tried(world, feed, std::move(f.item), fate, std::move(f.why), trial.now));
  }
  for (Identified& i : identified)
    trial.items.push_back(tried(world, feed, std::move(i.item), "known", "seen before and unchanged", trial.now));
  std::stable_sort(trial.items.begin(), trial.items.end(),
                   [](const auto& a, const auto& b) { return b.item.published < a.item.published; });
}

struct Origins {
  std::string_view bytes;
  std::string content_type, final_url;
};

Trial try_bytes(const World& world, const Feed& feed, const Origins& from, Store* store, Millis now,
                bool as_of_document) {
  Trial trial;
  trial.bytes = from.bytes.size();
  trial.now = now;
  trial.document = parse_feed(from.bytes, {from.final_url, from.content_type, now, feed.mapping.get()});
  if (trial.document.format.empty() && !feed.mapping)
    if (const auto shipped = shipped_mapping_for(from.bytes)) {
      trial.mapping = shipped->preset;
      trial.document = parse_feed(from.bytes, {from.final_url, from.content_type, now, shipped.get()});
    }
  trial.problem = problem_of(trial.document);
  if (!trial.is_feed()) {
    trial.links = feed_links(from.bytes, from.content_type, from.final_url);
    return trial;
  }
  std::vector<Item> items = std::exchange(trial.document.items, {});
  trial.in_document = items.size();
  if (const Millis newest = newest_date(items, now); as_of_document && newest > 0)
    trial.now = std::min(now, newest + 10 * kMinute);
  judge_items(trial, world, feed, std::move(items), store);
  return trial;
}

}  // namespace

Trial try_document(const World& world, const Feed& feed, std::string_view bytes, Store* store, Millis now) {
  return try_bytes(world, feed, {bytes, "", feed.url}, store, now, true);
}

Trial try_answer(const World& world, const Feed& feed, HttpResponse answer, Store* store, Millis now) {
  Trial trial;
  if (answer.status == 200)
    trial = try_bytes(world, feed, {answer.body, header(answer, "content-type"), answer.final_url}, store, now, false);
  else
    trial.problem = answer.status == 0 ? answer.error : "the server answered HTTP " + std::to_string(answer.status);
  trial.asked = feed.url;
  trial.answer = std::move(answer);
  return trial;
}

}  // namespace tocsin
