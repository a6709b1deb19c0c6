// A new feed as an entry of a feed file: names, guesses and the words of YAML. Pure; for `tocsin feeds add`.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "feeds/opml.hpp"
#include "model/feed.hpp"

namespace tocsin {

/// What is known of the feeds there are, so that a new one gets a free name and the family of its site.
class FeedNames {
 public:
  void add(const Feed& feed);
  /// The feed that polls this address already, by whatever spelling; "" when none does.
  [[nodiscard]] std::string owner_of(std::string_view url) const;
  /// Made of the title, else of the host: lower case, digits, dashes; with a number when it is taken.
  std::string free_name(std::string_view title, std::string_view url);
  /// Of another feed of the same site, else the site: feeds of one site must not confirm each other.
  [[nodiscard]] std::string publisher_of(std::string_view url) const;
  [[nodiscard]] bool is_taken(const std::string& id) const;

 private:
  std::set<std::string> ids_;
  std::map<std::string, std::string> addresses_;   // canonical address to the feed's name
  std::map<std::string, std::string> publishers_;  // site to publisher
  std::map<std::string, int> numbers_;             // the last number given to a name
};

struct NewFeed {
  Feed feed;
  std::string claimed_reliability;  // what the list says; the admin judges
};

/// Title, address, language; countries, tags and owner from the categories: "/country/ML", the folder "Mali".
NewFeed feed_of(const ListedFeed& listed);

/// Lines that stand below "feeds:", with a comment at what the admin should fill in.
std::string yaml_entry(const NewFeed& feed);

/// The registered part of the host: "bbc.co.uk" of "https://feeds.bbc.co.uk/a".
std::string site_of(std::string_view url);

}  // namespace tocsin
