// Stages 1 and 2 on the loop: asks every feed when its time has come and hands the document to the intake. Politeness
// is decided in feeds/schedule; bounds are kept by the transport.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/intake.hpp"
#include "ports/clock.hpp"
#include "ports/transport.hpp"

namespace tocsin {

/// How many feeds answer, for status and for the word about a missing network.
struct FeedHealth {
  std::size_t feeds = 0, reached = 0, failing = 0, gone = 0;
};

/// Bounds of one poll, from the settings.
struct PollLimits {
  Millis timeout = kMinute;
  std::size_t max_body = 8u << 20;  // bytes, unpacked
};

class Poller {
 public:
  /// `after` runs a callback once after a span; it is the loop's. `failed` is called when the store refuses a change:
  /// then nothing may be accepted any more. Everything given must outlive this object.
  struct Surroundings {
    Store& store;
    Intake& intake;
    HttpTransport& http;
    const Clock& clock;
    std::function<void(Millis, std::function<void()>)> after;
    std::function<double()> random;
    std::function<void(const Taken&)> taken;
    std::function<void(const std::string&)> failed;
  };
  explicit Poller(Surroundings surroundings);

  /// Starts polling these feeds, or goes on with those that were polled before (after a reload). `soon`: all at once.
  void use(std::vector<Feed> feeds, PollLimits limits, bool soon);
  /// Runs once when every feed has been asked once since use().
  void on_first_round(std::function<void()> callback) { first_round_ = std::move(callback); }
  [[nodiscard]] FeedHealth health() const;

 private:
  struct Polled {
    Feed feed;
    FeedState state;
    std::uint64_t generation = 0;
    bool asked = false;
  };

  void schedule(Polled& polled, Millis at);
  void poll(const std::string& id, std::uint64_t generation);
  void answered(const std::string& id, std::uint64_t generation, const HttpResponse& response);
  void take_document(Polled& polled, const HttpResponse& response);
  void plan(Polled& polled, const HttpResponse& response, const Taken& taken);
  void tell_network(const Polled& polled, bool worked);
  Polled* find(const std::string& id, std::uint64_t generation);

  Surroundings around_;
  PollLimits limits_;
  std::map<std::string, Polled> feeds_;
  std::uint64_t generation_ = 0;
  std::size_t to_ask_ = 0;
  std::size_t lost_in_a_row_ = 0;  // polls without any answer, over all feeds
  bool network_lost_ = false;
  std::function<void()> first_round_;
};

}  // namespace tocsin
