#include "app/poller.hpp"

#include <algorithm>
#include <unordered_map>

#include "app/header.hpp"
#include "app/indexed_poll.hpp"
#include "app/poll_once.hpp"
#include "app/resume.hpp"
#include "app/watch.hpp"
#include "base/hash.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "feeds/address_change.hpp"
#include "feeds/urls.hpp"

namespace tocsin {

namespace {
constexpr Millis kHostGap = 2 * kSecond;  // between two polls of one host
constexpr int kTrafficWritten = 18;       // the traffic of a feed is written at each 2^18 bytes
constexpr Millis kNoWake = std::numeric_limits<Millis>::max();

Document document_of(const HttpResponse& response) {
  return {response.body, header(response, "content-type"), response.final_url, header(response, "etag"),
          header(response, "last-modified")};
}

void refresh_validators(const Feed& feed, FeedState& state, const HttpResponse& response) {
  const std::string_view from = response.final_url == feed.url ? std::string_view() : response.final_url;
  const bool elsewhere = state.final_url != from;
  state.final_url = from;
  // A 304 names only what changed; of another address nothing holds.
  if (const auto etag = header(response, "etag"); elsewhere || !etag.empty()) state.etag = etag;
  if (const auto date = header(response, "last-modified"); elsewhere || !date.empty()) state.last_modified = date;
}

std::string summary(const std::string& feed, const Taken& taken) {
  return "feed " + feed + ": " + std::to_string(taken.items) + " items, " + std::to_string(taken.new_items) + " new, " +
         std::to_string(taken.reports) + " reports, " + std::to_string(taken.change.alerts.size()) + " alerts";
}
}  // namespace

Poller::Poller(Surroundings surroundings) : around_(std::move(surroundings)) {}

void Poller::use(const std::vector<Feed>& feeds, PollLimits limits, bool soon) {
  limits_ = std::move(limits);
  const Hosts hosts = hosts_by_name();
  const Waits planned = adopt(feeds);
  assign_hosts(hosts);
  due_.clear();
  due_.reserve(feeds.size());
  to_ask_ = 0;
  for (Index i = 0; i < polled_.size(); ++i) begin(i, planned[i], soon);
  end_of_round();
}

/// Returns what is left of the waits of feeds that go on as they were.
Poller::Waits Poller::adopt(const std::vector<Feed>& feeds) {
  std::unordered_map<std::string_view, Index> before;
  for (Index i = 0; i < polled_.size(); ++i) before.emplace((*feeds_)[i].id, i);
  const Waits left = waits_left();
  const auto worth = worth_of(feeds, limits_.home);
  std::vector<Polled> polled(feeds.size());
  Waits planned(feeds.size());
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    Polled& p = polled[i];
    if (const auto known = before.find(feeds[i].id); known != before.end()) {
      const Feed& old = (*feeds_)[known->second];
      Polled& was = polled_[known->second];
      const bool same_address = old.url == feeds[i].url;
      if (same_address && old.interval == feeds[i].interval) planned[i] = left[known->second];
      if (same_address)
        p = std::move(was);
      else
        p.state = std::move(was.state);  // an answer under way is of the old address
    } else if (auto stored = around_.store.feed_state(feeds[i].id); stored && *stored) {
      p.state = std::move(**stored);
      spend(traffic_, spent_today(p.state.traffic, around_.clock.now()), around_.clock.now());
    }
    p.state = known_of(feeds[i], std::move(p.state));
    p.worth = worth[i];
  }
  polled_ = std::move(polled);
  feeds_ = &feeds;
  return planned;
}

Poller::Waits Poller::waits_left() const {
  Waits left(polled_.size());
  for (const Due& due : due_) left[due.feed] = std::max<Millis>(0, due.at - around_.clock.monotonic());
  return left;
}

Poller::Hosts Poller::hosts_by_name() const {
  Hosts hosts;
  for (std::size_t i = 0; i < polled_.size(); ++i) hosts.emplace(host_of((*feeds_)[i].url), hosts_[polled_[i].host]);
  return hosts;
}

void Poller::assign_hosts(const Hosts& before) {
  std::unordered_map<std::string, Index> known;
  hosts_.clear();
  for (std::size_t i = 0; i < polled_.size(); ++i) {
    const auto [host, is_new] = known.emplace(host_of((*feeds_)[i].url), hosts_.size());
    if (is_new) {
      const auto was = before.find(host->first);
      hosts_.push_back(was == before.end() ? Host() : was->second);
    }
    polled_[i].host = host->second;
    const Millis rest = host_rest_of(polled_[i].state, around_.clock.now());
    Host& its = hosts_[host->second];
    if (rest > 0) its.rests_until = std::max(its.rests_until, around_.clock.monotonic() + rest);
  }
  hosts_.shrink_to_fit();
}

void Poller::begin(Index i, std::optional<Millis> planned, bool soon) {
  Polled& polled = polled_[i];
  const Millis now = around_.clock.now();
  const bool rests = rest_of(polled.state, now) > 0 || hosts_[polled.host].rests_until > around_.clock.monotonic();
  polled.asked |= rests;
  polled.has_turn = false;
  to_ask_ += !polled.asked;
  if (polled.poll != 0) return;  // its answer decides when it is asked next
  schedule(i, soon && !rests ? 0 : first_wait((*feeds_)[i], polled.state, planned, now, around_.random()));
}

void Poller::end_of_round() {
  if (to_ask_ > 0 || !first_round_) return;
  std::exchange(first_round_, nullptr)();
}

