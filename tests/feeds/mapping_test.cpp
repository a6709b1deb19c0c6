#include "feeds/mapping.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "feeds/cameo.hpp"
#include "feeds/freshness.hpp"
#include "feeds/mapped_kind.hpp"
#include "feeds/parse.hpp"

namespace tocsin {
namespace {
std::string case_text(const std::string& name) {
  std::ifstream in(std::filesystem::path(TOCSIN_SOURCE_DIR) / "tests/cases/mapped" / name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

ParsedFeed read(const std::string& text, const Mapping& mapping, const std::string& address = "https://x.example/a/b") {
  return parse_feed(text, {address, "", 0, &mapping});
}

Mapping preset(const std::string& name) {
  Mapping m;
  m.preset = name;
  return m;
}

Mapping notices() {
  Mapping m;
  m.kind = "html";
  m.items = "#notices tr[data-code]";
  m.id = "@data-code";
  m.title = "{td:first-child}: {td.level}";
  m.link = "td a@href";
  m.published = "td:nth-child(3)";
  return m;
}

Mapping incidents() {
  Mapping m;
  m.kind = "json";
  m.items = "data.items";
  m.feed_title = "meta.name";
  m.id = "id";
  m.title = "attributes.headline";
  m.text = "attributes.body";
  m.link = "href";
  m.published = "attributes.when";
  m.categories = "attributes.tags[]";
  m.lat = "where.lat";
  m.lon = "where.lng";
  m.only = {"public = true|yes"};
  return m;
}

std::string error_of(const ParsedFeed& feed) {
  EXPECT_EQ(feed.format, "");
  EXPECT_TRUE(feed.items.empty());
  for (const auto& note : feed.notes)
    if (note.level == Diagnostic::Level::error) return note.code + " " + note.message;
  return "";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string number(std::size_t value, int width) {
  std::string out;
  for (int i = 0; i < width; ++i, value >>= 8) out += static_cast<char>(value & 0xFF);
  return out;
}

/// `window` as for deflateInit2: -15 raw, 31 gzip.
std::string deflated(const std::string& text, int window) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY);
  std::string packed(compressBound(text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string gzip(const std::string& text) {
  return deflated(text, 31);
}

/// An archive with one folder and one deflated file.
std::string zip(const std::string& text) {
  const std::string packed = deflated(text, -15);
  const auto crc = crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
  const std::string facts = number(crc, 4) + number(packed.size(), 4) + number(text.size(), 4);
  const std::string local = "PK\x03\x04" + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + facts +
                            number(5, 2) + number(0, 2) + "a.csv" + packed;
  const auto entry = [](const std::string& name, const std::string& what, std::size_t method) {
    return "PK\x01\x02" + number(20, 4) + number(0, 2) + number(method, 2) + number(0, 4) + what +
           number(name.size(), 2) + number(0, 12) + number(0, 4) + name;
  };
  const std::string directory = entry("d/", number(0, 12), 0) + entry("a.csv", facts, 8);
  return local + directory + "PK\x05\x06" + number(0, 4) + number(2, 2) + number(2, 2) + number(directory.size(), 4) +
         number(local.size(), 4) + number(0, 2);
}
}  // namespace

TEST(Mapping, a_document_shows_which_shipped_mapping_reads_it) {
  EXPECT_EQ(shipped_mapping_for(case_text("telegram.html"))->preset, "telegram");
  for (const char* other : {"", "<html><body><p>Sign in", "a,b\n1,2\n", "{\"a\":[]}", "\xFF\x00\t\t"})
    EXPECT_EQ(shipped_mapping_for(other), nullptr) << other;
}

TEST(Mapping, a_telegram_preview_is_read_with_its_posts_their_times_and_links) {
  const auto feed = read(case_text("telegram.html"), preset("telegram"), "https://t.me/s/roadwatch_example");
  EXPECT_EQ(feed.format, "mapped-html");
  EXPECT_EQ(feed.title, "Road Watch Example");
  ASSERT_EQ(feed.items.size(), 2u);
  EXPECT_EQ(feed.items[0].id, "roadwatch_example/101");
  EXPECT_EQ(feed.items[0].link, "https://t.me/roadwatch_example/101");
  EXPECT_EQ(feed.items[0].text,
            "Gunmen stopped a bus on the road to Ansongo this morning.\nFour people were taken away & the road is "
            "closed.");
  EXPECT_EQ(rfc3339(feed.items[0].published.value()), "2024-09-17T05:10:00Z");
  EXPECT_EQ(feed.items[0].authors, (std::vector<std::string>{"Road Watch Example"}));
  EXPECT_EQ(feed.items[1].text, "The road is open again.") << "what a post answers to is no part of it";
}

TEST(Mapping, an_edited_telegram_post_is_an_edit_and_no_new_item) {
  const auto posts = read(case_text("telegram.html"), preset("telegram"));
  const auto edited = read(with(case_text("telegram.html"), "Four people", "Six people"), preset("telegram"));
  const Millis now = 1726567200000;
  const auto first = keep_new(identify(posts.items), {false, now - kHour}, {}, now);
  const auto then = keep_new(identify(edited.items), {false, now}, first.seen, now + kHour);
  ASSERT_EQ(then.items.size(), 1u);
  EXPECT_EQ(then.items[0].novelty, Novelty::edited);
}

TEST(Mapping, a_channel_without_preview_is_a_failure_and_no_feed_of_nothing) {
  const auto why = error_of(read("<html><head><title>Telegram: Contact @x</title></head><body>" +
                                     std::string(3000, ' ') + "<div class=tgme_page>Join</div></body></html>",
                                 preset("telegram")));
  EXPECT_EQ(why,
            "F050 schema drift: `.tgme_widget_message` matched nothing in 4 kB of HTML (\"Telegram: Contact @x\"); "
            "look at the page and "
            "mend the mapping");
}

TEST(Mapping, gdelt_rows_are_told_in_words_with_place_point_and_date) {
  const auto feed = read(case_text("gdelt.tsv"), preset("gdelt"));
  EXPECT_EQ(feed.format, "mapped-csv");
  ASSERT_EQ(feed.items.size(), 3u) << "two rows of one article are one item, and talks are left out";
  EXPECT_EQ(feed.items[0].title, "Military attack in Sampleville, Gao, Mali");
  EXPECT_NE(feed.items[0].text.find("Bomb attack in Sampleville"), std::string::npos);
  EXPECT_EQ(feed.items[0].link, "https://daily.example/post-attacked");
  EXPECT_EQ(feed.items[0].points, (std::vector<LatLon>{{16.27, -0.04}}));
  EXPECT_EQ(rfc3339(feed.items[0].published.value()), "2024-09-17T05:15:00Z");
  EXPECT_EQ(feed.items[1].title, "Violent protest, riot in Zinder, Zinder, Niger");
}

TEST(Mapping, fips_codes_become_iso_codes_and_niger_is_not_nigeria) {
  const auto feed = read(case_text("gdelt.tsv"), preset("gdelt"));
  ASSERT_EQ(feed.items.size(), 3u);
  EXPECT_EQ(feed.items[1].categories, (std::vector<std::string>{"NE"})) << "NG is Niger in FIPS 10-4";
  EXPECT_EQ(feed.items[2].categories, (std::vector<std::string>{"NG"})) << "NI is Nigeria in FIPS 10-4";
}

TEST(Mapping, a_cameo_code_keeps_its_leading_zero_and_falls_back_to_its_family) {
  EXPECT_EQ(cameo_words("0831"), "Release of prisoners");
  EXPECT_EQ(cameo_words("043"), "Talks");
  EXPECT_EQ(cameo_words("1839"), "Bomb attack");
  EXPECT_EQ(cameo_words("43"), "event 43");
  EXPECT_EQ(cameo_words(""), "");
}

TEST(Mapping, an_acled_export_is_read_by_the_names_of_its_columns) {
  const auto feed = read(case_text("acled.csv"), preset("acled"));
  ASSERT_EQ(feed.items.size(), 2u);
  EXPECT_EQ(feed.items[0].id, "XYZ1001");
  EXPECT_EQ(feed.items[0].title, "Armed clash in Sampleville, Mali");
  EXPECT_EQ(feed.items[0].text,
            "On 17 September 2024, fighters attacked a post near Sampleville. \"Two\" soldiers were killed.");
  EXPECT_EQ(rfc3339(feed.items[0].published.value()), "2024-09-17T00:00:00Z");
  EXPECT_EQ(feed.items[1].points, (std::vector<LatLon>{{12.65, -8.0}}));
}

TEST(Mapping, a_table_inside_a_zip_is_read_and_a_damaged_zip_is_a_failure) {
  const auto packed = zip(case_text("gdelt.tsv"));
  EXPECT_EQ(read(packed, preset("gdelt")).items.size(), 3u);
  EXPECT_TRUE(error_of(read(packed.substr(0, packed.size() - 30), preset("gdelt"))).starts_with("F055"));
  auto flipped = packed;
  flipped[60] = static_cast<char>(flipped[60] ^ 0x55);
  EXPECT_TRUE(error_of(read(flipped, preset("gdelt"))).starts_with("F055"));
  EXPECT_TRUE(error_of(read(zip(std::string(64u << 20, 'a')), preset("gdelt"))).starts_with("F055"))
      << "a bomb ends at its bound";
}

TEST(Mapping, a_gzip_file_is_read_with_all_its_members) {
  const auto table = case_text("gdelt.tsv");
  const auto half = table.find('\n') + 1;
  const auto packed = gzip(table.substr(0, half)) + gzip(table.substr(half));
  EXPECT_EQ(read(packed, preset("gdelt")).items.size(), 3u);
  EXPECT_TRUE(error_of(read(packed.substr(0, packed.size() - 9), preset("gdelt"))).starts_with("F055"));
}

TEST(Mapping, a_page_without_feed_is_read_by_selectors) {
  const auto feed = read(case_text("advisories.html"), notices());
  ASSERT_EQ(feed.items.size(), 2u);
  EXPECT_EQ(feed.title, "Notices to travellers");
  EXPECT_EQ(feed.items[0].id, "ML");
  EXPECT_EQ(feed.items[0].title, "Mali: Do not travel");
  EXPECT_EQ(feed.items[0].link, "https://x.example/notices/mali");
  EXPECT_EQ(rfc3339(feed.items[0].published.value()), "2024-09-17T00:00:00Z");
}

TEST(Mapping, a_level_that_changes_is_an_edit_of_the_same_advisory) {
  const Millis now = 1726650000000;
  const auto before = read(case_text("advisories.html"), notices());
  const auto after = read(with(case_text("advisories.html"), "Take care in the north", "Do not travel"), notices());
  const auto first = keep_new(identify(before.items), {false, now - kHour}, {}, now);
  const auto then = keep_new(identify(after.items), {false, now}, first.seen, now + kHour);
  ASSERT_EQ(then.items.size(), 1u);
  EXPECT_EQ(then.items[0].item.title, "Togo: Do not travel");
  EXPECT_EQ(then.items[0].novelty, Novelty::edited);
}

TEST(Mapping, json_of_any_shape_is_read_by_paths) {
  const auto feed = read(case_text("incidents.json"), incidents());
  EXPECT_EQ(feed.title, "Example incident board");
  ASSERT_EQ(feed.items.size(), 1u) << "what is not public is left out";
  const auto& item = feed.items[0];
  EXPECT_EQ(item.id, "7");
  EXPECT_EQ(item.title, "Convoy halted near Ménaka");
  EXPECT_EQ(item.text, "No one was hurt.");
  EXPECT_EQ(item.link, "https://x.example/incidents/7");
  EXPECT_EQ(rfc3339(item.published.value()), "2024-09-17T05:10:00Z");
  EXPECT_EQ(item.categories, (std::vector<std::string>{"road", "convoy"}));
  EXPECT_EQ(item.points, (std::vector<LatLon>{{15.92, 2.4}}));
}

TEST(Mapping, an_empty_list_at_the_right_place_is_a_quiet_source) {
  const auto feed = read(R"({"data":{"items":[]}})", incidents());
  EXPECT_EQ(feed.format, "mapped-json");
  EXPECT_TRUE(feed.items.empty());
  Mapping top = incidents();
  top.items = "[]";
  EXPECT_EQ(read("[]", top).format, "mapped-json");
  top.items = "data.items[]";
  EXPECT_EQ(read(R"({"data":{"items":[]}})", top).format, "mapped-json");
}

TEST(Mapping, whatever_stops_matching_is_told_as_schema_drift) {
  EXPECT_EQ(
      error_of(read(R"({"data":{"entries":[]}})", incidents())),
      "F050 schema drift: the path \"data.items\" leads nowhere in 1 kB of JSON; look at the document and mend the "
      "mapping");
  EXPECT_TRUE(error_of(read(with(case_text("incidents.json"), "headline", "title"), incidents()))
                  .starts_with("F051 schema drift: title (`attributes.headline`) is empty in all 1 items"));
  EXPECT_TRUE(error_of(read(with(case_text("incidents.json"), "1726549800", "\"soon\""), incidents()))
                  .starts_with("F051 schema drift: published (attributes.when) is no date in any of 1 items"));
  EXPECT_TRUE(error_of(read(with(case_text("acled.csv"), "notes", "remarks"), preset("acled")))
                  .starts_with("F050 schema drift: no column \"notes\" in a table of 19 columns (event_id_cnty, "));
  EXPECT_TRUE(error_of(read("a\tb\tc\n", preset("gdelt"))).starts_with("F050 schema drift: no column \"61\""));
  EXPECT_TRUE(error_of(read("<html>Sign in</html>", incidents())).starts_with("F003"));
}

TEST(Mapping, a_field_that_may_be_missing_is_only_noted) {
  const auto feed = read(with(case_text("incidents.json"), "lat", "breite"), incidents());
  EXPECT_EQ(feed.items.size(), 1u);
  ASSERT_FALSE(feed.notes.empty());
  EXPECT_EQ(feed.notes[0].code, "F052");
}

TEST(Mapping, every_fault_of_a_mapping_is_found_before_any_document_is) {
  const auto findings = [](const Mapping& m) {
    Diagnostics d;
    check_mapping(m, {"f.yaml", {3, 4}, {}, {{"items", {5, 6}}}}, d);
    std::string out;
    for (const auto& f : d.all()) out += std::to_string(f.at.line) + ":" + f.code + " " + f.message + "\n";
    return out;
  };
  EXPECT_EQ(findings(notices()), "");
  EXPECT_EQ(findings(incidents()), "");
  for (const auto& p : mapping_presets()) EXPECT_EQ(findings(preset(std::string(p.name))), "") << p.name;
  EXPECT_EQ(findings(preset("telegraph")),
            "3:M001 there is no preset \"telegraph\"; there are acled, gdelt, telegram\n");
  EXPECT_EQ(findings({}), "3:M002 a mapping needs \"kind\" (json, csv, html) or \"preset\"\n");
  auto bad = notices();
  bad.items = "tr + tr";
  EXPECT_EQ(findings(bad),
            "5:M003 \"tr + tr\" is no selector that is understood: only types, classes, ids, attributes, children and "
            "lists are at \"+ tr\"\n");
  bad = notices();
  bad.title = "{td";
  bad.link = "a@";
  EXPECT_EQ(findings(bad),
            "3:M004 \"{td\" opens { and never closes it\n3:M003 an attribute's name is missing behind @\n");
  bad = incidents();
  bad.items = "data..items";
  bad.lat = "";
  bad.title = "{a|upper}";
  EXPECT_EQ(findings(bad),
            "5:M003 \"data..items\" is no path: names parted by dots, [] for every element, [0] for one\n"
            "3:M004 there is no filter \"upper\"; there are cameo, country, fips, lower\n"
            "3:M002 \"lat\" and \"lon\" go together\n");
  bad = preset("gdelt");
  bad.title = "Headline";
  bad.items = "rows";
  EXPECT_EQ(findings(bad),
            "5:M002 the items of a table are its rows; leave \"items\" out\n"
            "3:M003 \"Headline\" is no column of a table without a header: they have numbers, from 1\n");
  bad = incidents();
  bad.index = "<a href='*.csv'>";
  EXPECT_EQ(findings(bad), "3:M002 the address of a document holds no blanks, quotes and angle brackets\n");
}

TEST(Mapping, every_kind_and_every_preset_says_what_it_is_and_reads_its_case) {
  for (const auto& kind : mapped_kinds()) EXPECT_FALSE(kind.about.empty()) << kind.name;
  for (const auto& filter : word_filters()) EXPECT_FALSE(filter.about.empty()) << filter.name;
  for (const auto& p : mapping_presets()) {
    EXPECT_FALSE(p.about.empty()) << p.name;
    std::size_t read_items = 0;
    for (const char* ending : {".html", ".csv", ".tsv"})
      if (const auto text = case_text(std::string(p.name) + ending); !text.empty())
        read_items += read(text, preset(std::string(p.name))).items.size();
    EXPECT_GT(read_items, 0u) << p.name;
  }
}

}  // namespace tocsin
