#include "alerts/unplaced.hpp"

#include <gtest/gtest.h>

#include "alerts/decide.hpp"

namespace tocsin {
namespace {

Incident somewhere() {
  Incident i;
  i.id = "i0123456789abcdef";
  i.type = EventType::attack;
  i.types = {EventType::attack};
  i.reliability = 'C';
  i.publishers = 1;
  return i;
}

UnplacedWeight weight(const Incident& incident, std::string_view text = "") {
  return weigh_unplaced(incident, std::span(&text, 1));
}

TEST(Unplaced, is_grave_with_casualties_of_any_kind) {
  EXPECT_FALSE(weight(somewhere()).grave);
  for (Toll Incident::*toll : {&Incident::killed, &Incident::injured, &Incident::abducted}) {
    Incident i = somewhere();
    (i.*toll).best = 0;
    EXPECT_FALSE(weight(i).grave) << "nobody was harmed";
    (i.*toll).max = 3;
    EXPECT_TRUE(weight(i).grave);
  }
}

TEST(Unplaced, is_grave_when_a_capital_or_an_airport_is_spoken_of) {
  EXPECT_EQ(weight(somewhere(), "Shots were heard in the capital's centre").why, "text: capital");
  EXPECT_TRUE(weight(somewhere(), "Des tirs près de l'Aéroport").grave);
  EXPECT_TRUE(weight(somewhere(), "إطلاق نار قرب المطار").grave);
  EXPECT_FALSE(weight(somewhere(), "The capitalists and the airports authority's airporter").grave);
  Incident i = somewhere();
  i.targets = {{TargetClass::airport, "the runway"}};
  EXPECT_TRUE(weight(i).grave);
  i = somewhere();
  i.tellings.push_back({});
  i.tellings.back().title = "Explosions rock the capital";
  EXPECT_TRUE(weight(i).grave);
}

TEST(Unplaced, the_mark_goes_when_the_place_is_found) {
  const std::vector<Recipient> recipients{{.id = "duty", .duty = true}, {.id = "director"}};
  DecideContext context;
  context.recipients = &recipients;
  context.code_taken = [](const std::string&) { return false; };
  Incident i = somewhere();
  const auto first = decide(i, {unplaced_match(i, {"a", "b", "c", "d"}, "killed: 9")}, nullptr, context);
  const Told& told = std::get<Told>(first);
  EXPECT_TRUE(is_unplaced(told.alert));
  EXPECT_TRUE(told.alert.unconfirmed);
  EXPECT_EQ(told.alert.recipients, std::vector<std::string>{"duty"});
  EXPECT_EQ(told.alert.why.back(), "with a place might fire: a, b, c and 1 more");
  i.place.name = i.place.city = "Gao";
  i.place.country = "ML";
  const auto later = decide(i, {}, &told.memory, context);
  EXPECT_FALSE(is_unplaced(std::get<Told>(later).alert));
  EXPECT_FALSE(std::get<Told>(later).alert.changed.empty());
}

}  // namespace
}  // namespace tocsin
