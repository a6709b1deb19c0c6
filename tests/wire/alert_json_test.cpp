#include "wire/alert_json.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "wire/arbitrary.hpp"

namespace tocsin {

namespace {

Millis at(const char* rfc3339_time) {
  return *parse_rfc3339(rfc3339_time);
}

Telling telling(const char* publisher, std::optional<std::int64_t> killed) {
  Telling t;
  t.feed = lower_ascii(publisher);
  t.publisher = publisher;
  t.title = "Gunmen enter the town";
  t.published = at("2024-09-17T05:40:00Z");
  t.killed = {killed, std::nullopt, killed ? Qualifier::at_least : Qualifier::unknown, ""};
  return t;
}

Incident bamako() {
  Incident incident;
  incident.id = "i0000000000000001";
  incident.revision = 3;
  incident.code = "4F2K";
  incident.type = EventType::attack;
  incident.types = {EventType::attack, EventType::armed_clash};
  incident.place.name = "Bamako";
  incident.place.country = "ML";
  incident.place.at = LatLon{12.65, -8};
  incident.place.precision = Precision::place;
  incident.event_time = {at("2024-09-17T05:00:00Z"), at("2024-09-17T06:00:00Z"), TimePrecision::hour};
  incident.targets = {{TargetClass::airport, "the airport"}};
  incident.actors = {{"jnim", "JNIM", ActorGroup::jihadist, ActorRole::claims}};
  incident.killed = {77, 77, std::nullopt, Qualifier::at_least};
  incident.tellings = {telling("Wire", 77), telling("Radio", std::nullopt)};
  incident.publishers = 2;
  incident.reliability = 'B';
  incident.credibility = 2;
  return incident;
}

Alert bamako_alert() {
  Alert alert;
  alert.code = "4F2K";
  alert.msg_type = MsgType::Update;
  alert.rule = "attack-on-capital";
  alert.rules = {"attack-on-capital", "attack-on-airport"};
  alert.severity = Severity::Extreme;
  alert.grade = "B2";
  alert.headline = {{"en", "Attack in Bamako"}};
  alert.incident = bamako();
  alert.changed = {"killed 20 > 77"};
  alert.sent = at("2024-09-17T09:00:01Z");
  alert.key = "k1";
  return alert;
}

}  // namespace

TEST(AlertJson, has_the_keys_of_the_contract_in_their_order) {
  EXPECT_EQ(
      to_json(bamako_alert()),
      R"({"code":"4F2K","msg_type":"Update","status":"Actual","rule":"attack-on-capital",)"
      R"("rules":["attack-on-capital","attack-on-airport"],"unconfirmed":false,"severity":"Extreme","urgency":"Unknown",)"
      R"("certainty":"Unknown","grade":"B2","tlp":"TLP:GREEN","headline":{"en":"Attack in Bamako","fr":null},)"
      R"("incident":{"id":"i0000000000000001","revision":3,"status":"developing","type":"attack","country":"ML",)"
      R"("place":"Bamako","lat":12.65,"lon":-8.0,"precision":"place",)"
      R"("event_time":{"from":"2024-09-17T05:00:00Z","to":"2024-09-17T06:00:00Z","precision":"hour"},)"
      R"("killed":{"min":77,"best":77,"max":null,"qualifier":"at_least","by_source":[{"publisher":"Wire","feed":"wire",)"
      R"("min":77,"max":null,"qualifier":"at_least","published":"2024-09-17T05:40:00Z"}]},)"
      R"("injured":{"min":null,"best":null,"max":null,"qualifier":"unknown","by_source":[]},)"
      R"("abducted":{"min":null,"best":null,"max":null,"qualifier":"unknown","by_source":[]},)"
      R"("actors":[{"id":"jnim","name":"JNIM","group":"jihadist","role":"claims"}],)"
      R"("targets":[{"class":"airport","text":"the airport"}],"publishers":2,"contested":false},)"
      R"("system":null,"changed":["killed 20 > 77"],"nearest_asset":null,"action":null,"why":[],)"
      R"("sources":[{"feed":"wire","publisher":"Wire","title":"Gunmen enter the town","link":null,)"
      R"("published":"2024-09-17T05:40:00Z"},{"feed":"radio","publisher":"Radio","title":"Gunmen enter the town",)"
      R"("link":null,"published":"2024-09-17T05:40:00Z"}],"recipients":[],"sent":"2024-09-17T09:00:01Z","version":1,)"
      R"("key":"k1"})");
}

TEST(AlertJson, of_a_system_alert_has_no_incident_and_names_the_blind_countries) {
  Alert alert;
  alert.status = AlertStatus::System;
  alert.rule = "system:blind";
  alert.system = SystemNotice{"blind", {"ML", "NE"}, {}};
  const std::string json = to_json(alert);
  EXPECT_NE(json.find(R"("incident":null,"system":{"kind":"blind","countries":["ML","NE"],"feeds":[],"since":null,)"
                      R"("no_network":false})"),
            json.npos);
}

TEST(AlertJson, of_an_incident_goes_on_where_the_alert_stops) {
  const std::string json = to_json(bamako());
  EXPECT_EQ(json.find(R"({"id":"i0000000000000001","revision":3,"status":"developing")"), 0u);
  EXPECT_NE(json.find(R"("code":"4F2K","merged_into":null,"types":["attack","armed_clash"])"), json.npos);
  EXPECT_NE(json.find(R"("grade":"B2")"), json.npos);
}

TEST(AlertJson, is_one_line_and_sound_whatever_the_feed_wrote) {
  Alert alert = bamako_alert();
  alert.incident->tellings[0].title = "a\nb\xff\"\x1b";
  const std::string json = to_json(alert);
  EXPECT_EQ(json.find('\n'), json.npos);
  EXPECT_NE(json.find(R"("a\nb�\"\u001b")"), json.npos);
}

TEST(StoreForm, gives_back_every_field_of_an_incident_an_alert_a_memory_and_an_item) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    test::Arbitrary arbitrary(seed);
    const auto incident = arbitrary.make<Incident>();
    const auto alert = arbitrary.make<Alert>();
    const auto memory = arbitrary.make<AlertMemory>();
    const auto item = arbitrary.make<Item>();
    ASSERT_TRUE(test::same(*incident_from_store(store_form(incident)), incident)) << "seed " << seed;
    ASSERT_TRUE(test::same(*alert_from_store(store_form(alert)), alert)) << "seed " << seed;
    ASSERT_TRUE(test::same(*memory_from_store(store_form(memory)), memory)) << "seed " << seed;
    ASSERT_TRUE(test::same(*item_from_store(store_form(item)), item)) << "seed " << seed;
    const auto norm = arbitrary.make<FeedNorm>();
    ASSERT_TRUE(test::same(*norm_from_store(store_form(norm)), norm)) << "seed " << seed;
  }
}

