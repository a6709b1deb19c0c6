#include "understand/understander.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tocsin {
namespace {

class Reads : public ::testing::Test {
 protected:
  static Understanding read(const std::string& language, const std::string& title, const std::string& text,
                            const std::string& published = "2024-09-18T09:00:00Z") {
    static const auto opened = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image");
    Item item;
    item.language = language;
    item.title = title;
    item.text = text;
    item.published = parse_rfc3339(published);
    return opened->understand(item, {});
  }
  static bool hits(const Understanding& u, TargetClass target) {
    return !u.reports.empty() && std::any_of(u.reports[0].targets.begin(), u.reports[0].targets.end(),
                                             [&](const TargetRef& t) { return t.target == target; });
  }
  static const ActorRef* actor(const Understanding& u, const std::string& id) {
    if (u.reports.empty()) return nullptr;
    for (const ActorRef& a : u.reports[0].actors)
      if (a.id == id) return &a;
    return nullptr;
  }
};

TEST(Image, a_missing_image_is_told_with_its_path) {
  const auto opened = Understander::open("/nowhere/tocsin.image");
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("/nowhere/tocsin.image"), std::string::npos);
}

TEST_F(Reads, who_speaks_of_a_deed_is_not_whom_it_befell) {
  static const auto opened = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image");
  const auto targets = [&](const std::string& text) {
    Item item;
    item.language = "en";
    item.text = text;
    const auto u = opened->understand(item, {});
    return std::count(u.targets.begin(), u.targets.end(), "Maria Lopez");
  };
  EXPECT_EQ(targets("Gunmen murdered the judge Maria Lopez in Gao on Monday."), 1);
  EXPECT_EQ(targets("Police are looking into the murder of the former judge Maria Lopez in Gao on Monday."), 1);
  EXPECT_EQ(targets("Three people were killed on Tuesday, Maria Lopez said."), 0);
  EXPECT_EQ(targets("Gunmen attacked a market in Gao and three people were killed. On the radio Maria Lopez spoke."),
            0);
}

TEST_F(Reads, what_an_office_saw_and_calls_severe_is_news_however_dry_its_words_are) {
  static const auto opened = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image");
  const auto relevant = [&](const std::string& sender, const std::string& severity, const std::string& certainty) {
    Item item;
    item.language = "en";
    item.title =
        "Red earthquake alert (Magnitude 7.4M, Depth:12km) in Chad 15/08/2024 06:12 UTC, 40 thousand in 100km.";
    item.cap.emplace();
    item.cap->status = "Actual";
    item.cap->sender = sender;
    item.cap->severity = severity;
    item.cap->certainty = certainty;
    return opened->understand(item, {}).relevant;
  };
  EXPECT_TRUE(relevant("gdacs.org", "Extreme", ""));
  EXPECT_TRUE(relevant("weather.example", "Severe", "Observed"));
  EXPECT_FALSE(relevant("gdacs.org", "Minor", "")) << "a green one";
  EXPECT_FALSE(relevant("weather.example", "Severe", "Likely")) << "a forecast";
}

TEST_F(Reads, an_alert_in_cap_is_news_only_when_it_is_actual_and_no_cancel) {
  static const auto opened = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image");
  const auto read_cap = [&](const std::string& status, const std::string& type) {
    Item item;
    item.language = "en";
    item.title = "Gunmen attack police training school and airport in Bamako";
    item.text = "At least 77 people were killed on Tuesday, a security source said.";
    item.published = parse_rfc3339("2024-09-18T09:00:00Z");
    item.cap.emplace();
    item.cap->status = status;
    item.cap->msg_type = type;
    return opened->understand(item, {});
  };
  EXPECT_TRUE(read_cap("Actual", "Alert").relevant);
  EXPECT_TRUE(read_cap("", "").relevant);
  for (const char* status : {"Test", "Exercise", "System", "Draft", "test"}) {
    const auto u = read_cap(status, "Alert");
    EXPECT_FALSE(u.relevant) << status;
    EXPECT_EQ(u.reports.at(0).modality, Modality::exercise) << status;
  }
  EXPECT_FALSE(read_cap("Actual", "Ack").relevant);
  const auto cancel = read_cap("Actual", "Cancel");
  EXPECT_FALSE(cancel.relevant);
  EXPECT_TRUE(cancel.reports.at(0).says_retracted);
}

TEST_F(Reads, who_attacked_what_where_and_how_many_died) {
  const auto u = read("en", "Gunmen attack police training school and airport in Bamako",
                      "At least 77 people were killed on Tuesday, a security source said.");
  EXPECT_TRUE(u.relevant);
  EXPECT_EQ(u.place.name, "Bamako");
  EXPECT_TRUE(u.place.is_capital);
  EXPECT_EQ(u.killed.min, 77);
  EXPECT_EQ(u.killed.qualifier, Qualifier::at_least);
  EXPECT_TRUE(hits(u, TargetClass::police));
  EXPECT_TRUE(hits(u, TargetClass::school));
  EXPECT_TRUE(hits(u, TargetClass::airport));
  ASSERT_TRUE(actor(u, "unknown_armed_men"));
  EXPECT_EQ(actor(u, "unknown_armed_men")->role, ActorRole::perpetrator);
  EXPECT_EQ(iso_date(*u.event_date), "2024-09-17");
}

