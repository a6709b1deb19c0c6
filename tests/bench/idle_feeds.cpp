// What ten thousand feeds cost that wait for their next poll: memory by the count of the allocator itself, and timers.
// usage: bench_idle_feeds IMAGE
// Out: FEEDS <tab> BYTES_PER_FEED (all) <tab> of them CONFIGURATION <tab> TIMERS_ARMED
#include <malloc.h>

#include <cstdio>
#include <map>
#include <memory>

#include "app/poller.hpp"
#include "fakes/fake_clock.hpp"
#include "rules/rule_set.hpp"
#include "store/sqlite_store.hpp"
#include "understand/understander.hpp"

namespace tocsin {
namespace {

constexpr std::size_t kFeeds = 10'000;

std::size_t allocated() {
  const auto use = mallinfo2();
  return use.uordblks + use.hblkhd;  // large blocks are mapped, and counted apart
}

/// As long as the shipped ones are on average: addresses of 40 characters, names of 10, titles of 13.
Feed feed(std::size_t n) {
  const std::string number = std::to_string(n + kFeeds);
  Feed f;
  f.id = f.publisher = "feed-" + number;
  f.url = "https://news-" + number + ".example/actualites/rss";
  f.title = "Gazette " + number;
  f.language = "fr";
  f.owner = "independent";
  f.countries = {"ML"};
  f.tags = {"mali"};
  return f;
}

FeedState state(const Feed& feed) {
  FeedState s{
      .feed = feed.id, .etag = "W/\"5f3c2a1b-61f0c8d2e4a80\"", .last_modified = "Tue, 17 Sep 2024 09:00:00 GMT"};
  s.final_url = feed.url;
  s.documents = 1;
  return s;
}

class NoHttp : public HttpTransport {
 public:
  void send(HttpRequest, std::function<void(HttpResponse)>) override {}
};

}  // namespace
}  // namespace tocsin

int main(int count, char** words) {
  using namespace tocsin;
  if (count != 2) return 2;
  auto understander = Understander::open(words[1]);
  auto store = open_sqlite(":memory:");
  if (!understander || !store) return 1;
  RuleSet rules;
  Organisation organisation;
  Pipeline pipeline(*understander, rules, organisation);
  Intake intake(**store, pipeline);
  NoHttp http;
  FakeClock clock;
  std::multimap<Millis, std::function<void()>> timers;
  std::size_t armed = 0;
  const auto after = [&](Millis wait, std::function<void()> call) {
    ++armed;
    timers.emplace(clock.now() + wait, std::move(call));
  };
  unsigned seed = 1;
  const auto random = [&] { return static_cast<double>((seed = seed * 1103515245 + 12345) >> 8) / (1U << 24); };
  Poller poller({**store, intake, http, clock, after, random, [](const Taken&) {}, [](const std::string&) {}});

  for (std::size_t n = 0; n < kFeeds; ++n)
    if (!(*store)->commit({.feed_state = state(feed(n))})) return 1;
  for (std::size_t n = 0; n < kFeeds; ++n) (void)(*store)->feed_state(feed(n).id);  // the cache is full before we count
  const std::size_t before = allocated();
  std::vector<Feed> feeds;
  feeds.reserve(kFeeds);
  for (std::size_t n = 0; n < kFeeds; ++n) feeds.push_back(feed(n));
  const std::size_t configuration = allocated() - before;
  poller.use(feeds, {}, false);
  const std::size_t all = allocated() - before;
  std::printf("%zu\t%zu\t%zu\t%zu\n", kFeeds, all / kFeeds, configuration / kFeeds, armed);
}
