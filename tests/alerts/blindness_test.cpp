#include "alerts/blindness.hpp"

#include <gtest/gtest.h>

#include "alerts/system_alert.hpp"

namespace tocsin {
namespace {

Millis at(const char* clock) {
  return *parse_rfc3339(std::string("2026-11-22T") + clock + ":00Z");
}

/// Feeds that a test lets fail and work again; polled every five minutes. What is told is remembered as the daemon
/// does it.
class Blind : public testing::Test {
 protected:
  Blind() {
    organisation = {{.id = "duty", .duty = true}, {.id = "director"}};
    organisation.push_back({.id = "technician"});
    organisation.back().admin = true;
  }

  void feed(const std::string& id, std::vector<std::string> countries) {
    feeds.push_back({id, std::move(countries), false, true, at("00:00"), true, ""});
  }
  WatchedFeed& find(const std::string& id) {
    return *std::find_if(feeds.begin(), feeds.end(), [&](const WatchedFeed& f) { return f.id == id; });
  }
  void fails(const std::string& id, const char* clock, bool answered = true) {
    find(id) = {id, find(id).countries, true, answered, at(clock), true, "HTTP 503"};
  }
  void works(const std::string& id, const char* clock, bool twice = false) {
    find(id) = {id, find(id).countries, false, true, at(clock), twice, ""};
  }

  /// The message at this time, "" when there is none: "Alert ML,NE".
  std::string says(const char* clock) {
    const SystemNotice* told = in_force(last ? &*last : nullptr) ? &*last->system : nullptr;
    const auto notice = blindness(feeds, told, kHour, at(clock));
    Match about;
    about.rule = "system:blind";
    const auto alert = system_alert(
        about, notice, last ? &*last : nullptr,
        {at(clock), &organisation, 10 * kMinute, [this](const auto&) { return "COD" + std::to_string(++codes); }});
    if (!alert) return "";
    last = alert;
    return std::string(kMsgTypes(alert->msg_type)) + " " + join(alert->system->countries);
  }
  static std::string join(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ",") + word;
    return out;
  }

