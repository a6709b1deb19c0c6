// The shipped feeds: config/feeds/*.yaml, as files that people choose and edit.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "model/country.hpp"
#include "settings/settings.hpp"

namespace tocsin {
namespace {

namespace fs = std::filesystem;

/// All packs through the reader that the daemon uses; polled and idle feeds together.
struct Packs {
  LoadedSettings loaded = load_settings("", TOCSIN_SOURCE_DIR);
  std::vector<Feed> feeds = [this] {
    std::vector<Feed> all = loaded.settings.feeds;
    all.insert(all.end(), loaded.settings.idle_feeds.begin(), loaded.settings.idle_feeds.end());
    return all;
  }();
};

std::string host_of(const std::string& url) {
  const auto begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of("/:?", begin) - begin);
}

/// The part of a host name that somebody registered: the last two labels, three under co.uk, gouv.ne and their kin.
std::string registered(const std::string& host) {
  static const std::set<std::string> kShared{"ac", "co", "com", "gc", "go", "gob", "gouv", "gov", "net", "org"};
  std::vector<std::string> labels;
  for (std::size_t at = 0; at <= host.size();) {
    const auto dot = std::min(host.find('.', at), host.size());
    labels.push_back(host.substr(at, dot - at));
    at = dot + 1;
  }
  const std::size_t n = labels.size();
  const bool deep = n > 2 && labels[n - 1].size() == 2 && kShared.contains(labels[n - 2]);
  std::string out = labels[n - 2] + "." + labels[n - 1];
  return deep ? labels[n - 3] + "." + out : out;
}

const std::set<std::string> kInSeveralLanguages{"ami-mr", "meteoalarm", "who-afro"};

TEST(FeedPacks, all_of_them_load_without_a_finding) {
  const Packs packs;
  std::string findings;
  for (const Diagnostic& d : packs.loaded.findings.all()) findings += d.file + ": " + d.message + "\n";
  EXPECT_EQ(findings, "");
  EXPECT_GE(packs.feeds.size(), 150u);
}

TEST(FeedPacks, every_region_that_is_promised_has_its_file) {
  for (const char* region : {"sahel", "lake-chad", "horn", "great-lakes", "middle-east", "ukraine", "latin-america",
                             "asia", "hazards", "africa", "world"})
    EXPECT_TRUE(fs::exists(fs::path(TOCSIN_SOURCE_DIR) / "config/feeds" / (std::string(region) + ".yaml"))) << region;
}

TEST(FeedPacks, every_feed_says_who_speaks_and_how_far_to_trust_it) {
  for (const Feed& f : Packs().feeds) {
    EXPECT_NE(f.title, f.id);
    EXPECT_NE(f.proof, ' ') << f.id;
    EXPECT_NE(f.reliability, 'F') << f.id;
    EXPECT_FALSE(f.countries.empty() && f.tags.empty() && f.language.empty()) << f.id;
    EXPECT_FALSE(f.publisher.empty()) << f.id;
    EXPECT_FALSE(f.owner.empty()) << f.id;
    // Aggregators carry many languages, and a feed may be of the whole world.
    EXPECT_TRUE(!f.language.empty() || f.owner == "aggregator" || kInSeveralLanguages.contains(f.id)) << f.id;
    EXPECT_FALSE(f.owner == "aggregator" && f.reliability < 'B') << f.id << ": an aggregator is no better than B";
    EXPECT_FALSE(f.reliability == 'A' && f.publisher.empty()) << f.id;
  }
}

TEST(FeedPacks, a_feed_that_nobody_saw_answer_is_not_polled) {
  for (const Feed& f : Packs().loaded.settings.feeds) EXPECT_LT(f.proof, 'D') << f.id;
}

TEST(FeedPacks, every_country_is_one) {
  for (const Feed& f : Packs().feeds)
    for (const auto& country : f.countries) EXPECT_NE(country_by_alpha2(country), nullptr) << f.id << " " << country;
}

TEST(FeedPacks, one_domain_is_one_publisher) {
  std::map<std::string, std::pair<std::string, std::string>> families;  // domain -> publisher, feed
  for (const Feed& f : Packs().feeds) {
    const auto [it, is_new] = families.try_emplace(registered(host_of(f.url)), f.publisher, f.id);
    EXPECT_EQ(it->second.first, f.publisher) << f.id << " and " << it->second.second;
  }
}

TEST(FeedPacks, every_country_of_the_sahel_and_the_coast_has_three_feeds_of_two_publishers) {
  std::map<std::string, std::set<std::string>> publishers;
  std::map<std::string, int> feeds;
  for (const Feed& f : Packs().loaded.settings.feeds)
    for (const auto& country : f.countries) {
      publishers[country].insert(f.publisher);
      ++feeds[country];
    }
  for (const char* country :
       {"ML", "BF", "NE", "TD", "MR", "SN", "GM", "GN", "SL", "LR", "CI", "GH", "TG", "BJ", "NG", "CM"}) {
    EXPECT_GE(feeds[country], 3) << country;
    EXPECT_GE(publishers[country].size(), 2u) << country;
  }
  EXPECT_GE(feeds["GW"], 1) << "no second one is known to answer";
}

}  // namespace
}  // namespace tocsin
