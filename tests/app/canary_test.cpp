#include "app/canary.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

constexpr Millis kNow = 1726531200000;  // 2024-09-17T00:00:00Z

Organisation office() {
  Organisation organisation;
  organisation.channels = {{.name = "screen", .kind = "terminal"}};
  organisation.recipients = {{.id = "duty", .duty = true, .channels = {"screen"}}};
  return organisation;
}

Result<void> sent(const Organisation& organisation, Millis now = kNow) {
  return send_canary(Understander::open(TOCSIN_BINARY_DIR "/tocsin.image").value(), organisation, now);
}

TEST(Canary, comes_through_at_any_hour_of_any_year) {
  for (const Millis now : {kNow, kNow + 13 * kHour + 17 * kMinute, kNow + 3650 * kDay}) {
    const auto came = sent(office(), now);
    EXPECT_TRUE(came) << rfc3339(now) << ": " << came.error().message;
  }
}

TEST(Canary, names_the_step_that_fell_silent) {
  Organisation nobody = office();
  nobody.recipients[0].duty = false;
  EXPECT_EQ(sent(nobody).error().message, "outbox: nobody on duty would be told");
  Organisation broken = office();
  broken.channels[0].kind = "smoke-signs";
  EXPECT_EQ(sent(broken).error().message.substr(0, 15), "channel screen:");
}

}  // namespace
}  // namespace tocsin
