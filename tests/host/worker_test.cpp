#include "host/worker.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>

namespace tocsin {
namespace {

TEST(Worker, a_job_runs_beside_the_loop_and_its_outcome_in_it) {
  Loop loop;
  Worker worker(loop);
  const auto here = std::this_thread::get_id();
  std::thread::id ran, told;
  worker.run([&](const std::stop_token&) -> Loop::Callback {
    ran = std::this_thread::get_id();
    return [&] {
      told = std::this_thread::get_id();
      loop.stop();
    };
  });
  loop.run();
  EXPECT_NE(ran, here);
  EXPECT_EQ(told, here);
}

TEST(Worker, jobs_run_one_after_the_other_in_the_order_given) {
  Loop loop;
  Worker worker(loop);
  std::string order;
  for (const char name : {'a', 'b', 'c'})
    worker.run([&order, name](const std::stop_token&) -> Loop::Callback {
      order += name;
      return {};
    });
  worker.run([&](const std::stop_token&) -> Loop::Callback { return [&] { loop.stop(); }; });
  loop.run();
  EXPECT_EQ(order, "abc");
}

TEST(Worker, a_worker_that_is_destroyed_asks_the_job_to_stop_and_forgets_the_others) {
  Loop loop;
  std::atomic<bool> begun = false, other = false;
  {
    Worker worker(loop);
    worker.run([&](const std::stop_token& stop) -> Loop::Callback {
      begun = true;
      while (!stop.stop_requested()) std::this_thread::yield();
      return {};
    });
    worker.run([&](const std::stop_token&) -> Loop::Callback {
      other = true;
      return {};
    });
    while (!begun) std::this_thread::yield();
  }
  EXPECT_FALSE(other);
}

TEST(Worker, one_that_never_had_a_job_has_no_thread) {
  Loop loop;
  const Worker worker(loop);
}

}  // namespace
}  // namespace tocsin
