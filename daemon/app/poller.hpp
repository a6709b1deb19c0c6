// Stages 1 and 2 on the loop: asks every feed when its time has come and hands the document to the intake. Politeness
// is decided in feeds/ (schedule, budget, address_change); bounds are kept by the transport. For app/daemon.
//
// Ten thousand feeds are one timer and one heap: an idle feed costs its configuration, its state, and 16 bytes of heap.
#pragma once
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/intake.hpp"
#include "feeds/budget.hpp"
#include "feeds/schedule.hpp"
#include "ports/clock.hpp"
#include "ports/transport.hpp"

namespace tocsin {

/// How many feeds answer, for status and for the word about a missing network.
struct FeedHealth {
  std::size_t feeds = 0, reached = 0, failing = 0, gone = 0;
  std::int64_t traffic = 0;  // bytes on the wire since 00:00 UTC
  Strain strain = Strain::none;
};

/// Bounds of polling, from the settings.
struct PollLimits {
  Millis timeout = kMinute;         // of one poll
  std::size_t max_body = 8u << 20;  // bytes of one document, unpacked
  std::int64_t budget = 0;          // bytes on the wire in a UTC day, 0 = no bound
  std::set<std::string> home;       // countries of our assets, for what is slowed down first
  std::string proxy;                // of feeds that name none; "" = direct
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

  /// Starts polling these feeds, or goes on with those that were polled before (after a reload), answers that are under
  /// way included. `soon`: all at once, but for servers that asked to wait. `feeds` must stay where it is until the
  /// next use() has returned.
  void use(const std::vector<Feed>& feeds, PollLimits limits, bool soon);
  /// Runs once, when every feed has been asked that may be asked.
  void on_first_round(std::function<void()> callback) { first_round_ = std::move(callback); }
  /// Feeds of these countries that fail are asked often: nothing is heard from there, and its end must be noticed soon.
  void hurry_for(const std::vector<std::string>& countries);
  [[nodiscard]] FeedHealth health() const;
  /// Calls with each feed, its state, and whether it was asked since use().
  void each(const std::function<void(const Feed&, const FeedState&, bool asked)>& visit) const;

 private:
  using Index = std::uint32_t;   // of a feed in *feeds_, and of its state in polled_
  using PollId = std::uint32_t;  // 0 is none

  struct Polled {
    FeedState state;
    Index host = 0;   // in hosts_
    PollId poll = 0;  // whose answer is under way
    Worth worth = Worth::near;
    bool asked = false;     // or not to be asked now: its server wants to be left alone
    bool told = false;      // that it fails
    bool has_turn = false;  // at its host, when it is due
  };
  struct Host {  // monotonic times
    Millis free_at = 0, rests_until = 0;
  };
  struct Due {
    Millis at = 0;  // monotonic: a jump of the wall clock moves no poll
    Index feed = 0;
    bool operator<(const Due& other) const { return at > other.at; }  // the earliest on top of the heap
  };

  using Waits = std::vector<std::optional<Millis>>;  // by index, where they are known
  using Hosts = std::unordered_map<std::string, Host>;
  Waits adopt(const std::vector<Feed>& feeds);
  [[nodiscard]] Waits waits_left() const;
  [[nodiscard]] Hosts hosts_by_name() const;
  void assign_hosts(const Hosts& before);
  void begin(Index feed, std::optional<Millis> planned, bool soon);
  void end_of_round();
  void schedule(Index feed, Millis wait);
  void wake_at(Millis at);
  void ask_due();
  bool must_wait(Index feed);
  void poll(Index feed);
  [[nodiscard]] std::optional<Index> asked_by(PollId poll, Index feed) const;
  [[nodiscard]] bool is_blind(Index feed) const;
  [[nodiscard]] HttpRequest request_for(const Feed& feed, const FeedState& state) const;
  void answered(Index feed, const HttpResponse& response);
  void count_traffic(Index feed, std::int64_t bytes);
  void not_modified(Index feed, const HttpResponse& response);
  void take_document(Index feed, const HttpResponse& response);
  void follow_move(Index feed, const HttpResponse& response, bool is_feed);
  void plan(Index feed, const HttpResponse& response, const Taken& taken);
  bool note_plan(Index feed, const PollPlan& plan, const HttpResponse& response, const Taken& taken);
  void tell_condition(Index feed, const PollPlan& plan, const std::string& problem);
  [[nodiscard]] Millis wait_within_budgets(Index feed, Millis wait, std::int64_t cost) const;
  void tell_network(Index feed, bool worked);

  Surroundings around_;
  PollLimits limits_;
  const std::vector<Feed>* feeds_ = nullptr;
  std::vector<Polled> polled_;
  std::vector<Due> due_;  // a heap
  std::vector<Host> hosts_;
  std::vector<std::string> blind_;  // countries
  PollId last_poll_ = 0;
  Millis next_wake_ = std::numeric_limits<Millis>::max();  // monotonic
  std::size_t to_ask_ = 0;
  DayBytes traffic_;
  Strain told_strain_ = Strain::none;
  std::size_t lost_in_a_row_ = 0;  // polls without any answer, over all feeds
  bool network_lost_ = false;
  std::function<void()> first_round_;
};

}  // namespace tocsin
