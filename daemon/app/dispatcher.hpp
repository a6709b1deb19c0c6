// Stage 10: takes what is due from the outbox, hands it to the transports, and writes down what came of it. The only
// retry loop there is. A delivery leaves the outbox when its channel said "sent", said "never", or it grew too old;
// until then a crash at any instant repeats it with the same key.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "channels/registry.hpp"
#include "ports/clock.hpp"
#include "ports/store.hpp"
#include "ports/transport.hpp"

namespace tocsin {

struct Transports {
  HttpTransport& http;
  MailTransport& mail;
  ProcessTransport& process;
  TerminalTransport& terminal;
};

class Dispatcher {
 public:
  /// `random` gives numbers in [0, 1) for the jitter. Everything given must outlive this object.
  Dispatcher(Store& store, const Clock& clock, Transports transports, std::function<double()> random);

  /// The recipients and channels in force; to be called before the first pump and after a reload.
  void use(const Organisation& organisation) { organisation_ = &organisation; }
  /// Called after every attempt has ended, from the loop: the place to pump again.
  void on_settled(std::function<void()> callback) { settled_ = std::move(callback); }

  /// Starts attempts for what is due, most severe first, at most two at a time on one channel.
  void pump();
  /// How long until the next one is due; nullopt when nothing waits.
  [[nodiscard]] std::optional<Millis> next() const;
  [[nodiscard]] std::size_t in_flight() const { return flying_.size(); }

 private:
  [[nodiscard]] const Channel* channel_of(const Delivery& delivery) const;
  [[nodiscard]] const Recipient* recipient_of(const Delivery& delivery) const;
  void attempt(const DueDelivery& due);
  void send(const Outgoing& outgoing, const Delivery& delivery, const Channel& channel);
  void answered(const Delivery& delivery, const Channel& channel, const Answer& answer);
  void settle(Delivery delivery, const Verdict& verdict);

  Store& store_;
  const Clock& clock_;
  Transports transports_;
  std::function<double()> random_;
  const Organisation* organisation_ = nullptr;
  std::function<void()> settled_;
  std::map<std::int64_t, std::string> flying_;  // delivery -> channel
};

}  // namespace tocsin
