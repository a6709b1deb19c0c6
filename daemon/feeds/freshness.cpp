#include "feeds/freshness.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/fold.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "feeds/urls.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kFewestForReappearance = 5;

std::string spelled_once(std::string_view id) {
  return is_web_address(id) ? canonical_link(id) : std::string(trim(id));
}

/// Letters and digits of the folded text; everything above ASCII counts as a letter.
std::uint64_t hash_words(std::string_view text, std::uint64_t seed) {
  for (const char c : fold(text)) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (word) seed = fnv1a({&c, 1}, seed);
  }
  return seed;
}

std::string title_key(const Item& item) {
  if (!item.published || count_code_points(item.title) < 12) return {};
  return "title:" + hex64(hash_words(item.title, static_cast<std::uint64_t>(*item.published)));
}

using Counts = std::unordered_map<std::string, std::size_t>;

void add_key(std::vector<std::string>& keys, std::string key) {
  if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
}

/// An id that several items of the document share tells nothing by itself; the title is added to it.
std::vector<std::string> keys_of(const Item& item, const Counts& ids, const Counts& links) {
  std::vector<std::string> keys;
  const std::string id = spelled_once(item.id);
  const std::string link = item.link.empty() ? std::string() : canonical_link(item.link);
  const bool shared = ids.at(id) > 1;
  add_key(keys, shared ? id + "|" + hex64(hash_words(item.title, 0)) : id);
  if (!link.empty() && links.at(link) == 1 && !(shared && link == id)) add_key(keys, link);
  add_key(keys, title_key(item));
  if (item.cap && !item.cap->identifier.empty()) add_key(keys, item.cap->identifier);
  return keys;
}

/// The known row behind any of the keys, the oldest when there are several.
const KnownItem* known_among(const std::unordered_map<std::string_view, const KnownItem*>& known,
                             const Identified& item) {
  const KnownItem* oldest = nullptr;
  for (const auto& key : item.keys)
    if (const auto at = known.find(key); at != known.end() && (!oldest || at->second->first_seen < oldest->first_seen))
      oldest = at->second;
  return oldest;
}

/// The row under the main key tells what the words were when last read; an alias may lag behind.
std::uint64_t last_print(const std::unordered_map<std::string_view, const KnownItem*>& known, const Identified& item,
                         const KnownItem& otherwise) {
  const auto main = known.find(item.keys.front());
  return main == known.end() ? otherwise.print : main->second->print;
}

struct Verdict {
  bool may_alert;
  std::string why;
};

Verdict judge(const FreshItem& fresh, bool dated, const FeedPast& past, bool reappeared, Millis now) {
  const Millis age = now - *fresh.item.published;
  if (fresh.item.cap && fresh.item.cap->expires && *fresh.item.cap->expires <= now)
    return {false, "an alert that expired at " + rfc3339(*fresh.item.cap->expires)};
  if (age > kStaleAge)
    return {false, "published " + iso_date(*fresh.item.published) + ": history, even though new to us"};
  if (fresh.novelty == Novelty::edited) return {true, "edited since it was last read"};
  if (past.first_document && !dated) return {false, "first document of the feed and no date: it may be old"};
  if (past.first_document && age > kBaselineAge)
    return {false, "backlog: in the first document of the feed, older than 6h"};
  if (reappeared && (!dated || *fresh.item.published <= past.last_success - kPublishingLag))
    return {false, "the whole feed appeared anew: held, since it is not dated after the last good poll"};
  return {true, past.first_document ? "first document of the feed, but younger than 6h" : "new"};
}

/// Sets a missing date to when we first saw the item and pulls a future one back. True when the item had a date of its
/// own.
bool settle_date(Item& item, Millis first_seen, Millis clock_error, Millis now, std::size_t& future) {
  if (!item.published) {
    item.published = first_seen;
    return false;
  }
  *item.published -= clock_error;
  if (*item.published > now) {
    future += *item.published > now + kClockSlack;
    item.published = now;
  }
  return true;
}

