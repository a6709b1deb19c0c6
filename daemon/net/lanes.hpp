// Work that waits its turn: at most `parallel` jobs at a time and one per key (a host). net/ keeps its transfers here,
// because a handle that waits inside curl costs 25 KB and its CURLOPT_TIMEOUT already runs.
#pragma once
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace tocsin {

template <class Job>
class Lanes {
 public:
  explicit Lanes(std::size_t parallel) : parallel_(parallel) {}

  /// At most so many from now on; jobs that run beyond that end in their own time.
  void allow(std::size_t parallel) { parallel_ = parallel; }

  void push(const std::string& key, Job job) {
    Lane& lane = lanes_[key];
    lane.waiting.push_back(std::move(job));
    if (!lane.busy && lane.waiting.size() == 1) ready_.push_back(key);
  }

  /// The next job that may run, in the order of arrival per key and fair between keys. Give its key back with
  /// release().
  std::optional<Job> take() {
    if (running_ >= parallel_ || ready_.empty()) return std::nullopt;
    ++running_;
    Lane& lane = lanes_[ready_.front()];
    ready_.pop_front();
    lane.busy = true;
    Job job = std::move(lane.waiting.front());
    lane.waiting.pop_front();
    return job;
  }

  void release(const std::string& key) {
    --running_;
    const auto lane = lanes_.find(key);
    lane->second.busy = false;
    if (lane->second.waiting.empty())
      lanes_.erase(lane);
    else
      ready_.push_back(key);
  }

 private:
  struct Lane {
    bool busy = false;
    std::deque<Job> waiting;
  };
  std::size_t parallel_, running_ = 0;
  std::unordered_map<std::string, Lane> lanes_;
  std::deque<std::string> ready_;  // keys whose lane is free and not empty
};

}  // namespace tocsin
