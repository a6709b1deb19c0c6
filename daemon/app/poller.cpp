#include "app/poller.hpp"

#include <algorithm>
#include <unordered_map>

#include "app/header.hpp"
#include "app/poll_once.hpp"
#include "app/watch.hpp"
#include "base/hash.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "feeds/address_change.hpp"

namespace tocsin {

namespace {
constexpr Millis kHostGap = 2 * kSecond;  // between two polls of one host
constexpr Millis kLongestRest = kHour;    // of a whole host that answered 429 to one of its feeds
constexpr int kTrafficWritten = 18;       // the traffic of a feed is written at each 2^18 bytes
constexpr Millis kNoWake = std::numeric_limits<Millis>::max();

std::string_view host_of(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return url;
  const auto host = url.substr(begin + 3);
  return host.substr(0, host.find_first_of("/?#"));
}

Document document_of(const HttpResponse& response) {
  return {response.body, header(response, "content-type"), response.final_url, header(response, "etag"),
          header(response, "last-modified")};
}

void refresh_validators(FeedState& state, const HttpResponse& response) {
  const bool elsewhere = state.final_url != response.final_url;
  state.final_url = response.final_url;
  // A 304 names only what changed; of another address nothing holds.
  if (auto etag = header(response, "etag"); elsewhere || !etag.empty()) state.etag = std::move(etag);
  if (auto date = header(response, "last-modified"); elsewhere || !date.empty()) state.last_modified = std::move(date);
}

std::string summary(const std::string& feed, const Taken& taken) {
  return "feed " + feed + ": " + std::to_string(taken.items) + " items, " + std::to_string(taken.new_items) + " new, " +
         std::to_string(taken.reports) + " reports, " + std::to_string(taken.change.alerts.size()) + " alerts";
}
}  // namespace

Poller::Poller(Surroundings surroundings) : around_(std::move(surroundings)) {}

void Poller::use(const std::vector<Feed>& feeds, PollLimits limits, bool soon) {
  limits_ = std::move(limits);
  ++generation_;
  adopt(feeds);
  assign_hosts();
  due_.clear();
  to_ask_ = feeds.size();
  const Millis now = around_.clock.now();
  for (Index i = 0; i < polled_.size(); ++i)
    schedule(i, soon ? 0 : first_poll(feeds[i].interval, now, around_.random()) - now);
  if (to_ask_ == 0 && first_round_) first_round_();
}

void Poller::adopt(const std::vector<Feed>& feeds) {
  std::unordered_map<std::string_view, FeedState*> before;
  for (std::size_t i = 0; i < polled_.size(); ++i) before.emplace((*feeds_)[i].id, &polled_[i].state);
  const auto worth = worth_of(feeds, limits_.home);
  std::vector<Polled> polled(feeds.size());
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    FeedState& state = polled[i].state;
    if (const auto known = before.find(feeds[i].id); known != before.end()) {
      state = std::move(*known->second);
    } else if (auto stored = around_.store.feed_state(feeds[i].id); stored && *stored) {
      state = std::move(**stored);
      spend(traffic_, spent_today(state.traffic, around_.clock.now()), around_.clock.now());
    }
    state.feed = feeds[i].id;
    state.gone = false;  // asked again once: the admin may have mended its address
    polled[i].worth = worth[i];
  }
  polled_ = std::move(polled);
  feeds_ = &feeds;
}

void Poller::assign_hosts() {
  std::unordered_map<std::string, Index> known;
  for (std::size_t i = 0; i < polled_.size(); ++i)
    polled_[i].host = known.emplace(lower_ascii(host_of((*feeds_)[i].url)), known.size()).first->second;
  hosts_.assign(known.size(), {});
}

FeedHealth Poller::health() const {
  FeedHealth h;
  h.feeds = polled_.size();
  for (const Polled& p : polled_) {
    h.gone += p.state.gone;
    h.failing += p.state.failures > 0;
    h.reached += p.asked && p.state.failures == 0 && !p.state.gone;
  }
  const Millis now = around_.clock.now();
  h.traffic = spent_today(traffic_, now);
  h.strain = strain_of(limits_.budget, h.traffic, now);
  return h;
}

void Poller::each(const std::function<void(const Feed&, const FeedState&, bool asked)>& visit) const {
  for (std::size_t i = 0; i < polled_.size(); ++i) visit((*feeds_)[i], polled_[i].state, polled_[i].asked);
}

void Poller::schedule(Index feed, Millis wait) {
  due_.push_back({around_.clock.monotonic() + std::max<Millis>(0, wait), feed});
  std::push_heap(due_.begin(), due_.end());
  wake_at(due_.front().at);
}

