#include "app/pipeline.hpp"

#include <gtest/gtest.h>

#include "app/past.hpp"
#include "model/unplaced.hpp"

namespace tocsin {
namespace {

constexpr const char* kRules = R"(
rules:
  - rule: attack-on-capital
    when: type in armed_violence and place is capital
    unless: modality != reported or age > 48h
    confirm: publishers >= 2
    severity: Extreme
    notify: [director]
)";

Millis at(const char* when) {
  return *parse_rfc3339(when);
}

/// The pipeline with one rule, two feeds and the real phrase image.
class PipelineTest : public testing::Test {
 protected:
  void SetUp() override {
    organisation.channels = {{.name = "screen", .kind = "terminal"}};
    organisation.recipients = {{.id = "duty", .duty = true, .channels = {"screen"}},
                               {.id = "director", .channels = {"screen"}}};
    RuleWorld names;
    names.organisation = organisation;
    LoadedRules loaded = load_rules({{"rules.yaml", kRules}}, names);
    ASSERT_FALSE(loaded.findings.has_errors());
    rules = loaded.rules;
    pipeline.emplace(understander, rules, organisation);
  }

  static Feed feed(const char* name) {
    Feed f;
    f.id = f.publisher = name;
    f.language = "en";
    f.reliability = 'C';
    return f;
  }

  static Item item(const char* id, const char* title, const char* text, const char* published) {
    Item i;
    i.id = id;
    i.title = title;
    i.text = text;
    i.language = "en";
    i.published = at(published);
    return i;
  }

  Commit hears(const char* source, const Item& i, bool may_alert = true) {
    return pipeline->take(feed(source), {{i, may_alert}}, *i.published + kMinute);
  }

  const Item first = item("1", "Gunmen attack police station in Mali's capital",
                          "Gunmen attacked a police station in Bamako before dawn on Tuesday, residents said.",
                          "2024-09-17T05:40:00Z");

  Understander understander = Understander::open(TOCSIN_BINARY_DIR "/tocsin.image").value();
  Organisation organisation;
  RuleSet rules;
  std::optional<Pipeline> pipeline;
};

TEST_F(PipelineTest, an_item_its_incident_its_alert_and_its_deliveries_are_one_commit) {
  const Commit c = hears("wire", first);
  ASSERT_EQ(c.items.size(), 1u);
  ASSERT_EQ(c.incidents.size(), 1u);
  ASSERT_EQ(c.alerts.size(), 1u);
  ASSERT_EQ(c.deliveries.size(), 1u);
  EXPECT_EQ(c.items[0].incident, c.incidents[0].id);
  EXPECT_EQ(c.incidents[0].code, c.alerts[0].code);
  EXPECT_EQ(c.deliveries[0].recipient, "duty");
  EXPECT_TRUE(c.alerts[0].unconfirmed);
}

TEST_F(PipelineTest, a_second_origin_confirms_and_the_same_publisher_does_not) {
  hears("wire", first);
  Item again = first;
  again.id = "2";
  EXPECT_TRUE(hears("wire", again).alerts.empty());
  const Commit c = hears("radio", item("3", "Heavy gunfire in Bamako as police post is attacked",
                                       "Residents of Bamako woke to an attack by gunmen on a police post on Tuesday.",
                                       "2024-09-17T06:10:00Z"));
  ASSERT_EQ(c.alerts.size(), 1u);
  EXPECT_EQ(c.alerts[0].msg_type, MsgType::Update);
  EXPECT_FALSE(c.alerts[0].unconfirmed);
}

TEST_F(PipelineTest, the_backlog_makes_incidents_but_wakes_nobody) {
  const Commit c = hears("wire", first, false);
  EXPECT_EQ(c.incidents.size(), 1u);
  EXPECT_TRUE(c.alerts.empty());
}

TEST_F(PipelineTest, several_items_of_one_poll_make_one_alert) {
  Item second =
      item("2", "Death toll of Bamako police station attack rises to nine",
           "Nine people were killed in Tuesday's attack on a police station in Bamako.", "2024-09-17T09:40:00Z");
  const Commit c = pipeline->take(feed("wire"), {{second, true}, {first, true}}, at("2024-09-17T09:41:00Z"));
  EXPECT_EQ(c.items.size(), 2u);
  ASSERT_EQ(c.alerts.size(), 1u);
  EXPECT_EQ(c.alerts[0].incident->killed.best, 9);
}

TEST_F(PipelineTest, what_was_told_before_a_restart_is_not_told_again) {
  const Commit before = hears("wire", first);
  Pipeline after(understander, rules, organisation);
  after.remember(before.incidents, before.memories);
  Item repeated = first;
  repeated.id = "9";
  EXPECT_TRUE(after.take(feed("wire"), {{repeated, true}}, at("2024-09-17T07:00:00Z")).alerts.empty());
}

TEST_F(PipelineTest, a_football_match_is_stored_and_tells_nothing) {
  const Commit c =
      hears("wire", item("5", "Eagles attack tears defence apart in Bamako",
                         "Mali's attack scored three goals in twenty minutes at the stadium.", "2024-09-17T20:00:00Z"));
  EXPECT_EQ(c.items.size(), 1u);
  EXPECT_FALSE(c.items[0].relevant);
  EXPECT_TRUE(c.incidents.empty());
}

TEST_F(PipelineTest, a_deadly_attack_at_no_known_place_is_for_the_duty_officer_and_marked) {
  const Commit c = hears("wire", item("7", "Gunmen kill nine in attack on police post",
                                      "Gunmen attacked a police post before dawn on Tuesday and killed nine officers.",
                                      "2024-09-17T05:40:00Z"));
  ASSERT_EQ(c.alerts.size(), 1u);
  EXPECT_EQ(c.alerts[0].rule, "system:unplaced");
  EXPECT_TRUE(is_unplaced(c.alerts[0]));
  EXPECT_EQ(c.alerts[0].recipients, std::vector<std::string>{"duty"});
  EXPECT_EQ(c.alerts[0].why.front(), "UNPLACED: no place is known");
}

TEST_F(PipelineTest, what_happened_somewhere_without_harm_wakes_nobody) {
  const Commit c = hears(
      "wire", item("8", "Gunmen attack police post",
                   "Gunmen attacked a police post before dawn on Tuesday, residents said.", "2024-09-17T05:40:00Z"));
  ASSERT_EQ(c.incidents.size(), 1u);
  EXPECT_TRUE(c.alerts.empty());
}

TEST(Past, keeps_the_latest_revision_and_forgets_the_old) {
  Past past;
  Incident i;
  i.id = "a";
  i.opened = 1000;
  past.add({i});
  i.revision = 2;
  past.add({i});
  int seen = 0;
  past.visit(0, 2000, [&](const Incident& found) { seen += static_cast<int>(found.revision); });
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(past.since(), 1000);
  past.forget_before(1001);
  past.visit(0, 2000, [&](const Incident&) { ADD_FAILURE(); });
}

}  // namespace
}  // namespace tocsin
