#include "alerts/headline.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

Incident bamako() {
  Incident i;
  i.type = EventType::attack;
  i.place.name = i.place.city = "Bamako";
  i.place.country = "ML";
  i.place.precision = Precision::place;
  i.place.kind = PlaceKind::capital;
  return i;
}

std::string en(const Incident& i) {
  return headline(i)["en"];
}
std::string fr(const Incident& i) {
  return headline(i)["fr"];
}

TEST(Headline, says_what_on_whom_where_how_many_and_by_whom) {
  Incident i = bamako();
  i.targets = {{TargetClass::police, "x"}, {TargetClass::airport, "y"}, {TargetClass::airport, "z"}};
  i.killed = {77, 77, 77, Qualifier::at_least};
  i.actors = {{"jnim", "JNIM", ActorGroup::jihadist, ActorRole::perpetrator}};
  EXPECT_EQ(en(i), "Attack on police and airport in Bamako, Mali: at least 77 killed (JNIM)");
  EXPECT_EQ(fr(i), "Attaque contre la police et l'aéroport à Bamako, Mali : au moins 77 tués (JNIM)");
}

TEST(Headline, leaves_out_what_is_not_known) {
  Incident i;
  i.type = EventType::coup;
  EXPECT_EQ(en(i), "Coup");
  i.place.country = "GW";
  EXPECT_EQ(en(i), "Coup in Guinea-Bissau");
  EXPECT_EQ(fr(i), "Coup d'État en Guinée-Bissau");
}

TEST(Headline, french_puts_the_right_word_before_a_country) {
  Incident i;
  i.type = EventType::curfew;
  const auto tail = [&](const char* country) {
    i.place.country = country;
    return fr(i).substr(std::string("Couvre-feu ").size());
  };
  EXPECT_EQ(tail("ML"), "au Mali");
  EXPECT_EQ(tail("CI"), "en Côte d'Ivoire");
  EXPECT_EQ(tail("US"), "aux États-Unis");
  EXPECT_EQ(tail("MG"), "à Madagascar");
  EXPECT_EQ(tail("MZ"), "au Mozambique");
  EXPECT_EQ(tail("IL"), "en Israël");
  EXPECT_EQ(tail("TD"), "au Tchad");
  EXPECT_EQ(tail("TZ"), "en Tanzanie");
}

TEST(Headline, a_quarter_is_named_with_its_town_and_an_airport_by_its_town) {
  Incident i = bamako();
  i.place.name = "Faladié";
  i.place.kind = PlaceKind::quarter;
  EXPECT_EQ(en(i), "Attack in Faladié, Bamako, Mali");
  i.place.name = "Bamako-Sénou International Airport";
  i.place.kind = PlaceKind::airport;
  EXPECT_EQ(en(i), "Attack at Bamako airport, Mali");
  EXPECT_EQ(fr(i), "Attaque à l'aéroport de Bamako, Mali");
  i.targets = {{TargetClass::airport, ""}};
  EXPECT_EQ(en(i), "Attack on airport in Bamako, Mali");
}

TEST(Headline, a_region_is_called_one_in_french) {
  Incident i = bamako();
  i.place.name = i.place.city = "Ansongo";
  i.place.kind = PlaceKind::region;
  EXPECT_EQ(fr(i), "Attaque dans la région d'Ansongo, Mali");
}

TEST(Headline, kidnapping_is_of_people) {
  Incident i = bamako();
  i.type = EventType::kidnapping;
  i.targets = {{TargetClass::ngo, ""}};
  i.abducted = {1, 1, 1, Qualifier::exact};
  EXPECT_EQ(en(i), "Kidnapping of aid workers in Bamako, Mali: 1 abducted");
  EXPECT_EQ(fr(i), "Enlèvement de travailleurs humanitaires à Bamako, Mali : 1 enlevé");
}

TEST(Headline, shows_a_span_where_the_sources_differ_and_nothing_for_zero) {
  Incident i = bamako();
  i.killed = {20, 50, 77, Qualifier::exact};
  i.injured = {0, 0, 0, Qualifier::exact};
  EXPECT_EQ(en(i), "Attack in Bamako, Mali: 20-77 killed");
}

TEST(Headline, a_claim_is_told_from_an_accusation) {
  Incident i = bamako();
  i.actors = {{"a", "Army", ActorGroup::state, ActorRole::victim},
              {"jnim", "JNIM", ActorGroup::jihadist, ActorRole::claims}};
  EXPECT_EQ(en(i), "Attack in Bamako, Mali (claimed by JNIM)");
}

TEST(Headline, a_retraction_and_a_denial_say_so_first) {
  Incident i = bamako();
  i.modality = Modality::denied;
  EXPECT_EQ(en(i), "Denied: Attack in Bamako, Mali");
  i.status = IncidentStatus::retracted;
  EXPECT_EQ(fr(i), "Retiré : Attaque à Bamako, Mali");
}

TEST(Headline, every_event_type_and_target_has_a_sentence_in_every_language) {
  for (const auto& type : kEventTypes)
    for (const auto& target : kTargetClasses) {
      Incident i = bamako();
      i.type = type.type;
      i.targets = {{target.target, ""}};
      for (const auto& [language, text] : headline(i)) {
        EXPECT_NE(text.find("Bamako"), std::string::npos);
        EXPECT_FALSE(text[0] >= 'a' && text[0] <= 'z') << text;
        EXPECT_EQ(text.find("  "), std::string::npos) << text;
      }
    }
}

TEST(Headline, hostile_names_stay_on_the_line_and_are_cut) {
  Incident i = bamako();
  i.place.name = i.place.city = "Bad\r\nBcc: x\x1b[31m\xE2\x80\xAE" + std::string(500, 'a');
  const auto text = en(i);
  EXPECT_EQ(text.find_first_of("\r\n\x1b"), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_LT(text.size(), 120u);
}

TEST(Headline, a_notice_about_ourselves_names_the_countries) {
  const Millis since = *parse_rfc3339("2026-11-22T02:10:30Z");
  EXPECT_EQ(headline(SystemNotice{"blind", {"ML", "NE"}, {}, since})["en"],
            "BLIND for ML, NE since 02:10Z: no feed of Mali and Niger can be read");
  EXPECT_EQ(headline(SystemNotice{"blind", {"ML"}, {}, since, true})["fr"],
            "AVEUGLE pour ML depuis 02:10Z : cette machine n'a pas de réseau");
  EXPECT_EQ(headline(SystemNotice{"blind", {}, {}, since, true})["en"],
            "BLIND since 02:10Z: no feed can be reached, this machine has no network");
  EXPECT_EQ(headline(SystemNotice{"blind", {}, {}, since, true}, true)["en"], "The feeds can be read again");
  EXPECT_EQ(headline(SystemNotice{"blind", {"ML"}, {}}, true)["fr"], "Les sources sont de nouveau lisibles : Mali");
  EXPECT_EQ(headline(SystemNotice{"silence", {}, {"a"}})["en"], "Silence: no news from 1 feed");
}

}  // namespace
}  // namespace tocsin