/// One wake-up is under way at any time; an earlier one leaves the later one behind, which then finds nothing due.
void Poller::wake_at(Millis at) {
  if (at >= next_wake_) return;
  next_wake_ = at;
  around_.after(std::max<Millis>(0, at - around_.clock.monotonic()), [this] { ask_due(); });
}

void Poller::ask_due() {
  const Millis now = around_.clock.monotonic();
  if (now >= next_wake_) next_wake_ = kNoWake;
  std::vector<Index> feeds;  // first all, since asking schedules
  while (!due_.empty() && due_.front().at <= now) {
    std::pop_heap(due_.begin(), due_.end());
    feeds.push_back(due_.back().feed);
    due_.pop_back();
  }
  for (const Index feed : feeds)
    if (!must_wait(feed)) poll(feed);
  if (!due_.empty()) wake_at(due_.front().at);
}

/// True when the feed was put off: the budget is spent, or its host was asked a moment ago.
bool Poller::must_wait(Index i) {
  Polled& polled = polled_[i];
  const Feed& feed = (*feeds_)[i];
  const Millis now = around_.clock.now();
  const bool spent = strain_of(limits_.budget, spent_today(traffic_, now), now) == Strain::spent;
  if (spent && polled.asked && polled.worth != Worth::alone) {
    schedule(i, wait_within_budgets(i, 0, 0));
    return true;
  }
  const Millis monotonic = around_.clock.monotonic();
  Host& host = hosts_[polled.host];
  const Millis turn = std::max({monotonic, host.rests_until, std::exchange(polled.has_turn, false) ? 0 : host.free_at});
  host.free_at = std::max(host.free_at, turn + (feed.allow_private_address ? 0 : kHostGap));
  if (turn <= monotonic) return false;
  polled.has_turn = true;
  schedule(i, turn - monotonic);
  return true;
}

HttpRequest Poller::request_for(const Feed& feed, const FeedState& state) const {
  HttpRequest request;
  request.url = has_moved(state.moved, fnv1a(feed.url)) ? state.moved.to : feed.url;
  request.headers = conditional_headers(state.etag, state.last_modified);
  request.validators_for = state.final_url;
  request.allow_private_address = feed.allow_private_address;
  request.timeout = limits_.timeout;
  request.max_body = limits_.max_body;
  request.user_agent = feed.user_agent;
  request.pin = feed.pin;
  request.proxy = proxy_of(feed, limits_.proxy);
  return request;
}

void Poller::poll(Index i) {
  polled_[i].state.last_poll = around_.clock.now();
  around_.http.send(request_for((*feeds_)[i], polled_[i].state),
                    [this, i, generation = generation_](const HttpResponse& response) {
                      if (generation == generation_) answered(i, response);  // else a reload has taken over
                    });
}

void Poller::answered(Index i, const HttpResponse& response) {
  count_traffic(i, response.wire_bytes);
  if (response.status == 200) return take_document(i, response);
  if (response.status == 304) return not_modified(i, response);
  Taken taken;
  taken.problem = response.status == 0 ? response.error : "HTTP " + std::to_string(response.status);
  plan(i, response, taken);
}

void Poller::count_traffic(Index i, std::int64_t bytes) {
  const Millis now = around_.clock.now();
  if (traffic_.day != now / kDay) told_strain_ = Strain::none;
  spend(traffic_, bytes, now);
  spend(polled_[i].state.traffic, bytes, now);
  const Strain strain = strain_of(limits_.budget, traffic_.bytes, now);
  if (strain <= told_strain_) return;
  told_strain_ = strain;
  log::warning("polling has used " + std::to_string(traffic_.bytes >> 10) + " KiB of the poll_budget of " +
               std::to_string(limits_.budget >> 10) + " KiB a day: " + std::string(words(strain)));
}

void Poller::not_modified(Index i, const HttpResponse& response) {
  FeedState& state = polled_[i].state;
  refresh_validators(state, response);
  state.last_success = around_.clock.now();
  Taken taken;
  taken.is_feed = true;
  plan(i, response, taken);
}

void Poller::take_document(Index i, const HttpResponse& response) {
  const Feed& feed = (*feeds_)[i];
  FeedState& state = polled_[i].state;
  // The server does not answer 304, or its ETag changes each time, but nothing has changed.
  if (state.documents > 0 && fnv1a(response.body) == state.body_hash) return not_modified(i, response);
  auto result = around_.intake.take(feed, document_of(response), state, around_.clock.now());
  if (!result) return around_.failed(result.error().message);
  const Taken& taken = *result;
  for (const auto& note : taken.notes) log::info("feed " + feed.id + ": " + one_line(note));
  if (taken.is_feed) log::debug(summary(feed.id, taken));
  plan(i, response, taken);
  around_.taken(taken);
}

