#include "app/intake.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "feeds/freshness.hpp"
#include "feeds/norms.hpp"
#include "feeds/parse.hpp"

namespace tocsin {

std::string problem_of(const ParsedFeed& parsed) {
  if (!parsed.format.empty()) return "";
  for (const ParseNote& note : parsed.notes)
    if (note.level == Diagnostic::Level::error) return note.message;
  return "this is no feed";
}

Result<std::vector<KnownItem>> known_items(Store& store, const std::string& feed,
                                           const std::vector<Identified>& items) {
  std::vector<std::string> keys;
  for (const Identified& i : items) keys.insert(keys.end(), i.keys.begin(), i.keys.end());
  const auto seen = store.seen(feed, keys);
  if (!seen) return tl::unexpected(seen.error());
  std::vector<KnownItem> known;
  for (const SeenItem& s : *seen) known.push_back({s.id, s.print, s.first_seen});
  return known;
}

namespace {
std::vector<Arrival> arrivals_of(std::vector<FreshItem> fresh, const Feed& feed) {
  std::vector<Arrival> arrivals;
  for (FreshItem& f : fresh) {
    if (f.item.language.empty()) f.item.language = feed.language;
    arrivals.push_back({std::move(f.item), f.may_alert});
  }
  return arrivals;
}

std::size_t news_in(const Commit& change) {
  return static_cast<std::size_t>(
      std::count_if(change.items.begin(), change.items.end(), [](const StoredItem& i) { return i.relevant; }));
}

void note_success(const Feed& feed, FeedState& state, const Document& document, const Taken& taken, Millis now) {
  ++state.documents;
  state.body_hash = fnv1a(document.bytes);
  state.final_url = document.final_url == feed.url ? "" : document.final_url;
  state.etag = document.etag;
  state.last_modified = document.last_modified;
  state.last_success = now;
  state.ttl = taken.ttl.value_or(0);
  if (taken.new_items > 0) state.last_new_item = now;
}
}  // namespace

Result<Taken> Intake::take(const Feed& feed, const Document& document, FeedState& state, Millis now) {
  Taken taken;
  ParsedFeed parsed = parse_feed(document.bytes, {document.final_url, document.content_type, now, feed.mapping.get()});
  taken.format = parsed.format;
  taken.is_feed = !parsed.format.empty();
  taken.ttl = parsed.ttl;
  taken.items = parsed.items.size();
  taken.problem = problem_of(parsed);
  if (!taken.is_feed) return taken;

  const DocumentShape shape = shape_of(parsed, now);
  const auto lead = understand(feed, std::move(parsed.items),
                               {state.documents == 0, state.last_success, clock_error(state.norm)}, now, taken);
  if (!lead) return tl::unexpected(lead.error());
  state.skip = parsed.skip;
  note_success(feed, state, document, taken, now);
  state.norm = learned_clock(learned(std::move(state.norm), shape, taken.new_items > 0, now), *lead);
  taken.change.feed_state = state;
  return committed(std::move(taken));
}

Result<Taken> Intake::take_reports(const Feed& sender, std::vector<Item> items, bool is_backlog,
                                   const std::optional<FeedState>& state, Millis now) {
  Taken taken;
  taken.is_feed = true;
  taken.items = items.size();
  for (Item& item : items)
    if (!item.published) item.published = now;  // a person writes when it happens
  // Without a last success: somebody who reports much at once is no feed that appeared anew.
  const auto read = understand(sender, std::move(items), {is_backlog, 0, 0}, now, taken);
  if (!read) return tl::unexpected(read.error());
  taken.change.feed_state = state;
  return committed(std::move(taken));
}

Result<std::optional<Millis>> Intake::understand(const Feed& feed, std::vector<Item> items, FeedPast past, Millis now,
                                                 Taken& taken) {
  auto identified = identify(std::move(items));
  const auto known = known_items(store_, feed.id, identified);
  if (!known) return tl::unexpected(known.error());
  Freshness fresh = keep_new(std::move(identified), past, *known, now);
  taken.new_items = fresh.items.size();
  taken.notes = std::move(fresh.notes);
  taken.change = pipeline_.take(feed, arrivals_of(std::move(fresh.items), feed), now);
  taken.reports = news_in(taken.change);
  for (const KnownItem& k : fresh.seen) taken.change.seen.push_back({feed.id, k.key, k.print, k.first_seen});
  return fresh.lead;
}

Result<Taken> Intake::committed(Taken taken) {
  if (const auto written = store_.commit(taken.change); !written) return tl::unexpected(written.error());
  return taken;
}

}  // namespace tocsin
