#include "settings/settings.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>  // setenv
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "settings/rows.hpp"

namespace tocsin {
namespace {

namespace fs = std::filesystem;

/// A folder that goes when the test goes.
class SettingsTest : public ::testing::Test {
 protected:
  SettingsTest() : folder_(fs::path(::testing::TempDir()) / ("settings-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~SettingsTest() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), 0600);
    return path.string();
  }
  /// tocsin.yaml with this text; every load without shipped data.
  LoadedSettings load(const std::string& text) { return load_settings(write("tocsin.yaml", text), ""); }
  /// "FILE:LINE:COL CODE" of every finding, file without its folder.
  std::vector<std::string> findings(const std::string& text) {
    std::vector<std::string> out;
    const auto loaded = load(text);
    for (const auto& d : loaded.findings.all())
      out.push_back(fs::path(d.file).filename().string() + ":" + std::to_string(d.at.line) + ":" +
                    std::to_string(d.at.column) + " " + d.code);
    return out;
  }
  static std::string all_messages(const LoadedSettings& loaded) {
    std::string out;
    for (const auto& d : loaded.findings.all())
      out += pretty(d, loaded.sources.contains(d.file) ? loaded.sources.at(d.file) : "");
    return out;
  }
  fs::path folder_;
};
using Findings = std::vector<std::string>;

const std::string kSomebody =
    "channels: {screen: {kind: terminal}}\nrecipients: {duty: {duty: yes, channels: screen}}\n";

std::string source_dir(const std::string& path) {
  return std::string(TOCSIN_SOURCE_DIR) + "/" + path;
}

TEST_F(SettingsTest, an_empty_file_means_the_defaults) {
  const auto loaded = load("");
  EXPECT_EQ(all_messages(loaded), "");
  ASSERT_EQ(loaded.settings.organisation.recipients.size(), 1u);
  EXPECT_EQ(loaded.settings.organisation.recipients[0].id, "duty-officer");
  EXPECT_TRUE(loaded.settings.organisation.recipients[0].duty);
  EXPECT_EQ(loaded.settings.organisation.channels[0].kind, "terminal");
  EXPECT_EQ(loaded.settings.blind_after, kHour);
}

TEST_F(SettingsTest, a_mapping_is_a_presets_name_or_fields_that_know_their_places) {
  const auto loaded = load(kSomebody +
                           "feeds:\n"
                           "  a: {url: 'https://a.example/', mapping: gdelt}\n"
                           "  b:\n"
                           "    url: https://b.example/\n"
                           "    mapping:\n"
                           "      kind: html\n"
                           "      items: li.news\n"
                           "      only: ['h2 = Alert|Warning']\n");
  EXPECT_EQ(all_messages(loaded), "");
  ASSERT_EQ(loaded.settings.feeds.size(), 2u);
  EXPECT_EQ(loaded.settings.feeds[0].mapping->preset, "gdelt");
  EXPECT_EQ(loaded.mapping_places.at("a").value("preset"), (Position{4, 43}));
  EXPECT_EQ(loaded.settings.feeds[1].mapping->items, "li.news");
  EXPECT_EQ(loaded.settings.feeds[1].mapping->only, (std::vector<std::string>{"h2 = Alert|Warning"}));
  EXPECT_EQ(loaded.mapping_places.at("b").value("items"), (Position{9, 14}));
  EXPECT_EQ(findings(kSomebody + "feeds:\n  b: {url: 'https://b.example/', mapping: {kind: xls, titel: h2}}\n"),
            (Findings{"tocsin.yaml:4:50 S006", "tocsin.yaml:4:55 S003"}));
}

TEST_F(SettingsTest, reads_every_kind_of_value) {
  const auto loaded = load(kSomebody +
                           "log: debug\nkeep: 30d\npoll_max_size: 2MiB\npolls_at_once: 4\nshipped_rules: no\n"
                           "lists: {watched: [ML, sahel]}\n"
                           "feeds:\n  radio: {url: https://radio.example/feed, language: fr, reliability: B, "
                           "countries: [ML], tags: [mali], interval: 10m, note: x}\n"
                           "assets: {office-gao: {kind: office, country: ML, at: [16.272, -0.045]}}\n"
                           "roads: {rn17: {line: [[16, 0], [15.5, 0.5]]}}\n"
                           "zones: {z: {polygon: [[1, 1], [2, 1], [1, 2]]}}\n");
  EXPECT_EQ(all_messages(loaded), "");
  const auto& s = loaded.settings;
  EXPECT_EQ(s.log, "debug");
  EXPECT_EQ(s.keep, 30 * kDay);
  EXPECT_EQ(s.poll_max_size, 2 << 20);
  EXPECT_FALSE(s.shipped_rules);
  EXPECT_EQ(s.lists.at("watched"), (std::vector<std::string>{"ML", "sahel"}));
  ASSERT_EQ(s.feeds.size(), 1u);
  EXPECT_EQ(s.feeds[0].id, "radio");
  EXPECT_EQ(s.feeds[0].publisher, "radio");
  EXPECT_EQ(s.feeds[0].reliability, 'B');
  EXPECT_EQ(s.feeds[0].interval, 10 * kMinute);
  EXPECT_EQ(s.organisation.assets[0].code, "OFFICE-GAO");
  EXPECT_EQ(s.organisation.assets[0].at, (LatLon{16.272, -0.045}));
  EXPECT_EQ(s.organisation.roads[0].line.size(), 2u);
  EXPECT_EQ(s.organisation.zones[0].polygon.size(), 3u);
}

TEST_F(SettingsTest, names_the_place_of_every_mistake_in_one_run) {
  EXPECT_EQ(
      findings(kSomebody + "blind_afer: 60m\n"                // 3
                           "log: loud\n"                      // 4
                           "keep: tomorrow\n"                 // 5
                           "polls_at_once: 0\n"               // 6
                           "feeds:\n"                         // 7
                           "  a: {ulr: https://a.example}\n"  // 8
                           "  b: {url: ftp://b.example, countries: [MLI]}\n"),
      (Findings{"tocsin.yaml:3:1 S003", "tocsin.yaml:4:6 S006", "tocsin.yaml:5:7 S005", "tocsin.yaml:6:16 S005",
                "tocsin.yaml:8:3 S004", "tocsin.yaml:8:7 S003", "tocsin.yaml:9:12 S005", "tocsin.yaml:9:41 S006"}));
}

TEST_F(SettingsTest, offers_the_nearest_word) {
  const std::string messages = all_messages(
      load(kSomebody + "blind_afer: 60m\nlog: wanring\nfeeds: {b: {url: https://b.example, countries: [MLI]}}\n"));
  EXPECT_NE(messages.find("did you mean \"blind_after\""), std::string::npos) << messages;
  EXPECT_NE(messages.find("did you mean \"warning\""), std::string::npos) << messages;
  EXPECT_NE(messages.find("did you mean \"ML\""), std::string::npos) << messages;
}

TEST_F(SettingsTest, the_same_name_twice_is_an_error_in_one_file_and_over_two) {
  EXPECT_EQ(findings(kSomebody + "assets:\n  a: {kind: office, at: [1, 1]}\n  a: {kind: office, at: [1, 1]}\n"),
            Findings{"tocsin.yaml:5:3 Y004"});
  write("more.yaml", "feeds:\n  a: {url: https://b.example}\n");
  EXPECT_EQ(findings(kSomebody + "feeds:\n  - a: {url: https://a.example}\n  - more.yaml\n"),
            Findings{"more.yaml:2:3 S007"});
}

TEST_F(SettingsTest, sections_are_read_from_files_and_folders) {
  write("feeds/one.yaml", "feeds: {a: {url: https://a.example}}\n");
  write("feeds/two.yaml", "feeds: {b: {url: https://b.example}}\n");
  write("feeds/readme.txt", "no feed\n");
  write("places.yaml", "assets: {o: {kind: office, at: [1, 1]}}\nroads: {r: {line: [[1, 1], [2, 2]]}}\n");
  const auto loaded = load(kSomebody + "feeds: [feeds]\nassets: [places.yaml]\nroads: [places.yaml]\n");
  EXPECT_EQ(all_messages(loaded), "");
  EXPECT_EQ(loaded.settings.feeds.size(), 2u);
  EXPECT_EQ(loaded.settings.organisation.roads.size(), 1u);
}

TEST_F(SettingsTest, a_file_that_is_missing_or_lacks_its_section_is_an_error_where_it_is_named) {
  write("places.yaml", "asets: {}\n");
  EXPECT_EQ(
      findings(kSomebody + "feeds: [nowhere]\nassets: [places.yaml]\nrules: [none.yaml]\n"),
      (Findings{"places.yaml:1:1 S003", "tocsin.yaml:3:9 S001", "tocsin.yaml:4:10 S004", "tocsin.yaml:5:9 S001"}));
}

TEST_F(SettingsTest, a_configuration_that_is_not_there_is_one_clear_error) {
  const auto loaded = load_settings((folder_ / "absent.yaml").string(), "");
  EXPECT_TRUE(loaded.findings.has_errors());
  EXPECT_NE(all_messages(loaded).find("No such file"), std::string::npos);
}

TEST_F(SettingsTest, feeds_can_be_switched_off_by_name) {
  write("feeds.yaml", "feeds: {a: {url: https://a.example}, b: {url: https://b.example}}\n");
  const auto loaded = load(kSomebody + "feeds: [feeds.yaml]\nfeeds_off: [a]\n");
  EXPECT_EQ(all_messages(loaded), "");
  EXPECT_EQ(loaded.settings.feeds.size(), 1u);
  EXPECT_EQ(findings(kSomebody + "feeds: [feeds.yaml]\nfeeds_off: [c]\n"), Findings{"tocsin.yaml:4:13 S006"});
}

TEST_F(SettingsTest, feed_files_in_feeds_d_are_read_although_nobody_names_them) {
  write("feeds.d/added.yaml", "feeds: {a: {url: https://a.example}, s: {url: https://mine.example}}\n");
  write("data/config/feeds/sahel.yaml", "feeds: {s: {url: https://shipped.example}}\n");
  const auto loaded = load_settings(write("tocsin.yaml", kSomebody), (folder_ / "data").string());
  EXPECT_EQ(all_messages(loaded), "");
  ASSERT_EQ(loaded.settings.feeds.size(), 2u);
  EXPECT_EQ(loaded.settings.feeds[1].url, "https://mine.example");
  EXPECT_EQ(findings(kSomebody + "feeds: [feeds.d]\n"), Findings{});
  EXPECT_EQ(findings(kSomebody + "feeds: {a: {url: https://b.example}}\n"), Findings{"added.yaml:1:9 S007"});
}

TEST_F(SettingsTest, a_feed_that_is_not_enabled_waits_until_it_is_asked_for_by_name) {
  write("feeds.yaml", "feeds: {a: {url: https://a.example}, b: {url: https://b.example, enabled: no, proof: D}}\n");
  const auto waits = load(kSomebody + "feeds: [feeds.yaml]\n");
  EXPECT_EQ(all_messages(waits), "");
  ASSERT_EQ(waits.settings.feeds.size(), 1u);
  ASSERT_EQ(waits.settings.idle_feeds.size(), 1u);
  EXPECT_EQ(waits.settings.idle_feeds[0].proof, 'D');
  EXPECT_EQ(load(kSomebody + "feeds: [feeds.yaml]\nfeeds_on: [b]\n").settings.feeds.size(), 2u);
  EXPECT_EQ(findings(kSomebody + "feeds: [feeds.yaml]\nfeeds_on: [c]\n"), Findings{"tocsin.yaml:4:12 S006"});
}

TEST_F(SettingsTest, shipped_feeds_are_chosen_by_region_and_replaced_by_name) {
  write("data/config/feeds/sahel.yaml", "feeds: {a: {url: https://a.example}, b: {url: https://b.example}}\n");
  write("data/config/feeds/asia.yaml", "feeds: {c: {url: https://c.example}}\n");
  const auto polled = [&](const std::string& text) {
    const auto loaded = load_settings(write("tocsin.yaml", kSomebody + text), (folder_ / "data").string());
    std::string out = all_messages(loaded);
    for (const auto& feed : loaded.settings.feeds) out += feed.id + " " + feed.url.substr(8) + ", ";
    return out;
  };
  EXPECT_EQ(polled(""), "c c.example, a a.example, b b.example, ");
  EXPECT_EQ(polled("shipped_feeds: [asia]\n"), "c c.example, ");
  EXPECT_EQ(polled("shipped_feeds: []\n"), "");
  EXPECT_EQ(polled("feeds: {a: {url: https://mine.example}}\n"), "a mine.example, ");
  EXPECT_EQ(polled("shipped_feeds: sahel\nfeeds: {a: {url: https://mine.example}}\n"), "a mine.example, b b.example, ");
  EXPECT_NE(polled("shipped_feeds: [sahl]\n").find("did you mean \"sahel\""), std::string::npos);
}

TEST_F(SettingsTest, only_a_feed_of_ones_own_network_may_be_polled_every_second) {
  EXPECT_EQ(findings(kSomebody + "feeds: {a: {url: https://a.example, interval: 1s}}\n"),
            Findings{"tocsin.yaml:3:47 S005"});
  EXPECT_EQ(findings(kSomebody + "feeds: {a: {url: http://127.0.0.1/, interval: 1s, allow_private_address: yes}}\n"),
            Findings{});
}

TEST_F(SettingsTest, a_recipient_needs_a_channel_that_exists_and_somebody_must_be_on_duty) {
  EXPECT_EQ(findings("channels: {screen: {kind: terminal}}\nrecipients:\n  a: {channels: [scren]}\n  b: {channels: "
                     "[]}\n  c: {}\n"),
            (Findings{"tocsin.yaml:1:1 S010", "tocsin.yaml:1:12 S015", "tocsin.yaml:3:17 S006", "tocsin.yaml:4:17 S009",
                      "tocsin.yaml:5:3 S004"}));
}

TEST_F(SettingsTest, a_syntax_error_is_not_followed_by_complaints_about_what_could_not_be_read) {
  EXPECT_EQ(findings("channels: {screen: {kind: terminal}\nrecipients:\n"), Findings{"tocsin.yaml:2:1 Y002"});
}

TEST_F(SettingsTest, channels_keep_their_options_as_texts_with_places) {
  const auto loaded = load(
      "channels:\n  m: {kind: mail, url: smtp://r, to: [a@x.example, b@x.example], ca_file: ca.pem}\n"
      "  e: {kind: exec, command: [/bin/cat, -n]}\n"
      "recipients: {d: {duty: yes, channels: [m, e]}}\n");
  EXPECT_EQ(all_messages(loaded), "");
  const auto& channels = loaded.settings.organisation.channels;
  EXPECT_EQ(channels[0].options.at("to"), "a@x.example, b@x.example");
  EXPECT_EQ(channels[0].options.at("ca_file"), (folder_ / "ca.pem").string());
  EXPECT_EQ(channels[1].command, (std::vector<std::string>{"/bin/cat", "-n"}));
  EXPECT_EQ(loaded.channel_places.at("m").value("url"), (Position{2, 24}));
}

TEST_F(SettingsTest, secrets_come_from_files_only) {
  write("pw", "hunter2\nrest\n");
  const std::string after = "recipients: {d: {duty: yes, channels: m}}\n";
  const auto loaded = load("channels: {m: {kind: mail, password_file: pw}}\n" + after);
  EXPECT_EQ(all_messages(loaded), "");
  EXPECT_EQ(loaded.settings.organisation.channels[0].options.at("password"), "hunter2");
  EXPECT_EQ(findings("channels: {m: {kind: mail, password: hunter2}}\n" + after), Findings{"tocsin.yaml:1:28 S011"});
  EXPECT_EQ(findings("channels: {m: {kind: mail, password_file: none}}\n" + after), Findings{"tocsin.yaml:1:43 S012"});
  ::chmod((folder_ / "pw").c_str(), 0644);
  EXPECT_EQ(findings("channels: {m: {kind: mail, password_file: pw}}\n" + after), Findings{"tocsin.yaml:1:43 S013"});
}

TEST_F(SettingsTest, secrets_are_also_looked_for_among_the_credentials_of_systemd) {
  write("credentials/pw", "s3cret\n");
  ::setenv("CREDENTIALS_DIRECTORY", (folder_ / "credentials").c_str(), 1);
  const auto loaded =
      load("channels: {m: {kind: webhook, secret_file: pw}}\nrecipients: {d: {duty: yes, channels: m}}\n");
  ::unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_EQ(all_messages(loaded), "");
  EXPECT_EQ(loaded.settings.organisation.channels[0].options.at("secret"), "s3cret");
}

TEST_F(SettingsTest, a_secret_is_never_shown_in_a_finding) {
  write("pw", "hunter2\n");
  const std::string messages =
      all_messages(load("channels: {m: {kind: mail, password_file: pw, token_file: none}}\nlog: x\n"));
  EXPECT_EQ(messages.find("hunter2"), std::string::npos);
}

TEST_F(SettingsTest, the_store_lies_where_systemd_says_or_beside_a_checkout) {
  const std::string file = write("tocsin.yaml", kSomebody);
  EXPECT_EQ(load_settings(file, "").settings.store, "/var/lib/tocsin/tocsin.sqlite");
  EXPECT_EQ(load_settings(file, TOCSIN_SOURCE_DIR).settings.store, source_dir("var/tocsin.sqlite"));
  ::setenv("STATE_DIRECTORY", "/state", 1);
  EXPECT_EQ(load_settings(file, TOCSIN_SOURCE_DIR).settings.store, "/state/tocsin.sqlite");
  ::unsetenv("STATE_DIRECTORY");
  EXPECT_EQ(load(kSomebody + "store: my/history.sqlite\n").settings.store, (folder_ / "my/history.sqlite").string());
}

TEST_F(SettingsTest, the_rules_of_the_admin_stand_above_the_shipped_ones) {
  write("data/rules/a.yaml", "rules: []\n");
  write("data/rules/b.yaml", "rules: []\n");
  write("own/c.yaml", "rules: []\n");
  const auto file = write("tocsin.yaml", kSomebody + "rules: [own, data/rules/a.yaml]\n");
  std::string seen;
  const auto loaded = load_settings(file, (folder_ / "data").string());
  for (const auto& rule : loaded.settings.rules)
    seen += fs::path(rule.path).filename().string() + ":" + std::to_string(rule.layer) + " ";
  EXPECT_EQ(seen, "b.yaml:0 c.yaml:1 a.yaml:1 ");
}

TEST_F(SettingsTest, coordinates_are_checked) {
  EXPECT_EQ(findings(kSomebody +
                     "assets:\n  a: {kind: office, at: [-181, 3]}\n  b: {kind: office, at: [1]}\n  c: {kind: office, "
                     "at: [x, nan]}\n"
                     "zones:\n  z: {polygon: [[1, 1], [2, 2]]}\n  w: {polygon: [[1, 179], [2, -179], [3, 179]]}\n"),
            (Findings{"tocsin.yaml:4:26 S005", "tocsin.yaml:5:25 S002", "tocsin.yaml:6:26 S005",
                      "tocsin.yaml:8:16 S005", "tocsin.yaml:9:27 S005"}));
}

TEST_F(SettingsTest, hostile_files_are_findings) {
  for (const char* text :
       {"[]", "a", "? [a]", "recipients: 3", "channels: {a: [b]}", "feeds: [[a]]", "feeds: [..]", "lists: {a: {b: c}}",
        "channels: {a: {kind: {x: y}}}", "channels: {a: {kind: exec, command: x}}", "\xFF\xFE", "feeds: [/dev/null]",
        "recipients: {\"a b\": {}}", "rules: {a: b}", "store: [a, b]", "assets: {a: }"})
    EXPECT_TRUE(load(text).findings.has_errors()) << text;
}

TEST(ShippedConfiguration, has_no_finding_and_one_recipient_on_duty_at_the_terminal) {
  const auto loaded = load_settings("", TOCSIN_SOURCE_DIR);
  for (const auto& d : loaded.findings.all()) ADD_FAILURE() << pretty(d, "");
  EXPECT_GT(loaded.settings.feeds.size(), 50u);
  EXPECT_TRUE(loaded.settings.organisation.assets.empty());
  ASSERT_EQ(loaded.settings.organisation.recipients.size(), 1u);
  EXPECT_EQ(loaded.settings.organisation.recipients[0].id, "duty-officer");
  EXPECT_TRUE(loaded.settings.organisation.recipients[0].duty);
}

TEST(ShippedConfiguration, works_as_well_without_its_file) {
  const auto data = fs::path(::testing::TempDir()) / "data-without-tocsin-yaml";
  fs::create_directories(data / "config");
  fs::copy(source_dir("config/feeds"), data / "config/feeds",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  const auto bare = load_settings("", data.string());
  fs::remove_all(data);
  EXPECT_TRUE(bare.findings.all().empty());
  EXPECT_EQ(bare.settings.feeds.size(), load_settings("", TOCSIN_SOURCE_DIR).settings.feeds.size());
}

TEST(ShippedConfiguration, every_feed_says_who_stands_behind_it) {
  const auto loaded = load_settings("", TOCSIN_SOURCE_DIR);
  for (const auto& feed : loaded.settings.feeds) {
    EXPECT_TRUE(feed.url.starts_with("https://")) << feed.id;
    EXPECT_NE(feed.reliability, 'F') << feed.id;
    EXPECT_EQ(feed.countries.empty() || !feed.tags.empty(), true) << feed.id;
  }
}

TEST(ExampleOrganisation, is_complete_and_without_a_finding) {
  const auto loaded = load_settings(source_dir("config/examples/sahel/tocsin.yaml"), TOCSIN_SOURCE_DIR);
  for (const auto& d : loaded.findings.all()) ADD_FAILURE() << pretty(d, "");
  const auto& o = loaded.settings.organisation;
  const auto has = [](const auto& things, const std::string& id) {
    return std::any_of(things.begin(), things.end(), [&](const auto& t) { return t.id == id; });
  };
  for (const char* id : {"duty-officer", "country-director", "security-lead"}) EXPECT_TRUE(has(o.recipients, id)) << id;
  for (const char* id : {"office-bamako", "office-gao", "office-niamey", "office-ouagadougou"})
    EXPECT_TRUE(has(o.assets, id)) << id;
  EXPECT_TRUE(has(o.roads, "gao-ansongo"));
  EXPECT_TRUE(has(o.zones, "liptako-gourma"));
  EXPECT_EQ(std::count_if(o.recipients.begin(), o.recipients.end(), [](const auto& r) { return r.duty; }), 1);
}

/// The default that a row documents is the one that the code has.
template <class T>
void expect_defaults(const auto& rows) {
  for (const auto& row : rows) {
    if (row.fallback.empty() || row.fallback == "required") continue;
    Diagnostics findings;
    const YamlDocument value = parse_yaml("", row.fallback, findings);
    std::visit(
        [&](auto member) {
          if constexpr (!std::is_same_v<decltype(member), std::nullptr_t> &&
                        !std::is_same_v<decltype(member), std::vector<LatLon> T::*>) {
            T changed;
            EXPECT_TRUE(read(Field{"", row.name, value, row.meaning, row.words, row.range, findings}, changed.*member))
                << row.name;
            EXPECT_TRUE(row.name == "owner" || changed.*member == T{}.*member) << row.name;  // owner: set by the reader
          }
        },
        row.member);
  }
}

TEST(Rows, the_documented_default_is_the_default) {
  expect_defaults<Settings>(kSettingsRows);
  expect_defaults<Feed>(kFeedRows);
  expect_defaults<Mapping>(kMappingRows);
  expect_defaults<Recipient>(kRecipientRows);
  expect_defaults<Asset>(kAssetRows);
  expect_defaults<Road>(kRoadRows);
  expect_defaults<Zone>(kZoneRows);
}

std::string words_text(const auto& row) {
  std::string out(meaning_text(row.meaning));
  if (!row.words.empty()) {
    out.clear();
    for (const auto word : row.words) out += (out.empty() ? "" : ", ") + std::string(word);
  }
  return out;
}

void expect_documented(const std::string& docs, const std::string& title, const auto& rows) {
  const auto begin = docs.find("\n## " + title + "\n");
  ASSERT_NE(begin, std::string::npos) << title;
  const std::string section = docs.substr(begin, docs.find("\n## ", begin + 4) - begin);
  for (const auto& row : rows) {
    const std::string fallback = row.fallback.empty()         ? ""
                                 : row.fallback == "required" ? "required"
                                                              : "`" + std::string(row.fallback) + "`";
    const std::string line = "| `" + std::string(row.name) + "` | " + words_text(row) + " | " + fallback + " | " +
                             std::string(row.help) + " |";
    EXPECT_NE(section.find(line), std::string::npos) << line;
  }
}

TEST(Rows, every_option_is_documented_with_its_type_and_default) {
  std::ifstream file(source_dir("docs/configuration.md"));
  const std::string docs{std::istreambuf_iterator<char>(file), {}};
  expect_documented(docs, "Options", kSettingsRows);
  expect_documented(docs, "feeds", kFeedRows);
  expect_documented(docs, "mapping", kMappingRows);
  expect_documented(docs, "recipients", kRecipientRows);
  expect_documented(docs, "assets", kAssetRows);
  expect_documented(docs, "roads", kRoadRows);
  expect_documented(docs, "zones", kZoneRows);
}

}  // namespace
}  // namespace tocsin
