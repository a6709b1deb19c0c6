#include "alerts/decide.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "alerts/code.hpp"

namespace tocsin {
namespace {

const std::vector<Recipient> kRecipients{{.id = "duty-officer", .duty = true, .channels = {"terminal", "mail"}},
                                         {.id = "country-director", .channels = {"mail"}},
                                         {.id = "security-lead", .channels = {"mail"}}};

Incident bamako() {
  Incident i;
  i.id = "i0123456789abcdef";
  i.revision = 1;
  i.type = EventType::attack;
  i.types = {EventType::attack};
  i.place.name = i.place.city = "Bamako";
  i.place.country = "ML";
  i.reliability = 'C';
  i.credibility = 3;
  return i;
}

Match match(std::string rule, Severity severity, bool confirmed,
            std::vector<std::string> notify = {"country-director"}) {
  Match m;
  m.rule = std::move(rule);
  m.severity = severity;
  m.confirmed = confirmed;
  m.notify = std::move(notify);
  return m;
}

DecideContext context(Millis now = 1000) {
  DecideContext c;
  c.now = now;
  c.recipients = &kRecipients;
  c.code_taken = [](const std::string&) { return false; };
  return c;
}

Told told(const std::variant<Told, Suppressed>& decision) {
  if (const auto* s = std::get_if<Suppressed>(&decision)) ADD_FAILURE() << "suppressed: " << s->reason;
  return std::holds_alternative<Told>(decision) ? std::get<Told>(decision) : Told{};
}

bool suppressed(const std::variant<Told, Suppressed>& decision) {
  return std::holds_alternative<Suppressed>(decision);
}

using Ids = std::vector<std::string>;

TEST(Decide, what_is_not_confirmed_goes_to_the_duty_officer_alone_and_says_so) {
  const Told t = told(decide(bamako(), {match("capital", Severity::Extreme, false)}, nullptr, context()));
  EXPECT_TRUE(t.alert.unconfirmed);
  EXPECT_EQ(t.alert.recipients, Ids{"duty-officer"});
  EXPECT_EQ(t.alert.msg_type, MsgType::Alert);
}

TEST(Decide, confirmation_is_an_update_that_reaches_the_rest) {
  const Told first = told(decide(bamako(), {match("capital", Severity::Extreme, false)}, nullptr, context()));
  const Told second = told(decide(bamako(), {match("capital", Severity::Extreme, true)}, &first.memory, context(2000)));
  EXPECT_EQ(second.alert.msg_type, MsgType::Update);
  EXPECT_FALSE(second.alert.unconfirmed);
  EXPECT_EQ(second.alert.changed, Ids{"confirmed"});
  EXPECT_EQ(second.alert.recipients, (Ids{"duty-officer", "country-director"}));
  EXPECT_EQ(second.alert.code, first.alert.code);
  EXPECT_NE(second.alert.key, first.alert.key);
}

TEST(Decide, every_rule_that_fired_is_named_and_the_most_severe_leads) {
  const Told t = told(
      decide(bamako(),
             {match("airport", Severity::Severe, true), match("capital", Severity::Extreme, true, {"security-lead"})},
             nullptr, context()));
  EXPECT_EQ(t.alert.rule, "capital");
  EXPECT_EQ(t.alert.rules, (Ids{"capital", "airport"}));
  EXPECT_EQ(t.alert.recipients, (Ids{"security-lead", "country-director"}));
}

TEST(Decide, a_revision_without_news_wakes_nobody) {
  const Told first = told(decide(bamako(), {match("capital", Severity::Extreme, true)}, nullptr, context()));
  EXPECT_TRUE(suppressed(decide(bamako(), {match("capital", Severity::Extreme, true)}, &first.memory, context())));
}

TEST(Decide, those_who_were_told_hear_of_the_toll_even_when_no_rule_fires_any_more) {
  const Told first = told(decide(bamako(), {match("capital", Severity::Extreme, true)}, nullptr, context()));
  Incident later = bamako();
  later.killed.best = later.killed.min = 77;
  const Told update = told(decide(later, {}, &first.memory, context()));
  EXPECT_EQ(update.alert.rules, Ids{"capital"});
  EXPECT_EQ(update.alert.recipients, Ids{"country-director"});
  EXPECT_EQ(update.alert.changed, Ids{"killed ? > 77"});
}

TEST(Decide, a_retraction_cancels_once_for_all_who_were_told) {
  const Told first = told(decide(bamako(), {match("capital", Severity::Extreme, false)}, nullptr, context()));
  const Told second = told(decide(bamako(), {match("capital", Severity::Extreme, true)}, &first.memory, context()));
  Incident retracted = bamako();
  retracted.status = IncidentStatus::retracted;
  const Told cancel = told(decide(retracted, {}, &second.memory, context()));
  EXPECT_EQ(cancel.alert.msg_type, MsgType::Cancel);
  EXPECT_EQ(cancel.alert.recipients, (Ids{"duty-officer", "country-director"}));
  EXPECT_TRUE(suppressed(decide(retracted, {}, &cancel.memory, context())));
}

TEST(Decide, the_backlog_of_a_new_feed_wakes_nobody) {
  DecideContext backlog = context();
  backlog.may_open = false;
  EXPECT_TRUE(suppressed(decide(bamako(), {match("capital", Severity::Extreme, true)}, nullptr, backlog)));
}

TEST(Decide, the_backlog_adds_to_what_is_known_without_a_message) {
  const Told first = told(decide(bamako(), {match("capital", Severity::Extreme, true)}, nullptr, context()));
  Incident later = bamako();
  later.killed.best = later.killed.min = 9;
  DecideContext backlog = context();
  backlog.may_open = false;
  EXPECT_TRUE(suppressed(decide(later, {}, &first.memory, backlog)));
}

TEST(Decide, whoever_a_rule_names_anew_is_told) {
  const Told first = told(
      decide(bamako(), {match("a", Severity::Extreme, true), match("b", Severity::Minor, false, {"security-lead"})},
             nullptr, context()));
  const Told second =
      told(decide(bamako(), {match("a", Severity::Extreme, true), match("b", Severity::Minor, true, {"security-lead"})},
                  &first.memory, context()));
  EXPECT_EQ(second.alert.changed, Ids{"recipient + security-lead"});
}

TEST(Decide, no_rule_no_alert) {
  EXPECT_TRUE(suppressed(decide(bamako(), {}, nullptr, context())));
}

TEST(Decide, one_delivery_for_each_recipient_and_channel_with_a_key_of_its_own) {
  const Told t =
      told(decide(bamako(), {match("capital", Severity::Extreme, false), match("airport", Severity::Severe, true)},
                  nullptr, context()));
  const auto deliveries = deliveries_of(t.alert, kRecipients, 1000);
  ASSERT_EQ(deliveries.size(), 3u);
  std::set<std::string> keys;
  for (const Delivery& d : deliveries) keys.insert(d.key);
  EXPECT_EQ(keys.size(), 3u);
  EXPECT_EQ(deliveries[0].key, t.alert.key + "/duty-officer/terminal");
}

TEST(Code, has_four_characters_that_cannot_be_taken_for_one_another) {
  const std::string code = alert_code("i0123456789abcdef", [](const auto&) { return false; });
  ASSERT_EQ(code.size(), 4u);
  EXPECT_EQ(code.find_first_not_of(kCodeAlphabet), std::string::npos);
}

TEST(Code, moves_on_while_it_is_taken) {
  const std::string first = alert_code("x", [](const auto&) { return false; });
  EXPECT_NE(alert_code("x", [&](const std::string& c) { return c == first; }), first);
}

TEST(Code, ends_even_when_every_code_is_taken) {
  EXPECT_EQ(alert_code("x", [](const auto&) { return true; }).size(), 4u);
}

}  // namespace
}  // namespace tocsin
