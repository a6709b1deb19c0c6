#include "host/worker.hpp"

#include <pthread.h>

#include <csignal>

namespace tocsin {

Worker::~Worker() = default;  // std::jthread asks its thread to stop and waits

void Worker::run(Job job) {
  const std::lock_guard lock(mutex_);
  jobs_.push_back(std::move(job));
  given_.notify_one();
  if (thread_.joinable()) return;
  // Signals are the loop's: the thread inherits a mask that takes none.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Worker::work(const std::stop_token& stop) {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      if (!given_.wait(lock, stop, [this] { return !jobs_.empty(); }) || stop.stop_requested()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    if (auto outcome = job(stop); outcome && !stop.stop_requested()) loop_.post(std::move(outcome));
  }
}

}  // namespace tocsin
