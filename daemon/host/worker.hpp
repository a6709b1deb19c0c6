// The one thread beside the loop, for work that would keep it from its timers: a reload, the tests of rule files. app/
// has one; jobs run one after the other. Who gives a job sees to it that nothing it touches is touched meanwhile.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "host/loop.hpp"

namespace tocsin {

class Worker {
 public:
  /// Runs on the thread and returns what the loop shall do with the outcome (nothing: an empty function). A long job
  /// looks at the token now and then: it asks to stop when the worker is destroyed.
  using Job = std::function<Loop::Callback(const std::stop_token&)>;

  /// `loop` must outlive this object. No thread is started before the first job.
  explicit Worker(Loop& loop) : loop_(loop) {}
  /// Waits for the job in hand; the others are not run.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void run(Job job);

 private:
  void work(const std::stop_token& stop);

  Loop& loop_;
  std::mutex mutex_;
  std::condition_variable_any given_;
  std::deque<Job> jobs_;
  std::jthread thread_;  // the last member: it ends before what it uses
};

}  // namespace tocsin
