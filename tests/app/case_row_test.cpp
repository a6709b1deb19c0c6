// A reading as a row of tests/cases/understand.
#include "app/case_row.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

TEST(CaseRow, holds_what_was_read_and_the_item_on_one_line) {
  Item item;
  item.title = "Market\tburns";
  item.text = "Nobody was hurt.\nThe fire is out.";
  item.published = 1726567200000;
  Understanding read;
  read.language = "en";
  read.relevant = true;
  read.types = {EventType::arson};
  read.place.country = "ML";
  read.place.name = "Gao";
  read.killed.min = 0;
  EXPECT_EQ(case_row(item, read),
            "en\tnews\t2024-09-17\tarson\tML\tGao\t0\t-\tMarket burns\tNobody was hurt. The fire is out.");
}

TEST(CaseRow, says_with_a_dash_what_was_not_found) {
  Understanding past;
  past.mentions_incident = true;
  EXPECT_EQ(case_row({}, past), "\tpast\t\t-\t-\t-\t-\t-\t\t");
  EXPECT_EQ(case_row({}, {}), "\tsilent\t\t-\t-\t-\t-\t-\t\t");
}

}  // namespace
}  // namespace tocsin
