#include "app/history_command.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin {

namespace {

Millis at(const char* time) {
  return *parse_rfc3339(time);
}

Telling telling(const char* publisher, const char* title) {
  Telling t;
  t.feed = lower_ascii(publisher);
  t.publisher = publisher;
  t.title = title;
  t.link = "https://news.example.org/1";
  return t;
}

Incident bamako() {
  Incident incident;
  incident.id = "i1";
  incident.revision = 1;
  incident.code = "4F2K";
  incident.type = EventType::attack;
  incident.types = {EventType::attack};
  incident.place.name = "Bamako";
  incident.place.country = "ML";
  incident.place.at = LatLon{12.65, -8};
  incident.event_time.from = at("2024-09-17T05:00:00Z");
  incident.killed = {77, 77, std::nullopt, Qualifier::at_least};
  incident.actors = {{"jnim", "JNIM", ActorGroup::jihadist, ActorRole::claims}};
  incident.tellings = {telling("Wire, Inc", "=HYPERLINK(\"http://evil.example\")"), telling("Radio", "Tirs à Faladié")};
  incident.publishers = 2;
  incident.updated = at("2024-09-17T09:00:00Z");
  return incident;
}

Alert alert(MsgType type, int version, Millis sent) {
  Alert a;
  a.code = "4F2K";
  a.key = "i1-v" + std::to_string(version);
  a.msg_type = type;
  a.version = version;
  a.rule = "attack-on-capital";
  a.rules = {a.rule};
  a.severity = Severity::Extreme;
  a.unconfirmed = version == 1;
  a.headline = {{"en", "@Attack in Bamako"}};
  a.incident = bamako();
  a.sent = sent;
  return a;
}

class HistoryCommand : public testing::Test {
 protected:
  HistoryCommand() {
    Alert blind;
    blind.code = "BLND";
    blind.key = "blind";
    blind.status = AlertStatus::System;
    blind.rule = "system:blind";
    blind.system = SystemNotice{"blind", {"NE", "BF"}, {}};
    blind.sent = at("2024-09-10T00:00:00Z");
    StoredItem item;
    item.feed = "radio";
    item.publisher = "Radio";
    item.item.id = "a";
    item.item.title = "Tirs \x1b[31m\nà Faladié";
    item.item.authors = {"Rédaction"};
    item.country = "ML";
    item.received = at("2024-09-17T05:12:00Z");
    EXPECT_TRUE(store->commit({.items = {item},
                               .incidents = {bamako()},
                               .alerts = {blind, alert(MsgType::Alert, 1, at("2024-09-17T05:45:00Z")),
                                          alert(MsgType::Update, 2, at("2024-09-17T09:00:00Z"))}}));
  }

  HistoryAnswer ask(HistoryOptions options) { return history(*store, options, at("2024-09-18T00:00:00Z")); }
  std::string out(const char* what, const char* form) {
    HistoryOptions options;
    options.what = what;
    options.form = form;
    const auto answer = ask(options);
    EXPECT_EQ(answer.exit_code, kDone) << answer.err;
    return answer.out;
  }

