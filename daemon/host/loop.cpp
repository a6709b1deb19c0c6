#include "host/loop.hpp"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <list>
#include <map>

#include "host/asio.hpp"
#include "host/clock.hpp"

namespace tocsin {

namespace asio = boost::asio;
using boost::system::error_code;

// Asio's own timers count CLOCK_MONOTONIC, which stands still in suspend; one timerfd wakes us for the earliest of
// ours.
class Loop::Core {
 public:
  Core() : io_(1), work_(asio::make_work_guard(io_)), alarm_(io_) {
    alarm_.assign(::timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC));
  }

  TimerId after(Millis delay, Callback callback);
  void cancel(TimerId timer);
  void post(Callback callback) { asio::post(io_, std::move(callback)); }
  void on_signal(int signal, Callback callback);
  void run() { io_.run(); }
  void stop() { io_.stop(); }
  asio::io_context& context() { return io_; }
  void wait_for_alarm();

 private:
  struct Signal {
    Signal(asio::io_context& io, int number, Callback call) : set(io, number), callback(std::move(call)) {}
    asio::signal_set set;
    Callback callback;
  };

  void set_alarm();
  void fire_due();
  void wait_for(Signal& signal);

  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::posix::stream_descriptor alarm_;
  MachineClock clock_;
  TimerId last_id_ = 0;
  std::map<std::pair<Millis, TimerId>, Callback> timers_;  // by time, then by order of asking
  std::map<TimerId, Millis> times_;
  std::list<Signal> signals_;
};

Loop::TimerId Loop::Core::after(Millis delay, Callback callback) {
  const TimerId id = ++last_id_;
  // The clock is cut to whole milliseconds: one more, so that no timer comes early.
  const Millis at = clock_.monotonic() + (delay > 0 ? delay + 1 : 0);
  timers_.emplace(std::pair(at, id), std::move(callback));
  times_.emplace(id, at);
  if (timers_.begin()->first.second == id) set_alarm();
  return id;
}

void Loop::Core::cancel(TimerId timer) {
  const auto time = times_.find(timer);
  if (time == times_.end()) return;
  timers_.erase({time->second, timer});
  times_.erase(time);
}

void Loop::Core::set_alarm() {
  itimerspec at{};  // zero disarms
  if (!timers_.empty()) {
    const Millis first = std::max<Millis>(1, timers_.begin()->first.first);
    at.it_value = {.tv_sec = first / 1000, .tv_nsec = first % 1000 * 1'000'000};
  }
  ::timerfd_settime(alarm_.native_handle(), TFD_TIMER_ABSTIME, &at, nullptr);
}

void Loop::Core::wait_for_alarm() {
  alarm_.async_wait(asio::posix::stream_descriptor::wait_read, [this](error_code failed) {
    if (failed) return;
    std::uint64_t expirations = 0;
    if (::read(alarm_.native_handle(), &expirations, sizeof expirations) > 0) fire_due();
    wait_for_alarm();
  });
}

void Loop::Core::fire_due() {
  const Millis now = clock_.monotonic();
  // A callback may add timers that are due at once; they wait for the next round, so that sockets get their turn.
  const TimerId newest = last_id_;
  while (!timers_.empty() && timers_.begin()->first.first <= now && timers_.begin()->first.second <= newest &&
         !io_.stopped()) {
    auto due = timers_.extract(timers_.begin());
    times_.erase(due.key().second);
    due.mapped()();
  }
  set_alarm();
}

void Loop::Core::on_signal(int signal, Callback callback) {
  wait_for(signals_.emplace_back(io_, signal, std::move(callback)));
}

void Loop::Core::wait_for(Signal& signal) {
  signal.set.async_wait([this, &signal](error_code failed, int) {
    if (failed) return;
    wait_for(signal);
    signal.callback();
  });
}

Loop::Loop() : core_(std::make_unique<Core>()) {
  std::signal(SIGPIPE, SIG_IGN);
  core_->wait_for_alarm();
}
Loop::~Loop() = default;
Loop::TimerId Loop::after(Millis delay, Callback callback) {
  return core_->after(delay, std::move(callback));
}
void Loop::cancel(TimerId timer) {
  core_->cancel(timer);
}
void Loop::post(Callback callback) {
  core_->post(std::move(callback));
}
void Loop::on_signal(int signal, Callback callback) {
  core_->on_signal(signal, std::move(callback));
}
void Loop::run() {
  core_->run();
}
void Loop::stop() {
  core_->stop();
}
asio::io_context& Loop::context() {
  return core_->context();
}

}  // namespace tocsin
