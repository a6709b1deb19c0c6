#include "app/dispatcher.hpp"

#include <gtest/gtest.h>

#include "alerts/decide.hpp"
#include "app/backoff.hpp"
#include "fakes/fake_clock.hpp"
#include "fakes/fake_transports.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {
namespace {

class DispatcherTest : public testing::Test {
 protected:
  void SetUp() override {
    organisation.channels = {{.name = "screen", .kind = "terminal"},
                             {.name = "hook", .kind = "webhook", .options = {{"url", "http://127.0.0.1:9/"}}}};
    organisation.recipients = {{.id = "duty", .duty = true, .channels = {"screen"}},
                               {.id = "lead", .channels = {"hook"}}};
    dispatcher.use(organisation);
  }

  void accept(std::vector<std::string> recipients) {
    Alert alert;
    alert.code = "4F3K";
    alert.key = "key-" + std::to_string(++alerts);
    alert.recipients = std::move(recipients);
    alert.sent = clock.now();
    Commit commit;
    commit.deliveries = deliveries_of(alert, organisation.recipients, clock.now());
    commit.alerts = {alert};
    keys.push_back(alert.key);
    ASSERT_TRUE(store->commit(commit));
  }

  DeliveryState state(std::size_t alert = 0) { return store->deliveries(keys[alert]).value().front().state; }

  FakeClock clock;
  std::unique_ptr<Store> store = open_sqlite(":memory:").value();
  FakeTerminal terminal;
  FakeMail mail;
  FakeHttp http;
  FakeProcess process;
  Organisation organisation;
  Dispatcher dispatcher{*store, clock, {http, mail, process, terminal}, [] { return 0.5; }};
  std::vector<std::string> keys;
  int alerts = 0;
};

HttpResponse answer(int status) {
  HttpResponse r;
  r.status = status;
  return r;
}

TEST_F(DispatcherTest, what_is_due_is_printed_and_leaves_the_outbox) {
  accept({"duty"});
  dispatcher.pump();
  EXPECT_EQ(terminal.printed.size(), 1u);
  EXPECT_EQ(state(), DeliveryState::sent);
  EXPECT_FALSE(dispatcher.next());
}

TEST_F(DispatcherTest, one_attempt_at_a_time_for_one_delivery) {
  accept({"lead"});
  dispatcher.pump();
  dispatcher.pump();
  EXPECT_EQ(http.sent.size(), 1u);
  http.answer(answer(200));
  EXPECT_EQ(state(), DeliveryState::sent);
}

TEST_F(DispatcherTest, a_failure_that_may_pass_is_tried_again_later_with_the_same_key) {
  accept({"lead"});
  dispatcher.pump();
  http.answer(answer(503));
  EXPECT_EQ(state(), DeliveryState::queued);
  dispatcher.pump();
  EXPECT_EQ(http.sent.size(), 1u) << "before the wait is over";
  clock.advance(kLongestWait);
  dispatcher.pump();
  ASSERT_EQ(http.sent.size(), 2u);
  EXPECT_EQ(http.sent[0].headers, http.sent[1].headers);
  EXPECT_EQ(http.sent[0].body, http.sent[1].body);
}

TEST_F(DispatcherTest, a_refusal_for_good_is_failed_and_not_tried_again) {
  accept({"lead"});
  dispatcher.pump();
  http.answer(answer(400));
  EXPECT_EQ(state(), DeliveryState::failed);
}

TEST_F(DispatcherTest, a_channel_that_hangs_does_not_hold_up_another) {
  for (int i = 0; i < 5; ++i) accept({"lead"});
  accept({"duty"});
  dispatcher.pump();
  EXPECT_EQ(http.sent.size(), 2u);
  EXPECT_EQ(terminal.printed.size(), 1u);
}

TEST_F(DispatcherTest, what_was_in_flight_at_a_crash_is_sent_again_after_it) {
  accept({"lead"});
  dispatcher.pump();
  Dispatcher after_restart{*store, clock, {http, mail, process, terminal}, [] { return 0.5; }};
  after_restart.use(organisation);
  after_restart.pump();
  EXPECT_EQ(http.sent.size(), 2u);
}

TEST_F(DispatcherTest, a_recipient_that_was_removed_fails_with_the_reason) {
  accept({"lead"});
  organisation.recipients.pop_back();
  dispatcher.pump();
  EXPECT_EQ(state(), DeliveryState::failed);
  EXPECT_NE(store->deliveries(keys[0]).value().front().last_error.find("no longer configured"), std::string::npos);
}

TEST_F(DispatcherTest, after_three_days_without_an_answer_it_expires) {
  accept({"lead"});
  clock.advance(kDeliveryLife + kDay);
  dispatcher.pump();
  http.answer(answer(0));
  EXPECT_EQ(state(), DeliveryState::expired);
}

TEST(Backoff, grows_to_a_quarter_of_an_hour_and_stays_jittered) {
  EXPECT_EQ(wait_before_retry(1, 0.0), kFirstWait / 2);
  for (int attempts = 1; attempts < 100; ++attempts) {
    EXPECT_LE(wait_before_retry(attempts, 0.999), kLongestWait);
    EXPECT_GE(wait_before_retry(attempts + 1, 0.0), wait_before_retry(attempts, 0.0));
  }
}

}  // namespace
}  // namespace tocsin