TEST_F(Reads, the_end_of_an_incident_and_a_retraction_are_said) {
  const auto over =
      read("fr", "Bamako : l'armée affirme que la situation est sous contrôle",
           "L'attaque de l'école de gendarmerie et de l'aéroport de Bamako est terminée, selon l'état-major.");
  ASSERT_FALSE(over.reports.empty());
  EXPECT_TRUE(over.reports[0].says_ended);
  const auto freed =
      read("en", "Kidnapped aid workers in Niger have been freed",
           "Two aid workers kidnapped near Tillaberi on Monday have been freed, their organisation said.");
  ASSERT_FALSE(freed.reports.empty());
  EXPECT_TRUE(freed.reports[0].says_ended);
  const auto back = read("en", "Agency withdraws its report of an attack in Gao",
                         "An attack in Gao on Tuesday was reported in error.");
  ASSERT_FALSE(back.reports.empty());
  EXPECT_TRUE(back.reports[0].says_retracted);
}

TEST_F(Reads, a_short_line_without_a_language_is_read_in_its_own) {
  EXPECT_EQ(read("", "", "Gunmen attacked a hotel in Bamako on Tuesday, killing five").language, "en");
  EXPECT_EQ(read("", "", "Militants storm Niamey airport").language, "en");
  EXPECT_EQ(read("", "", "Des hommes armés attaquent un hôtel à Bamako").language, "fr");
}

TEST_F(Reads, a_claim_names_the_claimant) {
  const auto u = read("fr", "Le Jnim revendique l'attaque de Bamako",
                      "Le JNIM a revendiqu\u00e9 l'attaque contre l'\u00e9cole de gendarmerie.");
  ASSERT_TRUE(actor(u, "jnim"));
  EXPECT_EQ(actor(u, "jnim")->role, ActorRole::claims);
  EXPECT_TRUE(hits(u, TargetClass::gendarmerie));
}

TEST_F(Reads, groups_in_one_sentence_add_up_and_parts_do_not) {
  EXPECT_EQ(read("en", "", "Five soldiers and two policemen were killed in an ambush near Gao.").killed.min, 7);
  EXPECT_EQ(read("en", "", "Twelve people, including three children, were killed in an attack on a village near Djibo.")
                .killed.min,
            12);
  EXPECT_EQ(read("fr", "", "Soixante-dix-sept personnes ont \u00e9t\u00e9 tu\u00e9es dans une attaque \u00e0 Bamako.")
                .killed.min,
            77);
}

TEST_F(Reads, the_singular_tells_that_it_was_one) {
  EXPECT_EQ(read("en", "", "The mayor of Gao was shot dead by gunmen on Monday.").killed.min, 1);
  EXPECT_EQ(
      read("fr", "", "Le pr\u00e9fet de M\u00e9naka a \u00e9t\u00e9 assassin\u00e9 lundi par des hommes arm\u00e9s.")
          .killed.min,
      1);
}

TEST_F(Reads, a_drill_a_denial_and_a_fear_are_no_news) {
  EXPECT_FALSE(
      read("en", "Army stages drill simulating attack on Bamako airport", "Soldiers rehearsed on Thursday.").relevant);
  EXPECT_FALSE(
      read("en", "Army denies attack on Gao camp", "The army denied reports of an attack on Monday.").relevant);
  EXPECT_FALSE(
      read("en", "Embassy warns of possible attack in Abuja", "Attacks could hit hotels, the embassy said.").relevant);
}

TEST_F(Reads, an_opinion_weeks_later_tells_of_the_past) {
  const auto u = read("en", "",
                      "On September 17, the al-Qaida affiliate JNIM humiliated the government by attacking a police "
                      "training school in the capital Bamako, as well as the national airport. It appears that at "
                      "least 77 people were killed. Why could nobody prevent it? In my view the junta must talk.",
                      "2024-10-08T00:00:00Z");
  EXPECT_FALSE(u.relevant);
  EXPECT_TRUE(u.mentions_incident);
  ASSERT_FALSE(u.reports.empty());
  EXPECT_EQ(u.reports[0].modality, Modality::retrospective);
  EXPECT_EQ(iso_date(*u.event_date), "2024-09-17");
  EXPECT_EQ(u.killed.min, 77);
}

TEST_F(Reads, nonsense_gives_no_report_and_a_story) {
  const auto u = read("", "", "\xff\xfe \x01 zzz");
  EXPECT_FALSE(u.relevant);
  EXPECT_TRUE(u.reports.empty());
  EXPECT_FALSE(u.story.empty());
}

}  // namespace
}  // namespace tocsin