  std::unique_ptr<Store> store = std::move(*open_sqlite(":memory:"));
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}
std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_F(HistoryCommand, shows_alerts_as_a_table_that_fits_the_eye) {
  EXPECT_EQ(out("alerts", "table"),
            "CODE  SENT               WHAT    SEVERITY  TYPE    PLACE       KILLED  SOURCES\n"
            "4F2K  2024-09-17 09:00Z  Update  Extreme   attack  Bamako, ML  77+     Wire, Inc; Radio\n"
            "4F2K  2024-09-17 05:45Z  Alert   Extreme?  attack  Bamako, ML  77+     Wire, Inc; Radio\n"
            "BLND  2024-09-10 00:00Z  Alert   Unknown   blind   NE BF\n");
}

TEST_F(HistoryCommand, a_feed_cannot_steer_the_terminal) {
  EXPECT_EQ(out("items", "table"),
            "RECEIVED           FEED   TYPE  PLACE  TITLE\n"
            "2024-09-17 05:12Z  radio        ML     Tirs [31m à Faladié\n");
}

TEST_F(HistoryCommand, every_form_of_the_registry_answers_for_every_kind_it_takes) {
  for (const HistoryForm& form : history_forms()) {
    EXPECT_FALSE(form.help.empty()) << form.name;
    for (const auto kind : kHistoryKinds.names) {
      HistoryOptions options;
      options.what = kind;
      options.form = form.name;
      const auto answer = ask(options);
      const bool taken = !form.alerts_only || kind == "alerts";
      EXPECT_EQ(answer.exit_code, taken ? kDone : kUsage) << form.name << " of " << kind << ": " << answer.err;
      EXPECT_EQ(answer.out.empty(), !taken) << form.name << " of " << kind;
    }
  }
}

TEST_F(HistoryCommand, json_is_one_object_a_line) {
  EXPECT_EQ(lines(out("alerts", "json")), 3u);
  EXPECT_EQ(out("incidents", "json").find(R"({"id":"i1","revision":1,)"), 0u);
  const std::string item = out("items", "json");
  EXPECT_EQ(lines(item), 1u);
  EXPECT_TRUE(has(item, R"("authors":["Rédaction"])"));
  EXPECT_TRUE(has(item, R"("feed":"radio","publisher":"Radio","received":"2024-09-17T05:12:00Z")")) << item;
}

TEST_F(HistoryCommand, csv_quotes_and_disarms_what_a_spreadsheet_would_run) {
  const std::string csv = out("alerts", "csv");
  EXPECT_EQ(csv.find("time,occurred,code,"), 0u);
  EXPECT_TRUE(has(csv, ",'@Attack in Bamako,")) << csv;
  EXPECT_TRUE(has(csv, "\"Wire, Inc; Radio\""));
  EXPECT_TRUE(has(csv, ",12.65,-8,")) << "numbers stay numbers";
  EXPECT_EQ(lines(csv), 4u);
}

TEST(CsvRecord, keeps_to_rfc_4180_and_guards_each_formula_sign) {
  const std::vector<Cell> cells{std::string("a\"b"),
                                std::string("=1+1"),
                                std::string("＋1"),
                                std::string("-2"),
                                std::int64_t{-2},
                                std::string("+33 1 23,4"),
                                Cell(),
                                std::string("a=b")};
  EXPECT_EQ(csv_record(cells), "\"a\"\"b\",'=1+1,'＋1,'-2,-2,\"'+33 1 23,4\",,a=b\r\n");
}

TEST_F(HistoryCommand, hxl_has_a_row_of_tags_under_the_headings_and_alpha_3_countries) {
  const std::string hxl = out("incidents", "hxl");
  const auto rows = split(hxl, '\n');
  EXPECT_EQ(rows[1].find("#date+reported,#date+occurred,#event+code,"), 0u);
  EXPECT_EQ(std::count(rows[0].begin(), rows[0].end(), ','), std::count(rows[1].begin(), rows[1].end(), ','));
  EXPECT_EQ(rows[2].find("2024-09-17T09:00:00Z,2024-09-17T05:00:00Z,4F2K,"), 0u) << rows[2];
  for (const char* tag :
       {"#event+type", "#group+name", "#country+code", "#loc+name", "#geo+lat", "#geo+lon", "#affected+killed,",
        "#severity+code", "#meta+source", "#meta+url", "#meta+id", "#status+code"})
    EXPECT_TRUE(has(std::string(rows[1]), tag)) << tag;
}

TEST_F(HistoryCommand, geojson_puts_longitude_first_and_keeps_what_has_no_place) {
  const std::string geojson = out("alerts", "geojson");
  EXPECT_TRUE(has(geojson, R"("geometry":{"type":"Point","coordinates":[-8.0,12.65]})")) << geojson;
  EXPECT_TRUE(has(geojson, R"({"type":"Feature","geometry":null,"properties":)"));
  EXPECT_EQ(lines(geojson), 1u);
}

TEST_F(HistoryCommand, cap_refers_from_the_update_to_the_first_alert_even_when_that_is_filtered_out) {
  HistoryOptions options;
  options.form = "cap";
  options.limit = 1;
  const auto answer = ask(options);
  EXPECT_TRUE(has(answer.out, "<references>tocsin,i1-v1,2024-09-17T05:45:00-00:00</references>")) << answer.out;
  EXPECT_EQ(answer.out.find("<?xml"), 0u);
}

TEST_F(HistoryCommand, filters_by_time_country_rule_and_words) {
  const auto codes = [&](HistoryOptions options) {
    options.form = "csv";
    return lines(ask(options).out) - 1;
  };
  EXPECT_EQ(codes({.since = "1d"}), 2u);
  EXPECT_EQ(codes({.since = "2024-09-17T06:00:00Z"}), 1u);
  EXPECT_EQ(codes({.since = "2024-09-10"}), 3u);
  EXPECT_EQ(codes({.country = "ne"}), 1u);
  EXPECT_EQ(codes({.country = "Mali"}), 2u);
  EXPECT_EQ(codes({.rule = "system:blind"}), 1u);
  EXPECT_EQ(codes({.text = "faladie radio"}), 2u);
  EXPECT_EQ(codes({.limit = 1}), 1u);
}

TEST_F(HistoryCommand, a_word_that_is_no_filter_is_a_usage_error_that_helps) {
  const auto said = [&](const HistoryOptions& options) {
    const auto answer = ask(options);
    EXPECT_EQ(answer.exit_code, kUsage);
    EXPECT_TRUE(answer.out.empty());
    return answer.err;
  };
  EXPECT_TRUE(has(said({.since = "yesterday"}), "--since yesterday: not a span (30m, 48h, 7d)"));
  EXPECT_TRUE(has(said({.country = "XX"}), "--country XX: no such country")) << said({.country = "XX"});
  EXPECT_TRUE(has(said({.country = "Burkina Fasso"}), "did you mean \"burkina faso\"?"));
  EXPECT_TRUE(has(said({.what = "incidents", .form = "cap"}), "use `tocsin alerts --cap`"));
}

TEST_F(HistoryCommand, of_nothing_is_still_a_whole_document) {
  store = std::move(*open_sqlite(":memory:"));
  EXPECT_EQ(out("alerts", "geojson"), "{\"type\":\"FeatureCollection\",\"features\":[]}\n");
  EXPECT_EQ(out("alerts", "json"), "");
  EXPECT_EQ(lines(out("alerts", "hxl")), 2u);
}

}  // namespace tocsin
