#include "app/dispatcher.hpp"

#include <algorithm>

#include "app/backoff.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace tocsin {

namespace {
constexpr std::size_t kBatch = 1000;  // a channel that hangs must not hide what is due on others
constexpr int kPerChannel = 2;

template <class... F>
struct Cases : F... {
  using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;

Verdict never(std::string reason) {
  return {Verdict::Kind::failed, std::move(reason), std::nullopt};
}
}  // namespace

Dispatcher::Dispatcher(Store& store, const Clock& clock, Transports transports, std::function<double()> random)
    : store_(store), clock_(clock), transports_(transports), random_(std::move(random)) {}

void Dispatcher::pump() {
  const auto due = store_.due(clock_.now(), kBatch + flying_.size());
  if (!due) return log::error("outbox cannot be read: " + due.error().message);
  for (const DueDelivery& d : *due) {
    if (flying_.contains(d.delivery.id)) continue;
    const auto busy =
        std::count_if(flying_.begin(), flying_.end(), [&](const auto& f) { return f.second == d.delivery.channel; });
    if (busy < kPerChannel) attempt(d);
  }
}

std::optional<Millis> Dispatcher::next() const {
  const auto due = store_.next_due();
  if (!due || !*due) return std::nullopt;
  return std::max<Millis>(0, **due - clock_.now());
}

const Channel* Dispatcher::channel_of(const Delivery& delivery) const {
  for (const Channel& c : organisation_->channels)
    if (c.name == delivery.channel) return &c;
  return nullptr;
}

const Recipient* Dispatcher::recipient_of(const Delivery& delivery) const {
  for (const Recipient& r : organisation_->recipients)
    if (r.id == delivery.recipient) return &r;
  return nullptr;
}

void Dispatcher::attempt(const DueDelivery& due) {
  const Channel* channel = channel_of(due.delivery);
  const Recipient* recipient = recipient_of(due.delivery);
  if (!channel || !recipient) return settle(due.delivery, never("its recipient or channel is no longer configured"));
  const auto outgoing = render(due.alert, *recipient, *channel, due.delivery.key);
  if (!outgoing) return settle(due.delivery, never(outgoing.error().message));
  flying_.emplace(due.delivery.id, channel->name);
  send(*outgoing, due.delivery, *channel);
}

void Dispatcher::send(const Outgoing& outgoing, const Delivery& delivery, const Channel& channel) {
  // The channel is copied: a reload may replace the organisation while the message is on its way.
  const auto done = [this, delivery, channel](auto answer) { answered(delivery, channel, Answer(std::move(answer))); };
  std::visit(Cases{[&](const TerminalRequest& r) { done(transports_.terminal.print(r)); },
                   [&](const MailRequest& r) { transports_.mail.send(r, done); },
                   [&](const HttpRequest& r) { transports_.http.send(r, done); },
                   [&](const ProcessRequest& r) { transports_.process.run(r, done); }},
             outgoing);
}

void Dispatcher::answered(const Delivery& delivery, const Channel& channel, const Answer& answer) {
  flying_.erase(delivery.id);
  settle(delivery, judge(channel, answer));
  if (settled_) settled_();
}

void Dispatcher::settle(Delivery d, const Verdict& verdict) {
  const Millis now = clock_.now();
  const std::string what = d.alert_key + " to " + d.recipient + " over " + d.channel;
  ++d.attempts;
  d.last_error = one_line(verdict.reason);
  if (verdict.kind == Verdict::Kind::sent) {
    d.state = DeliveryState::sent;
    log::info("delivered " + what);
  } else if (verdict.kind == Verdict::Kind::failed) {
    d.state = DeliveryState::failed;
    log::error("cannot deliver " + what + ": " + d.last_error);
  } else if (now - d.created > kDeliveryLife) {
    d.state = DeliveryState::expired;
    log::error("gave up on " + what + " after " + duration_text(kDeliveryLife) + ": " + d.last_error);
  } else {
    d.next_attempt = now + std::max(wait_before_retry(d.attempts, random_()), verdict.after.value_or(0));
    log::warning("will try again " + what + " in " + std::to_string((d.next_attempt - now) / kSecond) +
                 " s: " + d.last_error);
  }
  if (const auto written = store_.update(d); !written)
    log::error("outbox cannot be written: " + written.error().message);
}

}  // namespace tocsin