void Poller::follow_move(Index i, const HttpResponse& response, bool is_feed) {
  if (response.status == 0) return;
  const Feed& feed = (*feeds_)[i];
  AddressChange& moved = polled_[i].state.moved;
  const Landing landing{response.redirected_permanently, response.final_url, is_feed};
  if (note_landing(moved, fnv1a(feed.url), landing, around_.clock.now()))
    log::warning("feed " + feed.id + " has moved for good and is polled at its new address: change its url to " +
                 one_line(moved.to));
}

void Poller::plan(Index i, const HttpResponse& response, const Taken& taken) {
  Polled& polled = polled_[i];
  FeedState& state = polled.state;
  const Millis now = around_.clock.now();
  const AddressChange moved = state.moved;
  follow_move(i, response, taken.is_feed);
  const PollPlan plan =
      plan_next_poll((*feeds_)[i].interval, {state.failures, state.last_new_item},
                     {response.status, taken.is_feed, taken.new_items, response.headers, state.ttl, state.skip}, now,
                     around_.random());
  if (response.status == 429)
    hosts_[polled.host].rests_until = around_.clock.monotonic() + std::min(plan.next_poll - now, kLongestRest);
  const Millis wait = wait_within_budgets(i, plan.next_poll - now, response.wire_bytes);
  const bool write =
      note_plan(i, plan, response, taken) || moved.times != state.moved.times ||
      (state.traffic.bytes - response.wire_bytes) >> kTrafficWritten != state.traffic.bytes >> kTrafficWritten;
  state.next_poll = now + wait;
  tell_network(i, response.status != 0);
  if (write) {
    Commit commit;
    commit.feed_state = state;
    if (const auto written = around_.store.commit(commit); !written) return around_.failed(written.error().message);
  }
  if (!state.gone) schedule(i, wait);
  if (!std::exchange(polled.asked, true) && --to_ask_ == 0 && first_round_) first_round_();
}

/// Writes the plan into the state and tells of what changed. True when it matters after a restart: a quiet feed must
/// not wear out the card.
bool Poller::note_plan(Index i, const PollPlan& plan, const HttpResponse& response, const Taken& taken) {
  const Feed& feed = (*feeds_)[i];
  FeedState& state = polled_[i].state;
  const bool write =
      note_condition(state, plan.failures == 0, response.status != 0, around_.clock.now()) || state.gone != plan.gone;
  const bool is_news = state.failures == 0 && response.status != 0;  // of a lost network tell_network() speaks
  if (plan.failures > 0) (is_news ? log::warning : log::debug)("feed " + feed.id + ": " + one_line(taken.problem));
  if (state.failures > 2 && plan.failures == 0) log::info("feed " + feed.id + " answers again");
  if (plan.gone && !state.gone)
    log::error("feed " + feed.id + " is gone for good (410): remove it or mend its address");
  if (note_failures(state.moved, fnv1a(feed.url), plan.failures))
    log::warning("feed " + feed.id + " fails at the address it had moved to: polled at the configured one again");
  state.failures = plan.failures;
  state.last_error = taken.is_feed ? "" : one_line(taken.problem);
  state.gone = plan.gone;
  return write;
}

Millis Poller::wait_within_budgets(Index i, Millis wait, std::int64_t cost) const {
  const Feed& feed = (*feeds_)[i];
  const Millis now = around_.clock.now();
  const Strain strain = strain_of(limits_.budget, spent_today(traffic_, now), now);
  const Millis own = wait_of_own_budget(feed.budget, spent_today(polled_[i].state.traffic, now), cost, now);
  const Millis longer = stretched(std::max(wait, own), polled_[i].worth, strain, now);
  // What waits for the new day must not start it together.
  if (longer < rest_of_day(now) || longer == wait) return longer;
  return longer + static_cast<Millis>(around_.random() * static_cast<double>(std::min(feed.interval, kHour)));
}

void Poller::tell_network(Index i, bool worked) {
  constexpr std::size_t kInARow = 5;
  lost_in_a_row_ = worked ? 0 : lost_in_a_row_ + 1;
  if (worked && std::exchange(network_lost_, false)) log::info("the network is back: " + (*feeds_)[i].id + " answered");
  if (network_lost_ || lost_in_a_row_ < std::min(kInARow, polled_.size())) return;
  network_lost_ = true;
  log::warning(
      "no feed can be reached (" + polled_[i].state.last_error +
      "): is there a network? Trying on, with growing pauses; what is queued is delivered where a channel works");
}

}  // namespace tocsin