TEST(StoreForm, reads_what_an_older_or_newer_program_wrote) {
  const auto incident = incident_from_store(R"({"id":"i1","a_later_field":[1,{}]})");
  ASSERT_TRUE(incident);
  EXPECT_EQ(incident->id, "i1");
  EXPECT_EQ(incident->reliability, 'F');
}

TEST(StoreForm, names_the_field_that_is_wrong) {
  const auto said = [](std::string_view json) { return alert_from_store(json).error().message; };
  EXPECT_EQ(said("{"), "stored alert is not JSON");
  EXPECT_EQ(said("[]"), "stored alert: not an object");
  EXPECT_EQ(said(R"({"incident":{"tellings":[{},{"published":"x"}]}})"),
            "stored alert.incident.tellings[1].published: not a whole number");
  EXPECT_EQ(said(R"({"severity":"Dire"})"), "stored alert.severity: unknown word \"Dire\"");
  EXPECT_EQ(said(R"({"version":4294967296})"), "stored alert.version: number out of range");
  EXPECT_EQ(said(R"({"headline":{"en":1}})"), "stored alert.headline.en: not a text");
  EXPECT_EQ(said(R"({"unconfirmed":"yes"})"), "stored alert.unconfirmed: not true or false");
}

TEST(StoreForm, reads_json_however_it_is_written) {
  const auto incident = incident_from_store(
      " {\n\"id\" : \"a\\\"\\u00e9\\ud83d\\ude00\\n\" , \"revision\":2, \"later\":{\"a\":[true,null,-1.5e3,\"}\"]},"
      "\"types\": [ \"attack\" ,\"riot\"], \"code\":\"1\",\"code\":\"2\" }\n");
  ASSERT_TRUE(incident) << incident.error().message;
  EXPECT_EQ(incident->id, "a\"\u00e9\U0001F600\n");
  EXPECT_EQ(incident->revision, 2);
  EXPECT_EQ(incident->types.size(), 2u);
  EXPECT_EQ(incident->code, "2");
}

TEST(StoreForm, gives_rules_an_incident_without_what_they_do_not_read) {
  auto incident = test::Arbitrary(3).make<Incident>();
  incident.tellings.resize(1);
  incident.tellings[0].title = "Gunmen enter the town";
  incident.tellings[0].link = "https://news.example/1";
  incident.story = {"opens a new incident"};
  const auto lean = incident_for_rules(store_form(incident));
  ASSERT_TRUE(lean);
  EXPECT_EQ(lean->tellings.at(0).title, "Gunmen enter the town");
  EXPECT_EQ(lean->tellings[0].published, incident.tellings[0].published);
  EXPECT_EQ(lean->opened, incident.opened);
  EXPECT_EQ(lean->tellings[0].link, "");
  EXPECT_TRUE(lean->tellings[0].sketch.empty());
  EXPECT_TRUE(lean->story.empty());
}

TEST(StoreForm, refuses_what_is_no_json) {
  for (const char* text :
       {"", "{\"id\":\"a}", "{\"id\":\"\xff\"}", "{\"id\":\"a\"}x", "{\"id\" \"a\"}", "{\"later\":tru}",
        "{\"id\":\"\\ud800\"}", "{\"id\":\"\\x\"}", "{\"types\":[\"attack\"", "{\"id\":\"a\nb\"}"})
    EXPECT_EQ(incident_from_store(text).error().message, "stored incident is not JSON") << text;
}

TEST(StoreForm, survives_deep_and_cut_documents) {
  const std::string form = store_form(test::Arbitrary(7).make<Alert>());
  for (std::size_t length = 0; length < form.size(); ++length)
    EXPECT_FALSE(alert_from_store(std::string_view(form).substr(0, length)));
  EXPECT_FALSE(alert_from_store(std::string(200000, '[')));
  EXPECT_FALSE(alert_from_store(R"({"code":)" + std::string(100000, '[') + std::string(100000, ']') + "}"));
}

}  // namespace tocsin