  std::vector<WatchedFeed> feeds;
  std::vector<Recipient> organisation;
  std::optional<Alert> last;
  int codes = 0;
};

TEST_F(Blind, a_country_is_blind_when_all_its_feeds_have_failed_for_an_hour) {
  feed("a", {"ML"});
  feed("b", {"ML", "NE"});
  feed("c", {"NE"});
  fails("a", "02:00");
  fails("b", "02:10");
  EXPECT_EQ(says("03:09"), "");
  EXPECT_EQ(says("03:10"), "Alert ML");
  EXPECT_EQ(last->system->since, at("02:10"));
  EXPECT_EQ(last->system->feeds, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(says("09:00"), "") << "told once";
}

TEST_F(Blind, one_feed_that_works_keeps_the_eye_open) {
  feed("a", {"ML"});
  feed("b", {"ML"});
  fails("a", "02:00");
  EXPECT_EQ(says("20:00"), "");
}

TEST_F(Blind, one_lost_answer_is_no_blindness) {
  feed("a", {"ML"});
  fails("a", "02:00");
  find("a").twice = false;
  EXPECT_EQ(says("04:00"), "");
  find("a").twice = true;
  EXPECT_EQ(says("04:01"), "Alert ML");
}

TEST_F(Blind, a_world_wide_feed_covers_no_country) {
  feed("a", {"ML"});
  feed("world", {});
  fails("a", "02:00");
  EXPECT_EQ(says("03:00"), "Alert ML") << "though the other works";
  works("world", "03:00");
  EXPECT_EQ(says("03:30"), "") << "nor does it end it";
}

TEST_F(Blind, a_feed_that_works_for_a_moment_ends_nothing_and_the_next_failure_begins_nothing) {
  feed("a", {"ML"});
  fails("a", "02:00");
  EXPECT_EQ(says("03:00"), "Alert ML");
  works("a", "03:30");
  EXPECT_EQ(says("03:31"), "");
  EXPECT_EQ(says("03:39"), "");
  fails("a", "03:39");
  EXPECT_EQ(says("03:41"), "");
  EXPECT_EQ(says("05:00"), "");
  EXPECT_EQ(last->system->since, at("02:00"));
}

TEST_F(Blind, ten_minutes_or_two_polls_of_one_feed_are_the_all_clear) {
  feed("a", {"ML"});
  feed("b", {"ML"});
  fails("a", "02:00");
  fails("b", "02:00");
  EXPECT_EQ(says("03:00"), "Alert ML");
  works("a", "03:30");
  EXPECT_EQ(says("03:40"), "Cancel ML");
  EXPECT_EQ(last->changed, std::vector<std::string>{"all clear"});
  EXPECT_EQ(says("03:41"), "");
  fails("a", "04:00");
  EXPECT_EQ(says("05:00"), "Alert ML") << "a new hour, a new alert";
  works("b", "05:10", true);
  EXPECT_EQ(says("05:11"), "Cancel ML");
}

TEST_F(Blind, a_set_that_grows_and_shrinks_is_one_alert_with_updates_ten_minutes_apart) {
  feed("a", {"ML"});
  feed("b", {"NE"});
  feed("c", {"BF"});
  fails("a", "02:00");
  fails("b", "02:02");
  fails("c", "02:04");
  EXPECT_EQ(says("03:00"), "Alert ML");
  const std::string code = last->code;
  EXPECT_EQ(says("03:02"), "");
  EXPECT_EQ(says("03:05"), "");
  EXPECT_EQ(says("03:10"), "Update BF,ML,NE");
  EXPECT_EQ(last->changed, (std::vector<std::string>{"blind + BF", "blind + NE"}));
  works("a", "04:00", true);
  EXPECT_EQ(says("04:00"), "Update BF,NE");
  works("b", "04:01", true);
  works("c", "04:01", true);
  EXPECT_EQ(says("04:01"), "Cancel BF,NE") << "the all-clear waits for nothing";
  EXPECT_EQ(last->code, code);
  EXPECT_EQ(last->version, 4);
}

TEST_F(Blind, when_nobody_answers_at_all_it_is_the_network) {
  feed("a", {"ML"});
  feed("world", {});
  fails("a", "02:00", false);
  fails("world", "02:01", false);
  EXPECT_EQ(says("03:01"), "Alert ML");
  EXPECT_TRUE(last->system->no_network);
  works("world", "04:00", true);
  EXPECT_EQ(says("04:00"), "Update ML");
  EXPECT_FALSE(last->system->no_network);
}

TEST_F(Blind, feeds_of_no_country_are_told_of_only_when_the_network_is_away) {
  feed("world", {});
  fails("world", "02:00");
  EXPECT_EQ(says("05:00"), "") << "it answers, with an error";
  fails("world", "02:00", false);
  EXPECT_EQ(says("05:00"), "Alert ");
  works("world", "06:00", true);
  EXPECT_EQ(says("06:00"), "Cancel ");
}

TEST_F(Blind, a_restart_neither_repeats_nor_forgets) {
  feed("a", {"ML"});
  fails("a", "02:00");
  EXPECT_EQ(says("03:00"), "Alert ML");
  feeds.clear();  // the process is new; the state of the feeds and the last alert are from the store
  feed("a", {"ML"});
  fails("a", "02:00");
  EXPECT_EQ(says("03:20"), "");
  works("a", "03:30", true);
  EXPECT_EQ(says("03:30"), "Cancel ML");
}

TEST_F(Blind, a_country_that_no_feed_covers_any_more_is_not_blind_for_ever) {
  feed("a", {"ML"});
  feed("b", {"NE"});
  fails("a", "02:00");
  EXPECT_EQ(says("03:00"), "Alert ML");
  find("a").countries = {"SN"};
  EXPECT_EQ(says("03:30"), "Update SN");
}

TEST_F(Blind, those_on_duty_and_the_admins_are_told_and_the_cancel_goes_to_exactly_them) {
  feed("a", {"ML"});
  fails("a", "02:00");
  EXPECT_EQ(says("03:00"), "Alert ML");
  const std::vector<std::string> told{"duty", "technician"};
  EXPECT_EQ(last->recipients, told);
  organisation.push_back({.id = "newcomer", .duty = true});
  works("a", "04:00", true);
  EXPECT_EQ(says("04:00"), "Cancel ML");
  EXPECT_EQ(last->recipients, told);
}

TEST_F(Blind, an_update_reaches_also_those_who_came_on_duty_meanwhile) {
  feed("a", {"ML"});
  feed("b", {"NE"});
  fails("a", "02:00");
  EXPECT_EQ(says("03:00"), "Alert ML");
  organisation.push_back({.id = "night-watch", .duty = true});
  fails("b", "03:00");
  EXPECT_EQ(says("04:00"), "Update ML,NE");
  EXPECT_EQ(last->recipients, (std::vector<std::string>{"duty", "technician", "night-watch"}));
}

TEST_F(Blind, every_message_has_a_key_of_its_own) {
  feed("a", {"ML"});
  std::vector<std::string> keys;
  for (const char* hour : {"02:00", "06:00"}) {
    fails("a", hour);
    says(hour[1] == '2' ? "03:00" : "07:00");
    keys.push_back(last->key);
    works("a", hour[1] == '2' ? "03:30" : "07:30", true);
    says(hour[1] == '2' ? "03:30" : "07:30");
    keys.push_back(last->key);
  }
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
}

TEST_F(Blind, the_next_look_is_when_time_alone_may_change_the_answer) {
  feed("a", {"ML"});
  feed("b", {"NE"});
  EXPECT_EQ(next_blindness(feeds, nullptr, kHour, at("02:00")), std::nullopt);
  fails("a", "02:00");
  EXPECT_EQ(next_blindness(feeds, nullptr, kHour, at("02:01")), at("03:00"));
  EXPECT_EQ(says("03:00"), "Alert ML");
  works("a", "04:00");
  EXPECT_EQ(next_blindness(feeds, &*last->system, kHour, at("04:01")), at("04:10"));
}

}  // namespace
}  // namespace tocsin
