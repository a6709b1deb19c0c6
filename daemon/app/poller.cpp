#include "app/poller.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "feeds/schedule.hpp"

namespace tocsin {

Poller::Poller(Surroundings surroundings) : around_(std::move(surroundings)) {}

void Poller::use(std::vector<Feed> feeds, PollLimits limits, bool soon) {
  limits_ = limits;
  ++generation_;
  to_ask_ = 0;
  const Millis now = around_.clock.now();
  std::map<std::string, Polled> before = std::exchange(feeds_, {});
  for (Feed& feed : feeds) {
    Polled polled;
    polled.generation = generation_;
    if (const auto known = before.find(feed.id); known != before.end()) {
      polled.state = std::move(known->second.state);
    } else if (auto stored = around_.store.feed_state(feed.id); stored && *stored) {
      polled.state = std::move(**stored);
    }
    polled.state.feed = feed.id;
    polled.feed = std::move(feed);
    const std::string id = polled.feed.id;
    Polled& kept = feeds_.insert_or_assign(id, std::move(polled)).first->second;
    kept.state.gone = false;  // asked again once: the admin may have mended its address
    ++to_ask_;
    schedule(kept, soon ? now : first_poll(kept.feed.interval, now, around_.random()));
  }
  if (to_ask_ == 0 && first_round_) first_round_();
}

FeedHealth Poller::health() const {
  FeedHealth h;
  h.feeds = feeds_.size();
  for (const auto& [id, polled] : feeds_) {
    h.gone += polled.state.gone;
    h.failing += polled.state.failures > 0;
    h.reached += polled.asked && polled.state.failures == 0 && !polled.state.gone;
  }
  return h;
}

void Poller::schedule(Polled& polled, Millis at) {
  const Millis wait = std::max<Millis>(0, at - around_.clock.now());
  around_.after(wait, [this, id = polled.feed.id, generation = polled.generation] { poll(id, generation); });
}

Poller::Polled* Poller::find(const std::string& id, std::uint64_t generation) {
  const auto it = feeds_.find(id);
  return it == feeds_.end() || it->second.generation != generation ? nullptr : &it->second;
}

void Poller::poll(const std::string& id, std::uint64_t generation) {
  Polled* polled = find(id, generation);
  if (!polled) return;  // removed or replaced by a reload since
  HttpRequest request;
  request.url = polled->feed.url;
  request.headers = conditional_headers(polled->state.etag, polled->state.last_modified);
  request.validators_for = polled->state.final_url;
  request.allow_private_address = polled->feed.allow_private_address;
  request.timeout = limits_.timeout;
  request.max_body = limits_.max_body;
  polled->state.last_poll = around_.clock.now();
  around_.http.send(std::move(request),
                    [this, id, generation](const HttpResponse& response) { answered(id, generation, response); });
}

void Poller::answered(const std::string& id, std::uint64_t generation, const HttpResponse& response) {
  Polled* polled = find(id, generation);
  if (!polled) return;
  if (response.status == 200) {
    take_document(*polled, response);
  } else {
    Taken taken;
    taken.is_feed = response.status == 304;
    if (taken.is_feed) polled->state.last_success = around_.clock.now();
    taken.problem = response.status == 0 ? response.error : "HTTP " + std::to_string(response.status);
    plan(*polled, response, taken);
  }
}

namespace {
std::string header(const HttpResponse& response, const char* name) {
  const auto it = response.headers.find(name);
  return it == response.headers.end() ? std::string() : it->second;
}

Document document_of(const HttpResponse& response) {
  return {response.body, header(response, "content-type"), response.final_url, header(response, "etag"),
          header(response, "last-modified")};
}

std::string summary(const std::string& feed, const Taken& taken) {
  return "feed " + feed + ": " + std::to_string(taken.items) + " items, " + std::to_string(taken.new_items) + " new, " +
         std::to_string(taken.reports) + " reports, " + std::to_string(taken.change.alerts.size()) + " alerts";
}
}  // namespace

void Poller::take_document(Polled& polled, const HttpResponse& response) {
  Taken taken;
  if (polled.state.documents > 0 && fnv1a(response.body) == polled.state.body_hash) {
    taken.is_feed = true;  // the server does not answer 304, but nothing has changed
    polled.state.last_success = around_.clock.now();
  } else {
    auto result = around_.intake.take(polled.feed, document_of(response), polled.state, around_.clock.now());
    if (!result) return around_.failed(result.error().message);
    taken = std::move(*result);
    for (const auto& note : taken.notes) log::info("feed " + polled.feed.id + ": " + one_line(note));
    if (taken.is_feed) log::debug(summary(polled.feed.id, taken));
  }
  plan(polled, response, taken);
  around_.taken(taken);
}

void Poller::plan(Polled& polled, const HttpResponse& response, const Taken& taken) {
  FeedState& state = polled.state;
  const Millis now = around_.clock.now();
  const PollPlan plan = plan_next_poll(polled.feed.interval, {state.failures, state.last_new_item},
                                       {response.status, taken.is_feed, taken.new_items, response.headers, taken.ttl},
                                       now, around_.random());
  // Written only when it matters after a restart: a quiet feed must not wear out the card.
  const bool write = (state.failures == 0) != (plan.failures == 0) || state.gone != plan.gone;
  if (state.failures == 0 && plan.failures == 1 && response.status != 0)
    log::warning("feed " + polled.feed.id + ": " + one_line(taken.problem));
  if (state.failures > 2 && plan.failures == 0) log::info("feed " + polled.feed.id + " answers again");
  state.failures = plan.failures;
  state.last_error = taken.is_feed ? "" : one_line(taken.problem);
  state.next_poll = plan.next_poll;
  if (plan.gone && !state.gone)
    log::error("feed " + polled.feed.id + " is gone for good (410): remove it or mend its address");
  state.gone = plan.gone;
  tell_network(polled, response.status != 0);

  if (write) {
    Commit commit;
    commit.feed_state = state;
    if (const auto written = around_.store.commit(commit); !written) return around_.failed(written.error().message);
  }
  if (!state.gone) schedule(polled, plan.next_poll);
  if (!std::exchange(polled.asked, true) && --to_ask_ == 0 && first_round_) first_round_();
}

void Poller::tell_network(const Polled& polled, bool worked) {
  constexpr std::size_t kInARow = 5;
  lost_in_a_row_ = worked ? 0 : lost_in_a_row_ + 1;
  if (worked && std::exchange(network_lost_, false)) log::info("the network is back: " + polled.feed.id + " answered");
  if (network_lost_ || lost_in_a_row_ < std::min(kInARow, feeds_.size())) return;
  network_lost_ = true;
  log::warning(
      "no feed can be reached (" + polled.state.last_error +
      "): is there a network? Trying on, with growing pauses; what is queued is delivered where a channel works");
}

}  // namespace tocsin