void Poller::hurry_for(const std::vector<std::string>& countries) {
  if (countries == blind_) return;
  blind_ = countries;
  const Millis now = around_.clock.now();
  for (Due& due : due_) {
    if (!is_blind(due.feed) || rest_of(polled_[due.feed].state, now) > 0) continue;
    const auto soon = static_cast<Millis>(around_.random() * static_cast<double>(kBlindCeiling));
    due.at = std::min(due.at, around_.clock.monotonic() + soon);
  }
  std::make_heap(due_.begin(), due_.end());
  if (!due_.empty()) wake_at(due_.front().at);
}

/// Whether it fails and nothing at all is heard from a country that it covers.
bool Poller::is_blind(Index i) const {
  const auto& covered = (*feeds_)[i].countries;
  return polled_[i].state.failures > 0 &&
         std::find_first_of(covered.begin(), covered.end(), blind_.begin(), blind_.end()) != covered.end();
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
  request.url = has_moved(state.moved, fnv1a(feed.url)) ? state.moved.to.view() : std::string_view(feed.url);
  request.headers = conditional_headers(state.etag, state.last_modified);
  request.validators_for = state.final_url.empty() ? std::string_view(feed.url) : state.final_url.view();
  request.allow_private_address = feed.allow_private_address;
  request.timeout = limits_.timeout;
  request.max_body = limits_.max_body;
  request.user_agent = feed.user_agent;
  request.pin = feed.pin;
  request.proxy = proxy_of(feed, limits_.proxy);
  return request;
}

void Poller::poll(Index i) {
  Polled& polled = polled_[i];
  polled.state.last_poll = around_.clock.now();
  if (++last_poll_ == 0) ++last_poll_;
  polled.poll = last_poll_;
  const Feed& feed = (*feeds_)[i];
  send_poll(around_.http, feed, request_for(feed, polled.state),
            [this, i, poll = last_poll_](const HttpResponse& response) {
              if (const auto asking = asked_by(poll, i)) answered(*asking, response);
            });
}

/// The feed that waits for this answer: `feed`, or where a reload has moved it; nullopt when that took it away.
std::optional<Poller::Index> Poller::asked_by(PollId poll, Index feed) const {
  const auto waits = [poll](const Polled& polled) { return polled.poll == poll; };
  if (feed < polled_.size() && waits(polled_[feed])) return feed;
  const auto at = std::find_if(polled_.begin(), polled_.end(), waits);
  return at == polled_.end() ? std::nullopt : std::optional(static_cast<Index>(at - polled_.begin()));
}

void Poller::answered(Index i, const HttpResponse& response) {
  polled_[i].poll = 0;
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
  refresh_validators((*feeds_)[i], state, response);
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
  const int moves = state.moved.times;
  follow_move(i, response, taken.is_feed);
  const PollPlan plan =
      plan_next_poll((*feeds_)[i].interval, {state.failures, state.last_new_item, is_blind(i)},
                     {response.status, taken.is_feed, taken.new_items, response.headers, state.ttl, state.skip}, now,
                     around_.random());
  state.rests_until = plan.told ? plan.next_poll : 0;
  if (plan.told)
    hosts_[polled.host].rests_until = around_.clock.monotonic() + std::min(plan.next_poll - now, kLongestHostRest);
  const Millis wait = wait_within_budgets(i, plan.next_poll - now, response.wire_bytes);
  const bool write =
      note_plan(i, plan, response, taken) || plan.told || moves != state.moved.times ||
      (state.traffic.bytes - response.wire_bytes) >> kTrafficWritten != state.traffic.bytes >> kTrafficWritten;
  state.next_poll = now + wait;
  tell_network(i, response.status != 0);
  if (write) {
    Commit commit;
    commit.feed_state = state;
    if (const auto written = around_.store.commit(commit); !written) return around_.failed(written.error().message);
  }
  if (!state.gone) schedule(i, wait);
  if (std::exchange(polled.asked, true)) return;
  --to_ask_;
  end_of_round();
}

/// Writes the plan into the state and tells of what changed. True when it matters after a restart: a quiet feed must
/// not wear out the card.
bool Poller::note_plan(Index i, const PollPlan& plan, const HttpResponse& response, const Taken& taken) {
  const Feed& feed = (*feeds_)[i];
  FeedState& state = polled_[i].state;
  const bool write =
      note_condition(state, plan.failures == 0, response.status != 0, around_.clock.now()) || state.gone != plan.gone;
  tell_condition(i, plan, taken.problem);
  if (plan.gone && !state.gone)
    log::error("feed " + feed.id + " is gone for good (410): remove it or mend its address");
  if (note_failures(state.moved, fnv1a(feed.url), plan.failures))
    log::warning("feed " + feed.id + " fails at the address it had moved to: polled at the configured one again");
  state.failures = plan.failures;
  state.last_error = taken.is_feed ? "" : one_line(taken.problem);
  state.gone = plan.gone;
  return write;
}

/// The first failure and the recovery, once each; of a lost network tell_network() speaks for all feeds.
void Poller::tell_condition(Index i, const PollPlan& plan, const std::string& problem) {
  bool& told = polled_[i].told;
  const std::string feed = "feed " + (*feeds_)[i].id;
  if (plan.failures == 0) {
    if (std::exchange(told, false)) log::info(feed + " answers again");
    return;
  }
  const bool is_news = !told && !network_lost_;
  (is_news ? log::warning : log::debug)(feed + ": " + one_line(problem));
  told |= is_news;
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
      "no feed can be reached (" + polled_[i].state.last_error.text() +
      "): is there a network? Trying on, with growing pauses; what is queued is delivered where a channel works");
}

}  // namespace tocsin