/// Of a feed that was read before: what a first document holds was published at any time.
void note_lead(std::optional<Millis>& lead, const FreshItem& fresh, const FeedPast& past, Millis now) {
  if (past.first_document || fresh.novelty != Novelty::fresh || !fresh.item.published) return;
  const Millis ahead = std::max<Millis>(0, *fresh.item.published - now);
  lead = lead == 0 || ahead == 0 ? 0 : std::max(lead.value_or(0), ahead);
}

void remember(const Identified& item, Millis first_seen,
              const std::unordered_map<std::string_view, const KnownItem*>& known, std::vector<KnownItem>& seen) {
  for (std::size_t i = 0; i < item.own_keys; ++i) {
    const auto& key = item.keys[i];
    const auto at = known.find(key);
    if (at == known.end() || at->second->print != item.print) seen.push_back({key, item.print, first_seen});
  }
}
}  // namespace

std::uint64_t print_of(const Item& item) {
  const auto words = hash_words(item.text, hash_words(item.title, fnv1a("print")));
  if (!item.cap) return words;
  // A warning that is raised or withdrawn may keep every word of its text.
  const CapFields& cap = *item.cap;
  return hash_words(cap.status + "|" + cap.msg_type + "|" + cap.severity + "|" + cap.urgency + "|" + cap.certainty,
                    words);
}

std::vector<Identified> identify(std::vector<Item> items) {
  Counts ids, links;
  std::unordered_set<std::string> said;
  std::vector<Identified> out;
  out.reserve(items.size());
  for (auto& item : items) {
    const auto print = print_of(item);
    if (!said.insert(spelled_once(item.id) + "|" + hex64(print)).second) continue;
    ++ids[spelled_once(item.id)];
    if (!item.link.empty()) ++links[canonical_link(item.link)];
    out.push_back({std::move(item), {}, 0, print});
  }
  for (auto& each : out) {
    each.keys = keys_of(each.item, ids, links);
    each.own_keys = each.keys.size();
    for (const auto& alias : each.item.aliases) add_key(each.keys, spelled_once(alias));
  }
  return out;
}

Freshness keep_new(std::vector<Identified> items, const FeedPast& past, const std::vector<KnownItem>& known_rows,
                   Millis now) {
  std::unordered_map<std::string_view, const KnownItem*> known;
  known.reserve(known_rows.size());
  for (const auto& row : known_rows) known.emplace(row.key, &row);

  const auto is_new = [&](const Identified& item) { return known_among(known, item) == nullptr; };
  const auto fresh_count = static_cast<std::size_t>(std::count_if(items.begin(), items.end(), is_new));
  const bool reappeared =
      !past.first_document && items.size() >= kFewestForReappearance && fresh_count * 5 > items.size() * 4;

  Freshness out;
  std::size_t future = 0, held = 0;
  for (auto& each : items) {
    const KnownItem* before = known_among(known, each);
    const Millis first_seen = before ? before->first_seen : now;
    remember(each, first_seen, known, out.seen);
    if (before && last_print(known, each, *before) == each.print) continue;
    FreshItem fresh{std::move(each.item), before ? Novelty::edited : Novelty::fresh, true, {}};
    note_lead(out.lead, fresh, past, now);
    const bool dated = settle_date(fresh.item, first_seen, past.clock_error, now, future);
    auto [may_alert, why] = judge(fresh, dated, past, reappeared, now);
    fresh.may_alert = may_alert;
    fresh.why = std::move(why);
    held += reappeared && !may_alert;
    out.items.push_back(std::move(fresh));
  }
  std::stable_sort(out.items.begin(), out.items.end(),
                   [](const auto& a, const auto& b) { return a.item.published < b.item.published; });
  if (reappeared)
    out.notes.push_back(std::to_string(fresh_count) + " of " + std::to_string(items.size()) +
                        " items are new: the whole feed may have appeared anew, " + std::to_string(held) + " are held");
  if (future > 0)
    out.notes.push_back(std::to_string(future) + " items are dated in the future; the time of reading was taken");
  return out;
}

}  // namespace tocsin
