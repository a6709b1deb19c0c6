#include "feeds/urls.hpp"

#include <gtest/gtest.h>

namespace tocsin {

TEST(Urls, a_host_is_known_without_user_port_and_case) {
  EXPECT_EQ(host_of("https://user@News.Paper.example:81?x"), "news.paper.example");
  EXPECT_EQ(host_of("http://[FD00::7]:80/feed"), "[fd00::7]");
  for (const char* none : {"", "radio.example/feed", "mailto:a@b.example", "http:///feed", "\xFF://"})
    EXPECT_EQ(host_of(none), "") << none;
}

}  // namespace tocsin
