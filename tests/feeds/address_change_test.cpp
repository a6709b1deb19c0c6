#include "feeds/address_change.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {
constexpr std::uint64_t kConfigured = 77;
constexpr Millis kNow = 1726567200000;
const Landing kMoved{true, "https://new.example/feed", true};

/// The day on which the move is believed when it is seen `a_day` times each day; -1 for never.
int believed_on(AddressChange& change, const Landing& landing, int a_day, int days = 30) {
  for (int poll = 0; poll < a_day * days; ++poll)
    if (note_landing(change, kConfigured, landing, kNow + poll * kDay / a_day)) return poll / a_day;
  return -1;
}
}  // namespace

TEST(AddressChange, counts_after_several_polls_over_days) {
  AddressChange often, seldom;
  EXPECT_EQ(believed_on(often, kMoved, 100), 3) << "many polls of one day are one day";
  EXPECT_EQ(believed_on(seldom, kMoved, 1), kMoveTimes - 1) << "and few polls are few";
  EXPECT_TRUE(has_moved(often, kConfigured));
  EXPECT_EQ(often.to, kMoved.url);
}

TEST(AddressChange, never_counts_for_a_temporary_redirect_or_a_page_that_is_no_feed) {
  AddressChange change;
  EXPECT_EQ(believed_on(change, {false, kMoved.url, true}, 10), -1);
  EXPECT_EQ(believed_on(change, {true, "https://parking.example/", false}, 10), -1);
}

TEST(AddressChange, starts_again_when_a_poll_leads_elsewhere) {
  for (const Landing& other : {Landing{true, "https://third.example/", true},
                               Landing{false, "https://old.example/", true}, Landing{true, kMoved.url, false}}) {
    AddressChange change;
    for (int day = 0; day < 4; ++day) note_landing(change, kConfigured, kMoved, kNow + day * kDay);
    note_landing(change, kConfigured, other, kNow + 4 * kDay);
    EXPECT_FALSE(note_landing(change, kConfigured, kMoved, kNow + 5 * kDay));
    EXPECT_LE(change.times, 1);
  }
}

TEST(AddressChange, an_edit_of_the_configuration_ends_it) {
  AddressChange change;
  believed_on(change, kMoved, 2);
  EXPECT_FALSE(has_moved(change, kConfigured + 1));
}

TEST(AddressChange, goes_back_when_the_new_address_fails) {
  AddressChange change;
  believed_on(change, kMoved, 2);
  EXPECT_FALSE(note_failures(change, kConfigured, kMoveFailures - 1));
  EXPECT_TRUE(note_failures(change, kConfigured, kMoveFailures));
  EXPECT_FALSE(has_moved(change, kConfigured));
  EXPECT_FALSE(note_failures(change, kConfigured, 99));
}

}  // namespace tocsin
